"""People are told that there is something: on a page, and by letters that a real mail server takes, each once."""

from __future__ import annotations

import re
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import Message
from ipaddress import ip_address
from pathlib import Path
from typing import cast

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from scheduler.errors import InvalidText
from scheduler.notices.noticed import Kind
from scheduler.source.node import Data
from scheduler.store.beside.outbox import Letter
from scheduler.store.beside.site_log import SiteEvent
from scheduler.web.settings import Settings
from scheduler.web.telling.mailing import MailServer, is_address, mail_server_of
from scheduler.web.telling.noticing import noticed_for
from scheduler.web.telling.rounds import MOST_TRIES, make_letters, send_letters, wait_after
from tests.store.sample import at
from tests.web.mail import mail_server
from tests.web.people import SETTING_UP, Person, Place, server, words_of

ADDRESS = "nurse@hospital.example"


def a_lot(place: Place, lot: str, expires: str = "2026-06-10") -> None:
    """A delivery that expires soon."""
    seen = len(place.store.stock_records("Shanghai"))
    said = {
        "on": "2026-05-01",
        "event": "received",
        "product": "regorafenib",
        "lot": lot,
        "expires": expires,
        "packs": 9,
    }
    event = SiteEvent("Shanghai", "received", date(2026, 5, 1), cast("dict[str, Data]", said))
    place.store.append_to_stock("Shanghai", [event], seen=seen, act=SETTING_UP)


@pytest.fixture(autouse=True)
def something_to_notice(place: Place) -> None:
    a_lot(place, "R-1")


def mail(port: int, security: str = "none") -> MailServer:
    return MailServer("127.0.0.1", port, security, "study@trial.example", "https://trial.example/notices")


def wants(
    person: Person, how: str = "at once", kinds: str = "decision\nwindow\nhold\nlot", address: str = ADDRESS
) -> None:
    answer = person.browser.post(
        "/notices",
        data={"form_token": person.form_token, "how": how, "address": address, "kinds": kinds.splitlines()},
    )
    assert answer.status_code == 303, words_of(answer)


def words_in(letter: Message) -> str:
    payload = letter.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8").replace("\r\n", "\n")


def test_the_page_tells_what_there_is_by_role_and_site(place: Place) -> None:
    words = "lot R-1 of regorafenib expires on 10 Jun 2026"
    assert words in place.somebody("coordinator").reads("/notices")
    assert words in place.somebody("pharmacist", frozenset({"Shanghai"})).reads("/notices")
    assert words not in place.somebody("investigator").reads("/notices")
    elsewhere = place.somebody("coordinator", frozenset({"Beijing"}))
    assert "There is nothing to notice." in elsewhere.reads("/notices")


def test_a_letter_says_nothing_but_that_there_is_something(place: Place) -> None:
    doctor = place.somebody("coordinator")
    wants(doctor)
    assert make_letters(server(place)) == 1
    with mail_server() as (received, port):
        assert send_letters(server(place), mail(port)) == 1
    ((address, letter),) = received.letters
    assert (address, letter["subject"], letter["from"]) == (ADDRESS, "Something waits for you", "study@trial.example")
    assert letter["auto-submitted"] == "auto-generated"
    assert words_in(letter) == (
        "There is something to look at. Log in and see: https://trial.example/notices\n\n"
        "On that page you say how you want to be told. Nobody reads answers to this letter.\n"
    )


@pytest.mark.slow
def test_a_letter_is_in_the_language_of_its_reader(place: Place) -> None:
    doctor = place.somebody("coordinator")
    wants(doctor)
    place.store.set_language(place.store.tellings()[0].account, "zh")
    make_letters(server(place))
    with mail_server() as (received, port):
        send_letters(server(place), mail(port))
    assert "请登录查看：https://trial.example/notices" in words_in(received.letters[0][1])


def test_nobody_is_told_twice_and_what_is_new_is_told(place: Place) -> None:
    doctor = place.somebody("coordinator")
    wants(doctor)
    assert [make_letters(server(place)) for _ in range(3)] == [1, 0, 0]
    a_lot(place, "R-2")
    assert make_letters(server(place)) == 1


