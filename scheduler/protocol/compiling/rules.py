"""The decision tables as written, to the rules of one arm: what a table is on is spelled out in each of its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from scheduler.findings import Finding, did_you_mean
from scheduler.protocol.compiling.equivalents import check_medicine, with_equivalents
from scheduler.protocol.plan.actions import Action
from scheduler.protocol.plan.rules import (
    AttributeIs,
    Attribution,
    Condition,
    Equivalents,
    GradeIs,
    MedicineFor,
    NotRecovered,
    Rule,
    StepUp,
    WaitingFor,
)
from scheduler.protocol.plan.study import Role, Timeline
from scheduler.protocol.plan.values import ValueIs
from scheduler.protocol.text.rules import DecisionTableText
from scheduler.protocol.text.sentence_place import At
from scheduler.vocabulary import (
    ADVERSE_EVENTS,
    CLASSES,
    GROUPS,
    LABORATORY_TESTS,
    OTHER,
    TESTS,
    Either,
    laboratory_named,
    offer,
    terms_of,
    two_numbers_of,
)

_JUDGED = frozenset({"confirmed", "consecutive", "persistent", "repeated", "sustained"})
"""What is said of a value in a publication, and is known only once it was measured again."""
_ATTRIBUTED = {
    "to this treatment or nothing": Attribution.THIS_OR_NOTHING,
    "to this treatment": Attribution.THIS,
    "to anything": Attribution.ANYTHING,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a table is on: CTCAE terms, laboratory tests, or any other adverse event. ``of_two`` is a test with two numbers."""

    terms: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    any_other: bool = False
    of_two: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The terms that it keeps from a table on any other adverse event: its own, and those that its tests grade."""
        return (*self.terms, *(term for test in self.tests for term in TESTS[test].terms))


def compile_rules(
    tables: Mapping[str, DecisionTableText], equivalents: tuple[Equivalents, ...], here: Collection[str], at: At
) -> tuple[Rule, ...]:
    """The rules of an arm that has these treatments, in the order in which they are written."""
    subjects = {name: _subject(table) for name, table in tables.items()}
    rules: list[Rule] = []
    for name, table in tables.items():
        for treatment in dict.fromkeys(each for each in table.treatments if each in here):
            others = [subjects[other] for other, each in tables.items() if treatment in each.treatments]
            tabled = [each for each in tables.values() if treatment in each.treatments]
            own = (term for each in tabled for term in _terms_of_rows(each))
            named = tuple(dict.fromkeys((*(term for other in others for term in other.named), *own)))
            rows = _rows(name, table, subjects[name], named, equivalents, at.below(name, "rows"))
            rules += (_for_one(row, table, treatment, here) for row in rows)
    return (*rules, *(late for rule in rules for late in _if_too_late(rule)))


def _if_too_late(rule: Rule) -> Iterator[Rule]:
    """The rule behind "else discontinue" of a row: what the same finding calls for once the last time is over."""
    for action in rule.actions:
        if action.ends_if_later:
            conditions = (*rule.conditions, NotRecovered(action.by_time[-1][0], action.recovery))
            together = tuple((f"{other}-late", treatment) for other, treatment in rule.together)
            end = Action("discontinue", discontinue=True)
            yield replace(rule, id=f"{rule.id}-late", conditions=conditions, actions=(end,), together=together)
            return


def _terms_of_rows(table: DecisionTableText) -> Iterator[str]:
    """The terms that rows name themselves: "febrile neutropenia"."""
    for row in table.rows:
        for condition in row.conditions:
            if isinstance(condition, GradeIs) and condition.of_its_own:
                yield from _spelled_terms(condition)


def _spelled_terms(condition: GradeIs) -> tuple[str, ...]:
    return tuple(term for written in condition.terms for term in terms_of(written) or (written,))


def _for_one(row: Rule, table: DecisionTableText, treatment: str, here: Collection[str]) -> Rule:
    """A row for one of the treatments of its table: the first has the table's name, any other has its own behind it."""
    others = [each for each in dict.fromkeys(table.treatments) if each in here and each != treatment]
    together = tuple((_id_of(row, table, other), other) for other in others)
    actions = tuple(action.of(treatment) for action in row.actions)
    return replace(row, id=_id_of(row, table, treatment), treatment=treatment, actions=actions, together=together)


def _id_of(row: Rule, table: DecisionTableText, treatment: str) -> str:
    if treatment == table.treatments[0]:
        return row.id
    name, _, number = row.id.rpartition(".")
    return f"{name}-{treatment}.{number}"


def rules_of_waits(timelines: Mapping[str, Timeline]) -> tuple[Rule, ...]:
    """The rules behind "after more than 21 days: discontinue", one for each treatment that waits; of cycles, for each drug."""
    rules: list[Rule] = []
    for name, line in timelines.items():
        if line.goes_on is None or line.goes_on.longest is None:
            continue
        waiting = [name] if line.role is Role.TREATMENT else _drugs_in(name, timelines)
        condition = WaitingFor(line.goes_on.longest, name)
        action = Action("discontinue", discontinue=True)
        rules += (
            Rule(f"{each}.waits", each, (condition,), (action,), line.goes_on.clause, title="Waits for values too long")
            for each in waiting
        )
    return tuple(rules)


