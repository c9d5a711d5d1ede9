"""Settings: a file, the environment, the command line, each stronger than the last; and what is wrong is said at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.errors import InvalidText
from scheduler.web.guards.limits import Limit
from scheduler.web.guards.roles import Role
from scheduler.web.settings import ROLES, Settings, pairs_of, read_settings, settings_in_words


def test_each_place_is_stronger_than_the_last(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.toml"
    file.write_text('port = 1\nhost = "10.0.0.1"\nworkers = 2\n')
    environment = {"SCHEDULER_PORT": "2", "SCHEDULER_WORKERS": "3", "HOME": "/root"}
    settings = read_settings(file, environment, {"workers": 4, "host": None})
    assert (settings.host, settings.port, settings.workers) == ("10.0.0.1", 2, 4)
    named = read_settings(None, {"SCHEDULER_CONFIG": str(file)})
    assert named.port == 1


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.toml"
    file.write_text('prot = 1\npublic_url = "trial.example.org"\n')
    with pytest.raises(InvalidText) as error:
        read_settings(file, {"SCHEDULER_WORKERS": "many"})
    assert [(finding.code, finding.hint) for finding in error.value.findings] == [
        ("bad-setting", Settings.model_fields["public_url"].description),
        ("bad-setting", Settings.model_fields["workers"].description),
        ("unknown-setting", "did you mean 'port'?"),
    ]


def test_file_that_is_not_there_or_no_toml_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "scheduler.toml"
    for text in (None, "port = = 1"):
        if text is not None:
            file.write_text(text)
        with pytest.raises(InvalidText, match="the settings cannot be read"):
            read_settings(file, {})


def test_page_about_the_settings_explains_each() -> None:
    page = settings_in_words()
    for name, field in Settings.model_fields.items():
        assert field.description
        assert f"{name}  (SCHEDULER_{name.upper()})" in page


def test_address_is_an_origin() -> None:
    assert Settings(public_url="https://trial.example.org/").public_url == "https://trial.example.org"
    assert Settings(public_url="https://trial.example.org").secure
    assert not Settings().secure


def test_limit_lets_so_many_pass_in_a_minute_and_forgets_old_keys() -> None:
    seconds = [0.0]
    limit = Limit(3, lambda: seconds[0])
    assert [limit.allows("a") for _ in range(4)] == [True, True, True, False]
    assert limit.allows("b")
    seconds[0] = 20
    assert [limit.allows("a") for _ in range(2)] == [True, False]
    limit.forget("a")
    assert limit.allows("a")
    small = Limit(1, lambda: 0.0)
    small.MOST_KEYS = 2
    assert [small.allows(key) for key in "abca"] == [True, True, True, True]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"sso_issuer": "http://login.example"}, "reached by https"),
        ({"sso_issuer": "https://login.example"}, "sso_client, sso_name and public_url"),
        ({"sso_roles": "doctors"}, "write each group once"),
        ({"sso_roles": "doctors=investigator, doctors=admin"}, "write each group once"),
        ({"sso_roles": "doctors=surgeon"}, "there is no role surgeon"),
        ({"sso_sites": "=Shanghai"}, "write each group once"),
    ],
)
def test_settings_of_a_provider_that_cannot_be_are_told(said: dict[str, str], wrong: str) -> None:
    with pytest.raises(InvalidText, match=wrong):
        read_settings(None, {}, said)


def test_settings_of_a_provider() -> None:
    assert pairs_of("cn=doctors=investigator, staff=coordinator") == {
        "cn=doctors": "investigator",
        "staff": "coordinator",
    }
    named = pairs_of("CN=doctors,OU=trial=investigator; CN=staff,OU=trial=coordinator")
    assert named == {"CN=doctors,OU=trial": "investigator", "CN=staff,OU=trial": "coordinator"}
    assert set(Role) == ROLES
    here = {"sso_issuer": "http://127.0.0.1:1", "sso_client": "a", "sso_name": "b", "public_url": "https://c"}
    assert read_settings(None, {}, here).sso_issuer == "http://127.0.0.1:1"