def test_a_daily_letter_comes_once_a_day_from_its_hour_on(place: Place) -> None:
    wants(place.somebody("coordinator"), "daily")
    place.time.moment = datetime(2026, 5, 20, 22, 59, tzinfo=UTC)  # 06:59 in Shanghai
    assert make_letters(server(place)) == 0
    place.time.pass_by(minutes=1)
    assert [make_letters(server(place)) for _ in range(2)] == [1, 0]
    assert [letter.slot for letter in place.store.letters()] == ["day 2026-05-21"]


def test_who_wants_nothing_and_who_may_not_log_in_gets_nothing(place: Place) -> None:
    wants(place.somebody("coordinator"), "never", address="")
    pharmacist = place.somebody("pharmacist")
    wants(pharmacist, kinds="decision\nhold")
    assert place.store.tellings()[-1].kinds == ("hold",)  # of decisions a pharmacist is not told
    gone = place.somebody("coordinator")
    wants(gone)
    found = [place.store.account(each.account) for each in place.store.tellings() if each.how == "at once"]
    for each in found:
        if each is not None and each.role == "coordinator":
            place.store.change_account(each, replace(each, disabled=True), SETTING_UP)
    assert make_letters(server(place)) == 0


def test_a_letter_that_is_refused_waits_longer_each_time_and_is_seen_by_the_admin(place: Place) -> None:
    wants(place.somebody("coordinator"))
    make_letters(server(place))
    with mail_server() as (received, port):
        received.answers += ["450 come again", "450 come again"]
        assert [send_letters(server(place), mail(port)) for _ in range(2)] == [0, 0]
        place.time.pass_by(minutes=2)
        assert send_letters(server(place), mail(port)) == 0
        place.time.pass_by(minutes=3)
        assert send_letters(server(place), mail(port)) == 0
        assert "address refused (450)" in place.somebody("admin").reads("/notices")
        assert "address refused" not in place.somebody("coordinator").reads("/notices")
        place.time.pass_by(minutes=1)
        assert send_letters(server(place), mail(port)) == 1
    assert len(received.letters) == 1
    assert [wait_after(number) for number in (1, 2, 3, 20)] == [
        timedelta(minutes=2),
        timedelta(minutes=4),
        timedelta(minutes=8),
        timedelta(hours=6),
    ]


@pytest.mark.slow
def test_an_address_that_does_not_exist_is_given_up_at_once_and_a_dead_server_after_many_tries(place: Place) -> None:
    wants(place.somebody("coordinator"))
    make_letters(server(place))
    with mail_server() as (received, port):
        received.answers.append("550 no such user")
        send_letters(server(place), mail(port))
    assert (place.store.letters()[0].given_up, received.letters) == (place.time.moment, [])
    place.store.make_letter(Letter("2", place.store.tellings()[0].account, "x", at(0).at, at(0).at), ["x"])
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = free.getsockname()[1]
    for _ in range(MOST_TRIES + 1):
        send_letters(server(place), mail(nobody))
        place.time.pass_by(hours=7)
    other = next(each for each in place.store.letters() if each.id == "2")
    assert (other.tries, other.given_up is not None, other.error) == (MOST_TRIES, True, "ConnectionRefusedError")


def test_a_letter_that_is_no_longer_wanted_is_not_sent(place: Place) -> None:
    doctor = place.somebody("coordinator")
    wants(doctor)
    make_letters(server(place))
    wants(doctor, "never")
    with mail_server() as (received, port):
        assert send_letters(server(place), mail(port)) == 0
    assert (received.letters, place.store.letters()[0].error) == ([], "not wanted any more")


@pytest.mark.slow
def test_many_workers_send_one_letter(place: Place) -> None:
    wants(place.somebody("coordinator"))
    with mail_server() as (received, port), ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(lambda _: make_letters(server(place)), range(6))) == 1
        assert sum(pool.map(lambda _: send_letters(server(place), mail(port)), range(6))) == 1
    assert len(received.letters) == 1


