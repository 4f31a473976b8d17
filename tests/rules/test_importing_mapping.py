"""What columns become is proposed from headings and cells, whatever their order, and is kept as it was told."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaint_desk.models.importing import ColumnMap, Target
from complaint_desk.rules.importing.columns import ColumnSeen
from complaint_desk.rules.importing.heading_words import WORDS
from complaint_desk.rules.importing.propose import propose
from complaint_desk.rules.importing.value_words import meaning_of
from complaint_desk.rules.importing.words import folded

CELLS = {
    Target.RECORD: [f"T-{number}" for number in range(20)],
    Target.RECEIVED: [f"2026-10-{day:02d}" for day in range(1, 21)],
    Target.RECEIVED_TIME: [f"{hour:02d}:15" for hour in range(20)],
    Target.WHAT: [f"the kettle leaked and nobody rang back, call {number}" for number in range(20)],
    Target.CALLER: [f"Wang Fang {chr(97 + number)}" for number in range(20)],
    Target.PHONE: [f"138001380{number:02d}" for number in range(20)],
    Target.STATUS: ["open", "closed"] * 10,
    Target.CHANNEL: ["phone", "e-mail"] * 10,
    Target.WHERE: ["Nanshan store", "Futian store"] * 10,
    Target.SEVERITY: ["low", "high"] * 10,
}
NAMES = {Target.CAUSE: {"goods quality": "goods_quality"}, Target.TYPE: {}, Target.CHANNEL: {}}


def seen(cells: list[str]) -> ColumnSeen:
    column = ColumnSeen()
    for cell in cells:
        column.add(cell)
    return column


@given(st.permutations(list(CELLS)), st.data())
def test_every_known_heading_is_understood_wherever_its_column_stands(
    targets: list[Target], data: st.DataObject
) -> None:
    headings = [data.draw(st.sampled_from(WORDS[target][:6])) for target in targets]
    if len({folded(heading) for heading in headings}) < len(headings):
        return
    columns = propose([heading.title() for heading in headings], [seen(CELLS[t]) for t in targets], NAMES)
    assert [column.to for column in columns] == targets


@given(st.lists(st.text(max_size=30), min_size=1, max_size=12), st.data())
def test_no_table_breaks_the_proposal(headings: list[str], data: st.DataObject) -> None:
    cells = [data.draw(st.lists(st.text(max_size=40), max_size=6)) for _heading in headings]
    columns = propose(headings, [seen(of) for of in cells], NAMES)
    assert [column.heading for column in columns] == headings
    single = [c.to for c in columns if c.to not in (Target.WHERE, Target.ASIDE, Target.DROPPED)]
    assert len(set(single)) == len(single)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("Solved", "resolved"),
        ("Closed - duplicate", "closed"),
        ("In Progress", "open"),
        ("Unresolved", "open"),
        ("not closed", "open"),
        ("已处理完毕", "resolved"),
        ("未处理", "open"),
        ("已结案", "closed"),
        ("处理中", "open"),
        ("待回访", "open"),
        ("banana", None),
        ("", None),
    ],
)
def test_a_status_is_known_by_its_words(value: str, wanted: str | None) -> None:
    assert meaning_of(Target.STATUS, value, {}) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("Customer Care Call", "phone"),
        ("客服热线", "phone"),
        ("Internet", "letter"),
        ("微信公众号", "letter"),
        ("12315平台", "consumers_association"),
        ("门店服务台", "in_store"),
        ("微博", "media"),
        ("carrier pigeon", None),
    ],
)
def test_a_channel_is_known_by_its_words(value: str, wanted: str | None) -> None:
    assert meaning_of(Target.CHANNEL, value, {}) == wanted


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(st.tuples(TEXTS, st.sampled_from(Target), TEXTS), min_size=1, max_size=8), data=st.data()
)
def test_a_mapping_is_read_as_it_was_written(
    tmp_path: Path, told: list[tuple[str, Target, str]], data: st.DataObject
) -> None:
    from complaint_desk.desk.importing.mapping_file import MEANINGS, mapping_toml, read_mapping
    from complaint_desk.rules.importing.dates import DateOrder

    columns = []
    for heading, target, value in told:
        values = {value: data.draw(st.sampled_from(sorted(MEANINGS[target])))} if target in MEANINGS else {}
        order = (
            data.draw(st.sampled_from([None, *map(str, DateOrder)])) if target is Target.RECEIVED else None
        )
        columns.append(ColumnMap(heading, target, order, values))
    path = tmp_path / "map.toml"
    path.write_text(mapping_toml(columns, "old.csv"), "utf-8", newline="\n")
    assert list(read_mapping(path)) == columns
