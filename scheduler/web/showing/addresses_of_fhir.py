"""Where this server answers in FHIR."""

from __future__ import annotations

from scheduler.web.guards.requests import Visit


def address_on(visit: Visit) -> str:
    """The address that stands before every FHIR resource of this server, as whoever asks reaches it."""
    url = visit.request.url
    return f"{visit.server.settings.public_url or f'{url.scheme}://{url.netloc}'}/api/fhir"
