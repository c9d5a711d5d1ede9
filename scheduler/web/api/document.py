"""The OpenAPI document: what the routes say of themselves, with bodies, problems and the two ways to be known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter
from starlette.responses import Response
from starlette.routing import BaseRoute

from scheduler.views.shapes.shape import Shape
from scheduler.web.api.answers import answer
from scheduler.web.api.bodies import BodyOf
from scheduler.web.api.problems import MEDIA_TYPE
from scheduler.web.api.rules import router_for
from scheduler.web.api.shapes.problem import Problem
from scheduler.web.guards.requests import Visiting
from scheduler.web.guards.roles import TABLE
from scheduler.written import Written

router: APIRouter = router_for("document")

SCHEMAS = "#/components/schemas/{model}"
TAGS = {
    "session": "Logging in and out.",
    "subjects": "Patients, their calendars, and why each date is what it is.",
    "recording": "What would change, and then the event itself. Nothing is ever changed or deleted: a correction is an event.",
    "lists": "The coordinator's day, the agenda, fewest trips of several patients, and the pharmacy's weeks.",
    "looking back": "Deviations, exposure, tumour response, adverse events, end points.",
    "study": "The protocol.",
    "fhir": "The protocol and the patients as FHIR R5, to read only; subject numbers, and no names.",
    "feeds": "Private addresses that calendar programs subscribe to.",
    "accounts": "Who may log in.",
    "audit": "Who did what, when and why.",
    "document": "This document.",
}
ABOUT = """Everything that the pages do, for other programs. It proposes and lists; a qualified person checks every date and dose.

Dates are civil dates at the site, `YYYY-MM-DD`; moments are in UTC. Amounts are text, because a JSON number is a binary fraction
and a dose is not. A missing value is null, never 0.

**Logging in.** `POST /api/session` gives a token for `Authorization: Bearer ...`. Pages of this server use their cookie, and send
the form token that `GET /api/session` tells as `X-Form-Token` with every change.

**Recording.** Say which log you saw: send the subject's `ETag` as `If-Match`, or the number of its events as `seen`. If somebody
recorded something since, the answer is 412 or 409 and nothing was recorded. Several events in one request are recorded together,
or none of them. Send a name of your own for each request as `Idempotency-Key`: when no answer comes, send the same again with the
same key, and it is recorded once and answered as it was. What was refused recorded nothing and takes no key.

**Asking.** What is likely a slip, or dangerous, is asked first: the answer is 409 `asked` with all `questions`, each with what
the protocol says and how to put it right, and their `digest`; nothing was recorded. Where it is as it was sent, send the same
again with the reason in the event's field that `answer` names (`confirmed`, or `override` where an investigator has to sign it)
and with the digest as `confirm`. If something else is asked by then it is 409 again, with the new list. A preview has the same
questions. What cannot be is 422 `refused`, with the questions too. A 409 takes no `Idempotency-Key`.

**Problems** are `application/problem+json` (RFC 9457). `type` is stable, and `findings` says everything that is wrong at once."""

_ALWAYS: tuple[int, ...] = (400, 401, 403, 404, 422, 429, 500, 503)
_WITH_BODY = (409, 413, 415)
_SEEN = (412, 428)
_IN_PATHS = {
    "subject": ("The patient's number in the study.", "EXP-001"),
    "proposal": ("The proposal's id, as GET /api/subjects/{subject}/proposals tells it.", "hand-foot.7"),
    "kind": ("The kind of resource.", "Appointment"),
    "id": ("The id of a resource; one about a patient begins with the patient's.", "REGO-TORI-RT"),
    "link": ("The link's id, as GET /api/links tells it.", "0123456789abcdef"),
    "account": ("The account's id, as GET /api/accounts tells it.", "0123456789abcdef"),
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag of the subject as you saw it.",
    "schema": {"type": "string", "maxLength": 200},
}


@router.get("/openapi.json", response_model=dict[str, Any])
def openapi(visit: Visiting) -> Response:
    """This document."""
    return answer(visit.request.app.state.document)


def document_of(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """The document of all these routes."""
    document = get_openapi(
        title="scheduler",
        version=version("scheduler"),
        description=ABOUT,
        routes=routes,
        tags=[{"name": name, "description": words} for name, words in TAGS.items()],
    )
    bodies = dict(_bodies(routes))
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            key = (method.upper(), path)
            _complete(operation, bodies.get(key))
            if TABLE[key].roles is None:
                operation["security"] = []
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    _add_schemas(schemas, *bodies.values(), Problem)
    _describe_inherited(schemas, Shape)
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    document["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "What POST /api/session gives."},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "session", "description": "A page's session."},
    }
    document["security"] = [{"token": []}, {"cookie": []}]
    return document


def _add_schemas(schemas: dict[str, Any], *models: type[BaseModel | Shape]) -> None:
    """Add what bodies and problems look like. Raises ValueError for two things of one name."""
    described: list[tuple[str, Literal["validation"], TypeAdapter[Any]]] = [
        (model.__name__, "validation", TypeAdapter(model)) for model in models
    ]
    found = TypeAdapter.json_schemas(described, ref_template=SCHEMAS)[1]["$defs"]
    twice = [name for name, new in found.items() if _keys_of(schemas.setdefault(name, new)) != _keys_of(new)]
    if twice:
        raise ValueError(f"two schemas of one name: {', '.join(twice)}")


def _describe_inherited(schemas: dict[str, Any], shape: type[Shape]) -> None:
    """Pydantic finds the words below a dataclass's own fields only: those below inherited fields are added here."""
    for heir in shape.__subclasses__():
        _describe_inherited(schemas, heir)
        described = TypeAdapter(shape).json_schema(mode="serialization").get("properties", {})
        told = schemas.get(heir.__name__, {}).get("properties", {})
        for key, words in described.items():
            if key in told and "description" in words:
                told[key].setdefault("description", words["description"])


def _keys_of(schema: dict[str, Any]) -> set[str]:
    return set(schema.get("properties", ())) | set(schema.get("enum", ()))


def _bodies(routes: Sequence[BaseRoute]) -> Iterator[tuple[tuple[str, str], type[Written]]]:
    """Which route takes which body."""
    for route in routes:
        if isinstance(route, APIRoute):
            for needed in route.dependant.dependencies:
                if isinstance(needed.call, BodyOf):
                    yield from (((method, route.path_format), needed.call.model) for method in route.methods or ())


def _complete(operation: dict[str, Any], body: type[Written] | None) -> None:
    """Add what stands in the path, the body, and the problems that an operation may answer."""
    statuses = _ALWAYS
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            words, example = _IN_PATHS[parameter["name"]]
            parameter |= {"description": words, "example": example}
    if body is not None:
        content = {"application/json": {"schema": {"$ref": SCHEMAS.format(model=body.__name__)}}}
        operation["requestBody"] = {"required": True, "content": content}
        statuses += _WITH_BODY
        if "seen" in body.model_fields:
            operation.setdefault("parameters", []).append(_IF_MATCH)
            statuses += _SEEN
    problem = {MEDIA_TYPE: {"schema": {"$ref": SCHEMAS.format(model="Problem")}}}
    for status in statuses:
        operation["responses"][str(status)] = {"description": HTTPStatus(status).phrase, "content": problem}