def rules_of_steps(timelines: Mapping[str, Timeline]) -> tuple[Rule, ...]:
    """The rules behind "up 1 level every 7 days in cycle 1": one for each step, which a named person confirms or does not."""
    rules: list[Rule] = []
    for name, line in timelines.items():
        steps = line.ladder.steps if line.ladder is not None else None
        if line.ladder is None or steps is None:
            continue
        levels = f"{steps.levels} level{'' if steps.levels == 1 else 's'}"
        up = Action(f"up {levels}", levels_down=-steps.levels, re_escalation=True)
        stay = Action("stay at this level")
        for number, day in enumerate(line.ladder.step_days(), 1):
            condition = StepUp(steps.cycle, day, steps.unless)
            title = f"Dose step {number}, day {day} of cycle {steps.cycle}"
            rules.append(Rule(f"{name}.step-{number}", name, (condition,), (up, stay), line.ladder.clause, title=title))
    return tuple(rules)


def _drugs_in(cycles: str, timelines: Mapping[str, Timeline]) -> list[str]:
    drugs = [each for each in timelines.values() if each.follows is not None and each.follows.timeline == cycles]
    return [each.name for each in drugs if each.role is Role.TREATMENT and not each.supportive]


def _subject(table: DecisionTableText) -> Subject:
    """What a table is on, as CTCAE and the laboratory spell it; what nobody knows is taken for a term, as it is written."""
    subject = Subject()
    for written in table.on:
        if written.casefold() == OTHER:
            subject = replace(subject, any_other=True)
        elif (test := laboratory_named(written)) is not None:
            subject = replace(subject, tests=(*subject.tests, test.name))
        elif (tests := two_numbers_of(written)) is not None:
            subject = replace(subject, tests=(*subject.tests, *tests), of_two=written)
        else:
            subject = replace(subject, terms=(*subject.terms, *(terms_of(written) or (written,))))
    return subject


def _rows(
    name: str,
    table: DecisionTableText,
    subject: Subject,
    named: tuple[str, ...],
    equivalents: tuple[Equivalents, ...],
    at: At,
) -> Iterator[Rule]:
    for index, row in enumerate(table.rows):
        yield Rule(
            id=f"{name}.{index + 1}",
            treatment=table.treatments[0],
            conditions=tuple(_spelled_out(condition, subject, equivalents) for condition in row.conditions),
            actions=row.actions,
            clause=replace(row.clause, line=at.below(index).line),
            episode_ends=table.episode_ends,
            attributed=_ATTRIBUTED[table.attributed],
            except_for=named if subject.any_other else (),
            title=table.title or _spelled_title(name),
        )


def _spelled_out(condition: Condition, subject: Subject, equivalents: tuple[Equivalents, ...]) -> Condition:
    if isinstance(condition, GradeIs) and condition.of_its_own:
        return replace(condition, terms=_spelled_terms(condition))
    if isinstance(condition, GradeIs):
        return replace(condition, terms=() if subject.any_other else subject.terms)
    if isinstance(condition, ValueIs):
        names = tuple(test.name if (test := laboratory_named(each)) else each for each in condition.tests)
        return replace(condition, tests=names or subject.tests)
    if isinstance(condition, MedicineFor):
        return with_equivalents(condition, equivalents)
    return condition


def _spelled_title(name: str) -> str:
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def check_rule_names(
    tables: Mapping[str, DecisionTableText], treatments: Collection[str], attributes: Collection[str], root: At
) -> Iterator[Finding]:
    """Treatments, terms, tests and attributes that nobody defined, and rows about what their table is not on."""
    for name, table in tables.items():
        at = root.below("rules", name)
        for index, treatment in enumerate(table.treatments):
            if treatment not in treatments:
                here = at.below("for", index) if len(table.treatments) > 1 else at.below("for")
                message = f"'{treatment}' is not a treatment of this study"
                yield here.finding("unknown-treatment", message, did_you_mean(treatment, treatments))
        yield from _check_subject(table, at)
        for index, row in enumerate(table.rows):
            for condition in row.conditions:
                yield from _check_condition(condition, _subject(table), attributes, at.below("rows", index))
            for action in row.actions:
                yield from _check_only(action, table, at.below("rows", index))


def _check_only(action: Action, table: DecisionTableText, at: At) -> Iterator[Finding]:
    """A row about some drugs of its table: each is one of them, and others are left that go on."""
    for name in action.only:
        if name not in table.treatments:
            hint = (
                did_you_mean(name, table.treatments) or f"name it under 'for': [{', '.join([*table.treatments, name])}]"
            )
            yield at.finding("unknown-treatment", f"'{name}' is not a treatment of this table", hint, word=name)
    if action.only and not set(table.treatments) - set(action.only):
        message = f"the table is for {' and '.join(table.treatments)} alone: there are no others"
        hint = (
            "name all drugs under 'for', each a treatment of its own, or leave the name and 'go on with the others' out"
        )
        yield at.finding("no-others", message, hint, word="others")