def test_the_way_to_the_mail_server_is_secret_or_nothing_is_sent(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wants(place.somebody("coordinator"))
    make_letters(server(place))
    with mail_server(_of_its_own(tmp_path)) as (received, port):
        assert send_letters(server(place), mail(port, "starttls")) == 0
        assert place.store.letters()[0].error == "SSLCertVerificationError"
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        place.time.pass_by(minutes=2)
        assert send_letters(server(place), mail(port, "starttls")) == 1
    assert len(received.letters) == 1


def _of_its_own(folder: Path) -> ssl.SSLContext:
    """A certificate for this computer that nobody else has signed."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")])
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    certificate = made.add_extension(here, critical=False).sign(key, hashes.SHA256())
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def test_what_is_written_as_an_address_is_one(place: Place) -> None:
    nurse = place.somebody("coordinator")
    for wrong in (
        "",
        "nurse",
        "nurse@",
        "a b@hospital.example",
        "nurse@hospital.example\nBcc: x@y.example",
        "A <a@b.example>",
    ):
        assert not is_address(wrong)
        answer = nurse.sends("/notices", how="daily", address=wrong, kinds="lot")
        assert (answer.status_code, "Write an address of mail" in words_of(answer)) == (422, True)
    assert nurse.sends("/notices", how="hourly", address=ADDRESS).status_code == 422
    assert place.store.tellings() == ()


def test_half_a_mail_server_is_none() -> None:
    assert mail_server_of(Settings()) is None
    for wrong in (
        Settings(smtp_host="mail.example"),
        Settings(mail_from="a@b.example"),
        Settings(smtp_host="mail.example", mail_from="nobody"),
    ):
        with pytest.raises(InvalidText):
            mail_server_of(wrong)
    found = mail_server_of(Settings(smtp_host="mail.example", mail_from="a@b.example", smtp_password="secret"))
    assert found is not None
    assert (found.link, "secret" in repr(found)) == ("http://127.0.0.1:8000/notices", False)


def test_the_head_of_every_page_says_how_many_there_are(place: Place) -> None:
    nurse, monitor = place.somebody("coordinator"), place.somebody("monitor")
    nurse.get("/")  # what a page shows of patients is computed here; no other page waits for it

    def noticed(person: Person, path: str = "/protocol") -> list[str]:
        return re.findall(r'<span class="noticed">(\d+)</span>', person.get(path).text)

    there = len(re.findall(r"<li><span class=\"word\">", nurse.get("/notices").text))
    assert noticed(nurse) == ([str(there)] if there else [])
    a_lot(place, "R1")
    assert noticed(nurse) == [str(there + 1)]
    assert noticed(monitor) == []


def test_who_wants_no_keys_switches_them_off(place: Place) -> None:
    nurse, other = place.somebody("coordinator"), place.somebody("investigator")
    assert 'data-go="a"' in nurse.get("/protocol").text
    assert nurse.sends("/keys", keys="off").status_code == 303
    assert "The keys are switched off for this account." in nurse.get("/keys").text
    page = nurse.get("/protocol").text
    assert ("data-go" in page, "data-find" in page, "data-keys" in page) == (False, False, False)
    assert 'data-go="a"' in other.get("/protocol").text
    nurse.sends("/keys", keys="on")
    assert 'data-go="a"' in nurse.get("/protocol").text


def test_what_is_noticed_is_all_or_nothing_until_it_is_known_what_was_handed_out(place: Place) -> None:
    account = place.account("pharmacist")
    a_lot(place, "A123")
    patients = len(place.store.subjects())
    told = [noticed_for(server(place), account, 0.0) for _ in range(2 * patients)]
    # One patient more each time: first all calendars, then all that was handed out.
    missing = [number for _, number in told]
    assert missing == [*range(patients - 1, 0, -1), *range(patients - 1, -1, -1), 0]
    assert all(notices == () for notices, number in told if number)
    assert Kind.LOT in {each.kind for each in told[-1][0]}
