"""What patients read in German, French, Spanish and Japanese: numbers and days as each writes them, and who certified it."""

from datetime import date
from decimal import Decimal

import pytest

from scheduler.errors import InvalidText
from scheduler.exports.paper.fonts import OWN_FONTS, has_font
from scheduler.exports.paper.foot import foot_of
from scheduler.exports.paper.typeset import typeset
from scheduler.exports.told import in_words
from scheduler.languages import Language
from scheduler.said import WEEKDAY_AND_DAY
from scheduler.site.parse import parse_site
from scheduler.views.imprint import NEVER, Imprint
from scheduler.views.reader.audience import Audience, Detail
from scheduler.views.reader.taking_in_words import time_in_words
from scheduler.views.reader.wording import Phrase, in_number, in_strengths, say, say_of, with_how_often
from scheduler.vocabulary.dosage_forms import TABLET, form_called
from scheduler.vocabulary.forms_in_words import unit_in_words
from scheduler.web.feeds.shown import Shown, what_keeps_from
from scheduler.words.saying import day_in
from scheduler.words.saying import say as said_in

DE, FR, ES, JA, ZH = Language.GERMAN, Language.FRENCH, Language.SPANISH, Language.JAPANESE, Language.CHINESE
OURS = (Language.ENGLISH, ZH, DE, FR, ES, JA)
"""In this order; a language that is added needs no line here."""

HALF = Decimal("0.5")


@pytest.mark.parametrize(
    ("count", "told"),
    [
        # French has one form up to and below two, the others for one alone; a half is one.
        (1, ["1 tablet", "1 片", "1 Tablette", "1 comprimé", "1 comprimido", "1錠"]),
        (2, ["2 tablets", "2 片", "2 Tabletten", "2 comprimés", "2 comprimidos", "2錠"]),
        (HALF, ["½ tablet", "半片", "½ Tablette", "½ comprimé", "½ comprimido", "0.5錠"]),
        (1 + HALF, ["1½ tablets", "1片半", "1½ Tabletten", "1½ comprimé", "1½ comprimidos", "1.5錠"]),
        (2 + HALF, ["2½ tablets", "2片半", "2½ Tabletten", "2½ comprimés", "2½ comprimidos", "2.5錠"]),
    ],
)
def test_tablets_are_counted(count: int | Decimal, told: list[str]) -> None:
    assert [in_words(in_number(TABLET, count), language) for language in OURS] == told


def test_a_liquid_has_the_languages_own_decimal_sign() -> None:
    solution = form_called("oral solution")
    told = [in_words(in_number(solution, Decimal("2.5")), language) for language in (DE, FR, ES, JA)]
    assert told == ["2,5 mL", "2,5 mL", "2,5 mL", "2.5 mL"]
    assert (
        in_words(say_of(solution, Phrase.DO_NOT_TAKE), DE)
        == "Studienmedikation (flüssiges Arzneimittel) nicht einnehmen"
    )
    assert said_in(unit_in_words(solution), DE) == "mL"


def test_a_form_without_words_has_its_own_name() -> None:
    globule = form_called("globule")
    assert in_number(globule, 2) == "2 globules"
    assert [in_words(in_number(globule, 1), language) for language in (ZH, DE)] == ["1 份（globule）", "1 globule"]
    assert in_words(say_of(globule, Phrase.TABLETS), ZH) == "研究药物（globules）"
    patch = form_called("patch")
    assert in_words(say_of(patch, Phrase.DO_NOT_TAKE), FR) == "N’utilisez pas le médicament de l’étude (patchs)"


