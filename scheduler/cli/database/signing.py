"""Signing what was exported, and finding what was changed since. `scheduler.store.tampering.signed_files` says how."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from scheduler.findings import Finding

IN_A_FOLDER, BESIDE_A_FILE = "signed.json", ".signed"

SignOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--sign", metavar="KEY", help="Sign the files with the key in this file; 'audit key' makes one."),
]


def sign_export(out: Path, key: Path | None) -> None:
    """Sign a folder that was written, where a key was named."""
    if key is not None:
        sign_path(out, key_in_file(key, "--sign"))


def sign_path(path: Path, key: Ed25519PrivateKey) -> Path:
    """Write the signature over a file or a folder, and give where it is."""
    from scheduler.clock import Clock
    from scheduler.store.tampering.signed_files import signature_over

    signature = _signature_of(path)
    signature.write_text(signature_over(_digests(path), Clock().now(), key), "utf-8")
    return signature


def wrong_with_path(path: Path, trusted: str | None) -> tuple[tuple[Finding, ...], int, str | None]:
    """What is not as it was signed, how many files there are, and the key of the signature."""
    from scheduler.store.tampering.signed_files import key_in, wrong_with_files

    signature, files = _signature_of(path), _digests(path)
    try:
        text = signature.read_text("utf-8", "replace")
    except OSError as error:
        raise typer.BadParameter(f"{signature}: {error.strerror}", param_hint="PATH") from None
    return wrong_with_files(text, str(signature), files, trusted), len(files), key_in(text)


def key_in_file(file: Path, option: str) -> Ed25519PrivateKey:
    """The key in that file. Ends with the exit code 2 where there is none."""
    from scheduler.store.tampering.signed_heads import key_of

    try:
        return key_of(file.read_bytes())
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}", param_hint=option) from None
    except ValueError:
        raise typer.BadParameter(f"{file} holds no key that is signed with", param_hint=option) from None


def _signature_of(path: Path) -> Path:
    return path / IN_A_FOLDER if path.is_dir() else path.with_name(f"{path.name}{BESIDE_A_FILE}")


def _digests(path: Path) -> Mapping[str, str]:
    """The digests of all files by their names, as they are on every system."""
    from scheduler.store.tampering.signed_files import digest_of_file

    if not path.is_dir():
        return {path.name: digest_of_file(path.read_bytes())}
    files = (each for each in path.rglob("*") if each.is_file() and each != path / IN_A_FOLDER)
    return {each.relative_to(path).as_posix(): digest_of_file(each.read_bytes()) for each in files}
