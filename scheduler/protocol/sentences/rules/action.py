"""What a row of a decision table calls for.

    hold at least 7 days until grade 0-1, then resume 1 level lower
    hold until grade 0, then resume at the same level if recovered within 28 days, else 1 level lower
    hold until grade 0, then resume at the same level if recovered within 7 days, 1 level lower if within 21 days,
        else discontinue
    continue with supportive care, liver tests weekly until below 3 x upper limit or baseline
    the investigator chooses among discontinue, or hold until grade 0-2, then resume 1 level lower
    discontinue oxaliplatin, go on with the others

Of several actions the first is the protocol's own.
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.dates import Span, Unit
from scheduler.protocol.plan.actions import Action
from scheduler.protocol.sentences.rules.value import read_recovery
from scheduler.protocol.sentences.words import Words

_MOST_LEVELS = 9
_DAILY, _WEEKLY = Span(1, Unit.DAYS), Span(1, Unit.WEEKS)


def read_actions(words: Words) -> tuple[Action, ...]:
    """Read everything after the colon, up to the citation."""
    chooses = words.accept("the", "investigator", "chooses", "among")
    actions = [_action(words)]
    while words.accept(",", "or"):
        if not chooses:
            words.fail_with("who chooses?", "the investigator chooses among ..., or ...")
        actions.append(_action(words))
    if chooses and len(actions) < 2:
        words.fail("expected ', or' and another choice")
    return tuple(actions)


def _action(words: Words) -> Action:
    start = words.peek()
    offset = start.offset if start else len(words.text)
    action = _main(words)
    action = _extra_without_comma(words, action)
    others = False
    while words.next_is(",") and not words.next_is(",", "or"):
        if words.accept(",", "go", "on", "with", "the", "others"):
            others = _say_which(words, action, others)
            continue
        words.accept(",")
        action = _extra(words, action)
    if action.only and not others:
        words.fail("what of the other drugs of the table?", hint="write: , go on with the others")
    following = words.peek()
    end = following.offset if following else len(words.text)
    return replace(action, words=words.text[offset:end].strip(" ,("))


def _main(words: Words) -> Action:
    if words.accept("continue"):
        words.accept("at", "the", "same", "level")
        return Action("")
    if words.accept("discontinue"):
        return Action("", discontinue=True, only=_only(words))
    if words.accept("reduce"):
        only = _only(words)
        words.expect("by")
        return Action("", levels_down=_levels(words), only=only)
    if words.accept("re-escalate", "by"):
        return Action("", levels_down=-_levels(words), re_escalation=True)
    if words.accept("hold"):
        return _hold(words)
    words.fail("expected continue, reduce, hold, re-escalate, discontinue or 'the investigator chooses among'")


def _only(words: Words) -> tuple[str, ...]:
    """The drugs of the table that it is about, where it names any: "oxaliplatin and irinotecan"."""
    if any(words.next_is(word) for word in ("by", "until", "at", "with")):
        return ()
    words_read: list[str] = []
    while (token := words.accept_kind("word")) is not None:
        words_read.append(token.text)
        if not words.accept("and"):
            break
    return tuple(words_read)


def _say_which(words: Words, action: Action, said: bool) -> bool:
    if said or not action.only:
        words.fail("which drug is it about?", back=True, hint="write: discontinue oxaliplatin, go on with the others")
    return True


def _hold(words: Words) -> Action:
    only = _only(words)
    at_least = words.span() if words.accept("at", "least") else None
    words.expect("until")
    recovery = read_recovery(words)
    if not words.accept(",", "then", "resume"):
        words.accept(",")
        words.fail("expected how dosing goes on: ', then resume at the same level' or ', then resume 1 level lower'")
    action = Action("", hold=True, at_least=at_least, until=recovery.words, recovery=recovery, only=only)
    action = replace(action, levels_down=_lower(words))
    return _unless_late(words, action) if words.accept("if") else action


def _lower(words: Words) -> int:
    """How many levels lower dosing goes on; 0 at the same level."""
    if words.accept("at", "the", "same", "level"):
        return 0
    down = _levels(words)
    words.expect("lower")
    return down


def _unless_late(words: Words, action: Action) -> Action:
    """The level after a recovery in time, and the lower one after a later recovery."""
    words.expect("recovered", "within")
    within = words.span()
    action = replace(action, recovered_within=within)
    while not words.next_is(",", "else"):
        if not words.accept(",") or not _next_is_level(words):
            words.fail("expected at which level after a later recovery: ', else 1 level lower'")
        action = replace(action, between=(*action.between, _later(words, action)))
    words.accept(",", "else")
    if words.accept("discontinue"):
        return replace(action, ends_if_later=True)
    down = _lower(words)
    if down <= action.most_down:
        words.fail("after a later recovery the level is lower", back=True, hint="say the lower one after 'else'")
    return replace(action, down_if_later=down)


def _next_is_level(words: Words) -> bool:
    token = words.peek()
    return token is not None and (token.kind == "number" or words.next_is("at", "the", "same", "level"))


def _later(words: Words, action: Action) -> tuple[Span, int]:
    """The level after a recovery that takes longer than the time before: "1 level lower if within 21 days"."""
    down = _lower(words)
    if down <= action.most_down:
        words.fail("after a later recovery the level is lower", back=True, hint="say the times from the shortest on")
    words.expect("if")
    words.accept("recovered")
    words.expect("within")
    within, before = words.span(), action.by_time[-1][0]
    if within.in_days is not None and before.in_days is not None and within.in_days <= before.in_days:
        words.fail(f"{within} is not longer than {before}", back=True, hint="say the times from the shortest on")
    return within, down


def _levels(words: Words) -> int:
    count = words.whole_number("how many levels")
    if not 1 <= count <= _MOST_LEVELS:
        words.fail(f"a step is 1 to {_MOST_LEVELS} levels", back=True)
    if words.accept_one_of("level", "levels") is None:
        words.fail("expected 'level' or 'levels'")
    return count


def _extra_without_comma(words: Words, action: Action) -> Action:
    return replace(action, supportive_care=True) if words.accept("with", "supportive", "care") else action


def _extra(words: Words, action: Action) -> Action:
    if words.accept("with", "supportive", "care"):
        return replace(action, supportive_care=True)
    if words.accept("re-escalation", "allowed"):
        return replace(action, re_escalation=True)
    if words.accept("interrupt", "or", "slow", "the", "infusion"):
        return replace(action, slow_infusion=True)
    return _monitoring(words, action)


def _monitoring(words: Words, action: Action) -> Action:
    if action.monitor:
        words.fail("extra tests are said once for each action")
    tests: list[str] = []
    while not (words.next_is("weekly") or words.next_is("daily") or words.next_is("every")):
        token = words.accept_kind("word")
        if token is None:
            words.fail("expected supportive care, or tests and how often, such as 'liver tests weekly'")
        tests.append(token.text)
    if not tests:
        words.fail("expected which tests")
    action = replace(action, monitor=(" ".join(tests),), monitor_every=_how_often(words))
    if words.accept("for", "at", "least"):
        action = replace(action, monitor_at_least=words.span())
    if words.accept("until"):
        recovery = read_recovery(words)
        action = replace(action, monitor_until=recovery.words, monitor_recovery=recovery)
    if action.monitor_at_least is None and action.monitor_until is None:
        words.fail("expected how long: 'for at least 4 weeks' or 'until below 3 x upper limit'")
    return action


def _how_often(words: Words) -> Span:
    if words.accept("weekly"):
        return _WEEKLY
    if words.accept("daily"):
        return _DAILY
    words.expect("every")
    span = words.span()
    if span.amount < 1:
        words.fail("this is never", back=True)
    return span
