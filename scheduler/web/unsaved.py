"""Forms that were sent when the session had ended: kept on the server for some days, and shown to the same account only.

Of a form everything is kept but passwords and what belongs to the session. Nothing of it is recorded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from secrets import token_urlsafe

from scheduler.store.interface import Store
from scheduler.store.unsaved import UnsavedForm
from scheduler.store.values import digest_of

_FORMS = re.compile(r"(/subjects/[^/]+)/(?:(visit|sheet)/)?(preview|record)")
_OF_THE_SESSION = frozenset({"form_token", "once", "password", "seen", "confirm", "edit", "unsaved"})
_LONGEST = 60_000


def path_again(path: str) -> str | None:
    """The path that shows a form again that was sent there; None where none is kept."""
    found = _FORMS.fullmatch(path)
    return None if found is None else f"{found[1]}/{f'{found[2]}/' if found[2] else ''}preview"


def keep_unsaved(store: Store, account: str, path: str, form: Mapping[str, str], now: datetime) -> str | None:
    """Keep what the form said, and give the key that the same account finds it by; None where nothing is kept.

    The same that is kept already is let go: what was begun twice is not done twice.
    """
    again, fields = path_again(path), _said(form)
    if again is None or not fields or sum(map(len, fields.values())) > _LONGEST:
        return None
    for each in store.unsaved_forms(account, now):
        if (each.path, dict(each.fields)) == (again, fields):
            store.drop_unsaved_form(account, each.key)
    key = token_urlsafe(16)
    store.keep_unsaved_form(UnsavedForm(account, key, now, again, fields))
    return key


def digest_of_form(subject: str, form: Mapping[str, str]) -> str:
    """What a form about that patient says, in 64 digits: what is signed is what was shown when its owner went to prove it."""
    return digest_of(json.dumps([subject, _said(form)], sort_keys=True, ensure_ascii=False))


def _said(form: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in form.items() if name not in _OF_THE_SESSION and text}
