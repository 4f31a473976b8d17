"""Erasing a person: the words go from everywhere, figures and chain stay, and older copies are erased again."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import Act, Role
from complaint_desk.models.erasure import ErasureStep
from complaint_desk.models.errors import ActNotAllowed, DeskError, StoreFault, TicketNotFound
from complaint_desk.models.settling import PromiseMade, RemedyKind
from complaint_desk.rules.erasing import ERASED_MARK
from complaint_desk.startup import drafts_folder
from complaint_desk.store import erasing, scrubbing
from complaint_desk.store.drafts import DraftFolder
from complaint_desk.store.seat_notes import SeatNotes
from tests.support import FrozenClock, complaint

NAME, NUMBER, ADDRESS = "欧阳晓虹", "138 0013 8000", "深圳市南山区科技路1号"
SPELT = (
    *(NAME.encode(), "歐陽曉虹".encode(), "欧阳女士".encode(), b"ouyangxiaohong", b"Ouyang Xiaohong"),
    *(b"13800138000", b"138-0013-8000", b"138 0013 8000", b"00083100831", "科技路1号".encode()),
    "１３８００１３８０００".encode(),
)


@pytest.fixture
def person(desk: Any, clock: FrozenClock) -> list[str]:
    """The numbers of two complaints of one person, who is spoken of in every way that is kept."""
    first = desk.register(
        complaint(
            f"{NAME}说牛奶有异味,打138-0013-8000",
            caller=NAME,
            phone=NUMBER,
            how="欧阳女士很生气",
            remedy_wanted="退款到１３８００１３８０００",
        ),
        attachments={"what-1": f"Ouyang Xiaohong, {ADDRESS}"},
    )
    clock.forward(minutes=5)
    second = desk.register(complaint("送货迟到", caller="欧阳女士", phone="+8613800138000"))
    desk.act(first.number, Act.NOTED, f"给{NAME}回电 138 0013 8000,{ADDRESS[6:]}")
    desk.amend(first.number, {"caller": "歐陽曉虹"})
    desk.edit_customer(first.number, {"address": ADDRESS, "notes": f"老顾客{NAME}", "name_added": NAME})
    return [first.number, second.number]


def bytes_of(file: Path) -> bytes:
    places = [file, file.with_name(file.name + "-wal"), *drafts_folder(str(file)).rglob("*")]
    return b"".join(place.read_bytes() for place in places if place.is_file())


def spelt_in(file: Path) -> list[bytes]:
    held = bytes_of(file)
    return [spelling for spelling in SPELT if spelling in held]


def terms_of(file: Path) -> set[str]:
    """The tokens of the index of words, however the index packs them."""
    connection = sqlite3.connect(file)
    connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'search_words', 'row')")
    found = {row[0] for row in connection.execute("SELECT term FROM temp.terms")}
    connection.close()
    return found


def test_nothing_of_an_erased_person_can_be_read_in_the_file_the_journal_the_drafts_or_the_index(
    desk: Any, file: Path, person: list[str], clock: FrozenClock
) -> None:
    folder = DraftFolder(drafts_folder(str(file)))
    draft = Draft("call-1", "陈静", clock(), "zh_CN", {"caller": NAME, "phone": NUMBER, "what": "又来电"})
    draft.attached = {"what-1": f"{NAME} 138-0013-8000"}
    folder.write(draft)
    folder.write(Draft("call-2", "陈静", clock(), "zh_CN", {"caller": NAME}))
    folder.put_away("call-2", clock())
    assert set(spelt_in(file)) >= {NAME.encode(), b"138-0013-8000", "欧阳女士".encode()}
    assert {"欧阳", "ouyangxiaohong"} <= terms_of(file)
    done = desk.erase_customer(person[0], f"{NAME}来信要求")
    assert spelt_in(file) == []
    assert not {"欧阳", "阳晓", "晓虹", "ouyangxiaohong", "oyxh", "ᵗ00083100831"} & terms_of(file)
    assert (done.traces, done.trouble, len(done.drafts)) == ((), None, 3)
    assert json.loads((folder.folder / "call-1.json").read_text("utf-8"))["fields"]["what"] == "又来电"


def test_somebody_elses_waiting_call_keeps_what_may_mean_anybody(
    desk: Any, file: Path, person: list[str], clock: FrozenClock
) -> None:
    folder = DraftFolder(drafts_folder(str(file)))
    folder.write(Draft("call-1", "陈静", clock(), "zh_CN", {"caller": "欧阳女士", "what": "尾号8000的卡"}))
    assert desk.plan_erasure(person[0]).drafts == 0
    desk.erase_customer(person[0])
    kept = json.loads((folder.folder / "call-1.json").read_text("utf-8"))["fields"]
    assert kept == {"caller": "欧阳女士", "what": "尾号8000的卡"}


def test_what_a_seat_remembers_loses_the_person(desk: Any, file: Path, person: list[str]) -> None:
    notes = SeatNotes(drafts_folder(str(file)).with_suffix(".seats"), "陈静")
    assert notes.write({"filter": f"{NAME} 南山"})
    desk.erase_customer(person[0])
    assert notes.read() == {"filter": f"{ERASED_MARK} 南山"}


def test_figures_dates_clocks_and_the_chain_stay(desk: Any, person: list[str]) -> None:
    before = desk.ticket(person[0])
    desk.erase_customer(person[0])
    after = desk.ticket(person[0])
    assert (after.caller, after.phone, after.extension) == (None, None, None)
    assert after.what == f"{ERASED_MARK}说牛奶有异味,打{ERASED_MARK}"
    assert after.history[1].text == f"给{ERASED_MARK}回电 {ERASED_MARK},{ERASED_MARK}"
    assert after.clocks == before.clocks
    assert (after.received_at, after.cause, after.severity) == (
        before.received_at,
        before.cause,
        before.severity,
    )
    assert after.history[-1].act is Act.WORDS_ERASED
    assert desk.queue_counts().open == 2
    assert desk.check() == []


def test_promises_remedies_cards_and_endings_lose_the_person_too(
    desk: Any, file: Path, person: list[str], clock: FrozenClock
) -> None:
    by = clock() + timedelta(hours=5)
    desk.promise(person[0], PromiseMade(f"给{NAME}送货到{ADDRESS}", by, "下午五点", to=NAME))
    desk.offer_remedy(person[0], RemedyKind.PRICE, desk.money("38"), f"退到{NAME}的13800138000")
    desk.pause(person[0], f"等{NAME}寄回", by)
    desk.act(person[1], Act.RESOLVED, f"{NAME}很满意,尾号8000已退款")
    desk.erase_customer(person[0])
    assert spelt_in(file) == []
    ticket = desk.ticket(person[0])
    assert ticket.promises[0].what == f"给{ERASED_MARK}送货到{ERASED_MARK}"
    assert ticket.promises[0].due_at == by
    assert desk.caller_card(person[0]).goodwill == (("CNY", 3800, 1),)
    assert desk.check() == []


def test_the_erasure_is_recorded_without_the_name(desk: Any, file: Path, person: list[str]) -> None:
    card_id = desk.customer(person[0]).id
    desk.erase_customer(person[0], f"{NAME}来信要求")
    card = desk.customer(card_id)
    assert card.erased_at is not None
    assert (card.name, card.names, card.numbers, card.address, card.notes) == (None, (), (), None, None)
    (line,) = [line for line in card.history if line.act is Act.CUSTOMER_ERASED]
    assert (line.by, line.text) == ("陈静", f"{ERASED_MARK}来信要求")
    assert desk.who_is("8000") == desk.who_is("ouyangxiaohong") == []
    assert desk.search("欧阳晓虹").rows == ()


def test_everything_can_be_made_anew_after_an_erasure_and_brings_nothing_back(
    desk: Any, file: Path, person: list[str]
) -> None:
    desk.erase_customer(person[0])
    desk.rebuild()
    desk.rebuild_search()
    assert desk.check() == []
    assert spelt_in(file) == []


def test_the_dry_run_changes_nothing_and_tells_what_would_go(
    desk: Any, file: Path, person: list[str]
) -> None:
    backup = desk.back_up_here()
    before = desk.changes_seen()
    plan = desk.plan_erasure(person[1])
    assert plan.tickets == tuple(person)
    assert plan.texts == 7
    assert [copy.path for copy in plan.copies] == [backup]
    assert plan.copies[0].last_day == datetime(2026, 12, 20, tzinfo=UTC).date()
    assert desk.changes_seen() == before


def test_a_number_in_somebody_elses_complaint_goes_and_a_mere_name_only_when_that_one_is_named(
    desk: Any, file: Path, person: list[str]
) -> None:
    by_number = desk.register(
        complaint(f"邻居{NAME}(13800138000)也买了", caller="赵六", phone="137 0013 7000")
    )
    by_name = desk.register(complaint(f"{NAME}是我同学", caller="钱七", phone="137 0013 7001"))
    plan = desk.plan_erasure(person[0])
    assert [(one.number, one.by_number) for one in plan.mentions] == [
        (by_number.number, True),
        (by_name.number, False),
    ]
    done = desk.erase_customer(person[0])
    assert desk.ticket(by_number.number).what == f"邻居{ERASED_MARK}({ERASED_MARK})也买了"
    assert desk.ticket(by_number.number).caller == "赵六"
    assert desk.ticket(by_name.number).what == f"{NAME}是我同学"
    assert [one.number for one in done.left_in] == [by_name.number]
    assert done.traces != ()
    assert desk.check() == []


def test_a_namesakes_own_complaints_are_no_mention_and_stay(desk: Any, person: list[str]) -> None:
    namesake = desk.register(complaint("别的事", caller=NAME, phone="137 0013 7000"))
    assert desk.plan_erasure(person[0]).mentions == ()
    desk.erase_customer(person[0])
    assert desk.ticket(namesake.number).caller == NAME


def test_a_mere_name_goes_where_the_complaint_is_named(desk: Any, file: Path, person: list[str]) -> None:
    by_name = desk.register(complaint(f"{NAME}是我同学", caller="钱七", phone="137 0013 7001"))
    done = desk.erase_customer(person[0], also=[by_name.number])
    assert desk.ticket(by_name.number).what == f"{ERASED_MARK}是我同学"
    assert (done.left_in, done.traces, spelt_in(file)) == ((), (), [])


def test_a_number_that_is_somebody_elses_too_stays_in_that_ones_complaints(
    desk: Any, person: list[str]
) -> None:
    husband = desk.register(complaint("我也要投诉", caller="李雷", phone=NUMBER))
    assert desk.plan_erasure(person[0]).shared_numbers == ("+8613800138000",)
    desk.erase_customer(person[0])
    assert desk.ticket(husband.number).phone == "+8613800138000"
    assert [one.name for one in desk.who_is(NUMBER)] == ["李雷"]
    assert desk.check() == []


def test_two_people_spoken_of_in_one_complaint_are_erased_one_after_the_other(
    desk: Any, file: Path, person: list[str]
) -> None:
    other = desk.register(complaint("一起买的", caller="慕容冰冰", phone="137 0013 7000"))
    desk.act(person[0], Act.NOTED, f"慕容冰冰(13700137000)陪{NAME}来店")
    desk.erase_customer(other.number)
    desk.erase_customer(person[0])
    assert desk.ticket(person[0]).history[-3].text == f"{ERASED_MARK}({ERASED_MARK})陪{ERASED_MARK}来店"
    assert spelt_in(file) == []
    assert "慕容冰冰".encode() not in bytes_of(file)
    assert desk.check() == []


def test_what_another_customers_card_says_of_the_person_goes_by_the_number(
    desk: Any, file: Path, person: list[str]
) -> None:
    other = desk.register(complaint(caller="李雷", phone="137 0013 7000"))
    desk.edit_customer(other.number, {"notes": f"{NAME}的丈夫,她的号码13800138000", "level": "A"})
    desk.erase_customer(person[0])
    card = desk.customer(other.number)
    assert (card.notes, card.level) == (f"{ERASED_MARK}的丈夫,她的号码{ERASED_MARK}", "A")
    assert spelt_in(file) == []
    assert desk.check() == []


def test_all_who_were_merged_are_erased_and_a_merge_taken_back_spares_the_other(
    desk: Any, person: list[str]
) -> None:
    friend = desk.register(complaint(caller="李雷", phone="137 0013 7000"))
    twin = desk.register(complaint(caller="欧阳小红", phone="137 0013 7001"))
    desk.merge_customers(friend.number, person[0])
    desk.undo_customer(friend.number)
    desk.merge_customers(person[0], twin.number)
    desk.erase_customer(person[0])
    assert desk.ticket(twin.number).caller is None
    assert desk.customer(friend.number).name == "李雷"
    assert desk.check() == []


def test_a_legal_hold_forbids_it_until_it_is_released(desk: Any, file: Path, person: list[str]) -> None:
    desk.hold_customer(person[0], "诉讼中")
    with pytest.raises(ActNotAllowed, match="诉讼中"):
        desk.erase_customer(person[0])
    assert NAME.encode() in bytes_of(file)
    desk.release_customer(person[0])
    assert desk.erase_customer(person[0]).texts > 0


def test_a_hold_on_one_of_two_merged_cards_holds_both(desk: Any, person: list[str]) -> None:
    other = desk.register(complaint(caller="李雷", phone="137 0013 7000"))
    desk.hold_customer(other.number, "诉讼中")
    desk.merge_customers(person[0], other.number)
    with pytest.raises(ActNotAllowed):
        desk.erase_customer(person[0])
    desk.release_customer(person[0])
    desk.erase_customer(person[0])
    assert desk.check() == []


def test_only_those_who_lead_may_erase(desk: Any, open_desk: Callable[..., Any], person: list[str]) -> None:
    desk.join("李强", Role.AGENT)
    agent = open_desk("李强")
    for verb in (agent.erase_customer, agent.plan_erasure, agent.release_customer):
        with pytest.raises(DeskError):
            verb(person[0])
    assert desk.ticket(person[0]).caller is not None


def test_an_erased_customer_is_erased_once_and_a_new_complaint_makes_a_new_card(
    desk: Any, person: list[str]
) -> None:
    desk.erase_customer(person[0])
    with pytest.raises(ActNotAllowed):
        desk.erase_customer(person[0])
    again = desk.register(complaint(caller=NAME, phone=NUMBER))
    assert again.customer_id != desk.ticket(person[0]).customer_id


def test_a_complaint_named_in_also_that_is_not_there_leaves_everything(
    desk: Any, file: Path, person: list[str]
) -> None:
    with pytest.raises(TicketNotFound):
        desk.erase_customer(person[0], also=["S01-261123-999"])
    assert NAME.encode() in bytes_of(file)


def test_an_older_copy_is_erased_again_from_the_list_of_ids(
    desk: Any, file: Path, person: list[str], tmp_path: Path, open_desk: Callable[..., Any]
) -> None:
    by_name = desk.register(complaint(f"{NAME}是我同学", caller="钱七", phone="137 0013 7001"))
    copy = tmp_path / "older" / "desk.db"
    copy.parent.mkdir()
    shutil.copyfile(desk.back_up_here(), copy)
    desk.erase_customer(person[0], also=[by_name.number])
    ids = erasing.noted_as_erased(file)
    assert set(ids) <= set(desk.erased_ids())
    assert NAME not in erasing.erased_list(file).read_text("ascii")
    older = open_desk(db=str(copy))
    assert NAME.encode() in bytes_of(copy)
    assert older.apply_erasures([*ids, "nonsense", "customer:unknown", ""]) == 1
    assert spelt_in(copy) == []
    assert older.ticket(by_name.number).caller == "钱七"
    assert older.apply_erasures(ids) == 0
    assert older.check() == []


def test_a_copy_from_before_customers_had_cards_is_erased_again_by_the_receipts(
    desk: Any, file: Path, person: list[str]
) -> None:
    ids = [f"receipt:{desk.ticket(person[1]).history[0].event_id}"]
    assert desk.apply_erasures(ids) == 1
    assert desk.ticket(person[0]).caller is None


def test_a_list_that_cannot_be_written_stops_the_erasing(desk: Any, file: Path, person: list[str]) -> None:
    erasing.erased_list(file).mkdir()
    with pytest.raises(StoreFault):
        desk.erase_customer(person[0])
    assert desk.ticket(person[0]).caller == "歐陽曉虹"
    assert desk.check() == []


def test_a_file_that_another_desk_reads_is_erased_now_and_written_anew_later(
    desk: Any, file: Path, person: list[str]
) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM ticket").fetchone()
    waits, scrubbing._LOCK_SECONDS = scrubbing._LOCK_SECONDS, 0.05
    try:
        done = desk.erase_customer(person[0])
    finally:
        scrubbing._LOCK_SECONDS = waits
    assert done.trouble is not None
    assert desk.ticket(person[0]).caller is None
    assert any("customer erase --finish" in sentence for sentence in desk.opening_words())
    other.close()
    desk.finish_erasure()
    assert spelt_in(file) == []
    assert desk.erasure_words() == ""


def test_rows_that_the_index_has_left_over_lose_the_person_too(
    desk: Any, file: Path, person: list[str]
) -> None:
    with desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE search_row SET digest = digest + 1")
    desk.act(person[0], Act.NOTED, "再次回电")
    desk.erase_customer(person[0])
    assert not {"欧阳", "晓虹", "ouyangxiaohong"} & terms_of(file)
    assert spelt_in(file) == []
    assert desk.check() == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM said",
        "DELETE FROM said WHERE event_id IN (SELECT id FROM event LIMIT 1)",
        "INSERT INTO erasure SELECT id, id FROM event WHERE act = 'received'",
        "UPDATE erasure SET erased_by = event_id",
        "DELETE FROM erasure",
        "INSERT OR REPLACE INTO erasure SELECT event_id, erased_by FROM erasure",
    ],
)
def test_the_guards_let_only_the_erasing_verb_take_words_away(
    desk: Any, file: Path, person: list[str], statement: str
) -> None:
    other = desk.register(complaint("别的事", caller="李雷", phone="137 0013 7000"))
    desk.erase_customer(person[0])
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA recursive_triggers=ON")
    with pytest.raises(sqlite3.IntegrityError, match="history only grows"):
        connection.execute(statement)
    connection.close()
    assert desk.ticket(other.number).what == "别的事"


def test_whom_nobody_heard_of_for_three_years_is_proposed_and_nobody_else(
    desk: Any, clock: FrozenClock
) -> None:
    silent = desk.register(complaint(caller="张晓虹", phone=NUMBER))
    held = desk.register(complaint(caller="李雷", phone="137 0013 7000"))
    still_open = desk.register(complaint(caller="王芳", phone="137 0013 7001"))
    for ticket in (silent, held):
        desk.act(ticket.number, Act.RESOLVED, "办结")
    desk.hold_customer(held.number, "诉讼中")
    clock.forward(days=3 * 365)
    assert desk.customers_due() == []
    clock.forward(seconds=1)
    late = desk.register(complaint(caller="赵六", phone="137 0013 7002"))
    assert [one.name for one in desk.customers_due()] == ["张晓虹"]
    assert desk.customers_due()[0].last_at == silent.received_at
    assert still_open.number != late.number
    desk.erase_customer(silent.number)
    assert desk.customers_due() == []


def test_the_retention_period_is_a_setting(open_desk: Callable[..., Any], clock: FrozenClock) -> None:
    desk = open_desk(retention_days=365)
    ticket = desk.register(complaint(caller="张晓虹", phone=NUMBER))
    desk.act(ticket.number, Act.RESOLVED, "办结")
    clock.now += timedelta(days=366)
    assert len(desk.customers_due()) == 1


def test_the_file_is_written_anew_later_where_that_is_asked_and_the_desk_reminds_of_it(
    desk: Any, file: Path, person: list[str]
) -> None:
    steps: list[ErasureStep] = []
    done = desk.erase_customer(person[0], later=True, told=lambda step, seconds: steps.append(step))
    assert desk.ticket(person[0]).caller is None
    assert "customer erase --finish" in (done.trouble or "")
    assert steps == []
    assert any("customer erase --finish" in words for words in desk.opening_words())
    desk.finish_erasure(lambda step, seconds: steps.append(step))
    assert list(dict.fromkeys(steps)) == [ErasureStep.MERGING, ErasureStep.WRITING_ANEW]
    assert spelt_in(file) == []
    assert not any("customer erase --finish" in words for words in desk.opening_words())
