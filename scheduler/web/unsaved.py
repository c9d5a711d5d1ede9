"""Forms that were sent when the session had ended, kept for some days, and pages that answered forms, kept for an hour.

Both are shown to the same account only. Of a form everything is kept but passwords and what belongs to the session; nothing of it
is recorded. What is kept of a page can be read only with what stands in its address, of which the database holds a digest.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from datetime import datetime
from secrets import token_urlsafe

from cryptography.fernet import Fernet, InvalidToken

from scheduler.store.interface import Store
from scheduler.store.unsaved import PAGE, KeptPage, UnsavedForm
from scheduler.store.values import Account, digest_of

_FORMS = re.compile(r"(/subjects/[^/]+)/(?:(visit|sheet)/)?(preview|record|sign)")
_OF_THE_SESSION = frozenset({"form_token", "once", "password", "seen", "confirm", "edit", "unsaved"})
_LONGEST = 60_000
_LARGEST_PAGE = 1_000_000
"""Octets of a page as it is kept: what is larger is not kept."""


def path_again(path: str) -> str | None:
    """The path that shows a form again that was sent there; None where none is kept. What was to be signed keeps its own."""
    found = _FORMS.fullmatch(path)
    if found is not None and found[3] == "sign":
        return path
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


def keep_page(store: Store, account: Account, page: bytes, now: datetime, *, shown_once: bool) -> str | None:
    """Keep a page, and give the address under which the same account finds it; None for one that is too large."""
    key = token_urlsafe(32)
    body = _lock(key).encrypt(zlib.compress(page)).decode()
    if len(body) > _LARGEST_PAGE:
        return None
    store.keep_page(KeptPage(account.id, _name_of(key, account), now, body, shown_once))
    return f"{PAGE}/{key}"


def page_again(store: Store, account: Account, key: str, now: datetime) -> bytes | None:
    """The page of that address; None where there is none of this account, or no longer."""
    found = store.kept_page(account.id, _name_of(key, account), now)
    if found is None or (found.shown_once and not store.drop_unsaved_form(account.id, found.key)):
        return None
    try:
        return zlib.decompress(_lock(key).decrypt(found.body.encode()))
    except InvalidToken:
        return None


def _name_of(key: str, account: Account) -> str:
    """What a page is found by. Whoever has another role or other sites since then does not find what was shown before."""
    sites = None if account.sites is None else sorted(account.sites)
    return digest_of(json.dumps([key, account.role, sites]))


def _lock(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"page {key}".encode()).digest()))
