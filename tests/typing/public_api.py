"""Code as a caller writes it: mypy reads it, nothing runs it.

A line that mypy must refuse ends with ``# refused: CODE``.
"""

from datetime import date

import limen
from limen import Answer, Engine, Finding, PlaceFinding, Refused


def screened(engine: Engine) -> str:
    answer = engine.screen(
        {"schema": "Person", "properties": {"name": ["A B"]}}, as_of=date(2022, 2, 21)
    )
    if answer.outcome == "cannot_say":
        return "; ".join(answer.reasons)
    for finding in answer.findings:
        if isinstance(finding, Finding):
            score: float = finding.score
            programmes: tuple[str, ...] = finding.listings[0].programmes
            print(score, programmes, finding.features[0].contribution)
        elif isinstance(finding, PlaceFinding):
            print(finding.territory, finding.settles)
    return answer.stamp.snapshot


def outcomes(engine: Engine) -> list[str]:
    return [answer.outcome for answer in engine.screen_many([{}])]


def batch(engine: Engine) -> list[Answer]:
    answers = []
    for result in engine.screen_many(
        [limen.Party(schema="Person", properties={"name": ("A B",)})], on_error="row"
    ):
        if isinstance(result, Refused):
            print(result.index, result.error.what, result.error.hint)
        else:
            answers.append(result)
    return answers


def elsewhere() -> None:
    engine = limen.open()
    at = limen.Instant.parse("2022-02-21T23:59-05:00")
    candidates: list[tuple[str, float]] = engine.candidates("A B", schema="Person", limit=5)
    outcome: str = engine.locate((44.9, 34.1), authorities=["EU"]).outcome("EU")
    met: bool = engine.assess("EV05", at=at).condition_met
    newly: dict[str, int] = engine.what_if("EV05", [limen.Holding({}, 1.0)], at=at).newly_hit
    same: bool = limen.replay(engine, engine.screen({}).to_dict()).same
    score: float = limen.names.score("A B", "B A", schema="Person")
    print(candidates, outcome, met, newly, same, score)


def refusals(engine: Engine, answer: Answer) -> int:
    try:
        engine.screen({}, as_of=None)
    except limen.InputError as error:
        return int(error.exit_code)
    except limen.LimenError as error:
        print(error.what, error.where, error.why, error.hint, error.unchanged)
    engine.screen({}, "2022-02-21")  # refused: call-arg
    engine.screen({}, as_of=20220221)  # refused: arg-type
    engine.screen_many([{}], on_error="skip")  # refused: call-overload
    for row in engine.screen_many([{}], on_error="row"):
        print(row.outcome)  # refused: union-attr
    engine.assess("EV05")  # refused: call-arg
    answer.outcome = "clear"  # refused: misc
    if answer.outcome == "clean":  # refused: comparison-overlap
        pass
    limen.opne()  # refused: attr-defined
    return 0