def _check_subject(table: DecisionTableText, at: At) -> Iterator[Finding]:
    for index, written in enumerate(table.on):
        known = written.casefold() == OTHER or terms_of(written) is not None or laboratory_named(written) is not None
        if not known and two_numbers_of(written) is None:
            here = at.below("on", index) if isinstance(at.node.at(*at.path, "on").value, list) else at.below("on")
            yield _unknown_term(written, here)
    if OTHER in [written.casefold() for written in table.on] and len(table.on) > 1:
        message = f"'{OTHER}' is everything that no table names, so it stands alone"
        yield at.below("on").finding("mixed-subject", message, "write a table of its own for it")


def _unknown_term(written: str, at: At) -> Finding:
    either = ADVERSE_EVENTS.known(written)
    if isinstance(either, Either):
        message = f"'{written}' is no term of CTCAE v5.0; adverse events of that name are read here"
        return at.warning("unknown-term", message, f"write {' and '.join(either.names)}, if both are meant")
    hint = offer(ADVERSE_EVENTS.nearest(written)) or did_you_mean(written, [*GROUPS, *CLASSES, *TESTS, OTHER])
    if hint is not None:
        return at.finding("unknown-term", f"'{written}' is no term of CTCAE v5.0", hint)
    message = f"'{written}' is no term or class of CTCAE v5.0, and no adverse event is recorded under it"
    return at.warning("unknown-term", message, "name a term, or a class such as 'Cardiac disorders'")


def _how_graded(subject: Subject) -> str:
    """A test has values, and the term of CTCAE that goes by it has grades."""
    terms = dict.fromkeys(term for test in subject.tests for term in TESTS[test].terms)
    listed = ", ".join(terms)
    return f"name CTCAE terms under 'on': {listed}" if terms else "name CTCAE terms under 'on'"


def _check_condition(condition: Condition, subject: Subject, attributes: Collection[str], at: At) -> Iterator[Finding]:
    if isinstance(condition, GradeIs) and condition.of_its_own:
        yield from _check_own_term(condition.terms[0], attributes, at)
    elif isinstance(condition, GradeIs) and not subject.terms and not subject.any_other:
        yield at.finding("no-subject", "a grade of what?", _how_graded(subject), word="grade")
    elif isinstance(condition, ValueIs):
        if not condition.tests and not subject.tests:
            yield at.finding("no-subject", "a value of what?", "name the test here, or tests under 'on'")
        elif not condition.tests and subject.of_two:
            yield one_number_of_two(subject.of_two, at)
        for test in condition.tests:
            if laboratory_named(test) is None:
                yield _judged(test, at) or unknown_test(test, at)
    elif isinstance(condition, MedicineFor):
        yield from check_medicine(condition.name, at)
    elif isinstance(condition, AttributeIs) and condition.name not in attributes:
        message = f"'{condition.name}' is not an attribute of this study"
        hint = did_you_mean(condition.name, attributes) or "define it under 'attributes'"
        yield at.finding("unknown-attribute", message, hint, word=condition.name)


def _judged(test: str, at: At) -> Finding | None:
    """That a value is confirmed or persistent is judged by a person; as a part of a test's name it would never be recorded."""
    word = test.partition(" ")[0].lower()
    if word not in _JUDGED:
        return None
    message = f"that a value is {word} is judged by a person, who records it"
    hint = (
        f"name the test alone, and behind the value a fact that stands under 'attributes', such as: with failure {word}"
    )
    return at.finding("judged-value", message, hint, word=test)


def one_number_of_two(test: str, at: At) -> Finding:
    """One number for what is measured as two."""
    hint = "write two, such as at least 160/100 mmHg, or say which: systolic blood pressure at least 160 mmHg"
    return at.finding("one-number", f"a {test} has two numbers", hint)


def _check_own_term(written: str, attributes: Collection[str], at: At) -> Iterator[Finding]:
    """An adverse event that a row names itself; a fact about the patient of that name is said behind 'with'."""
    if written in attributes:
        message = f"'{written}' is an adverse event, and a fact about the patient"
        hint = f"write: with {written}; or any grade of it, in a table on it"
        yield at.finding("which-one", message, hint, word=written)


def unknown_test(test: str, at: At) -> Finding:
    """A laboratory test that nobody knows: offered under its name, or read as it is written."""
    if two_numbers_of(test) is not None:
        return one_number_of_two(test, at)
    hint = offer(LABORATORY_TESTS.nearest(test))
    if hint is not None:
        return at.finding("unknown-test", f"'{test}' is no laboratory test known here", hint, word=test)
    message = f"'{test}' is no laboratory test known here, so its unit is not checked"
    return at.warning("unknown-test", message, "record it under exactly this name", word=test)