def test_several_strengths_and_how_often() -> None:
    told = with_how_often(in_strengths(TABLET, [(1, "20 mg"), (3, "15 mg")]), "twice daily")
    assert told == "1 x 20 mg + 3 x 15 mg tablets, twice a day"
    assert [in_words(told, language) for language in (DE, FR, ES, JA)] == [
        "1 × 20 mg + 3 × 15 mg Tabletten, zweimal täglich",
        "1 × 20 mg + 3 × 15 mg comprimés, deux fois par jour",
        "1 × 20 mg + 3 × 15 mg comprimidos, dos veces al día",
        "1回20 mg × 1 + 15 mg × 3（錠）、1日2回",
    ]


def test_days_and_hours() -> None:
    day = date(2026, 6, 3)  # a Wednesday
    assert [day_in(day, WEEKDAY_AND_DAY, language) for language in (DE, FR, ES, JA)] == [
        "Mi., 3. Juni 2026",
        "mer. 3 juin 2026",
        "mié, 3 jun 2026",
        "2026年6月3日(水)",
    ]
    assert [in_words(time_in_words(90), language) for language in (DE, FR, ES, JA)] == [
        "1 Stunde 30 Minuten",
        "1 heure 30 minutes",
        "1 hora 30 minutos",
        "1時間 30分",
    ]
    assert in_words(say(Phrase.NOT_BEFORE, time="14:30"), DE) == "nicht vor 14:30 Uhr"


SITE = "site: Somewhere\nzone: Europe/Berlin\ncertified languages: [de]\n"


def test_a_site_certifies_a_language_for_new_links_and_nobody_needs_it_for_english() -> None:
    site = parse_site(SITE, name="site.yaml")

    def refused(language: Language, audience: Audience = Audience.PATIENT, **more: bool) -> bool:
        return what_keeps_from(Shown(audience, "S-1", None, Detail.NEUTRAL, language), site, **more) is not None

    assert [refused(language) for language in OURS] == [False, True, False, True, True, True]
    assert not refused(FR, uncertified=True)
    assert what_keeps_from(Shown(Audience.PATIENT, "S-1", None, Detail.NEUTRAL, DE), None) is not None
    # Staff read what they have all words of; nobody has to certify that.
    assert [refused(language, Audience.PHARMACY) for language in (Language.ENGLISH, ZH, DE)] == [False, False, True]


def test_the_foot_says_that_a_translation_is_not_certified() -> None:
    imprint = Imprint("S-1", "2.0")
    assert foot_of(imprint, DE, certified=False)["caution"] == (
        "Die Übersetzung dieses Blattes ist in diesem Studienzentrum nicht freigegeben. "
        "Kein Medizinprodukt. Eine qualifizierte Person prüft dieses Blatt, bevor danach gehandelt wird."
    )
    assert str(foot_of(imprint, DE)["caution"]).startswith("Kein Medizinprodukt.")


def test_japanese_is_never_set_with_chinese_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [has_font(language) for language in OURS] == [True] * 6
    monkeypatch.setattr("scheduler.exports.paper.typeset.has_font", lambda language: language not in OWN_FONTS)
    with pytest.raises(InvalidText) as caught:
        typeset("diary", {}, NEVER, JA)
    (finding,) = caught.value.findings
    assert (finding.code, "fonts-ja" in (finding.hint or "")) == ("no-japanese-font", True)


def test_the_foot_of_a_list_counts_one_patient_as_one() -> None:
    def told(language: Language, patients: int, events: int) -> str:
        return str(foot_of(Imprint(None, None, events, NEVER, patients=patients), language)["print"])

    ends = " 2026-01-01 UTC"
    assert told(Language.ENGLISH, 1, 1) == f"1 patient, 1 event, last recorded{ends}"
    assert told(Language.ENGLISH, 6, 165) == f"6 patients, 165 events, last recorded{ends}"
    assert told(DE, 1, 2) == f"1 Patient, 2 Einträge, zuletzt erfasst{ends}"
    assert told(FR, 2, 1) == f"2 patients, 1 événement, dernier enregistrement{ends}"
    assert told(ZH, 1, 1) == f"1 名受试者，1 条记录，最近记录{ends}"
