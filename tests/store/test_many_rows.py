"""Many rows added at once are the rows that one at a time would be."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from complaint_desk.models.tables import CustomerRow, table_of
from complaint_desk.store.engine import open_store
from complaint_desk.store.many_rows import add_rows

CUSTOMER = table_of(CustomerRow)
AT = datetime(2026, 11, 22, 6, 30, 0, 250_000, UTC)


def card(row: int, at: datetime | None) -> dict[str, object]:
    return {
        **{"row_id": row, "id": f"c{row}", "card_id": f"c{row}", "name": "王芳", "names": '["王芳"]'},
        **{"held": row % 2 == 0, "last_at": at},
    }


def test_rows_added_at_once_are_the_rows_added_one_by_one(tmp_path: Path) -> None:
    store = open_store(tmp_path / "desk.db")
    with store.writing() as connection:
        add_rows(connection, CUSTOMER, [card(1, AT), card(2, None)])
        connection.execute(insert(CUSTOMER), [card(3, AT), card(4, None)])
    with store.reading() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM customer ORDER BY row_id").mappings().all()
        read = connection.execute(select(CUSTOMER.c.last_at).order_by(CUSTOMER.c.row_id)).scalars().all()
    unlike = {"row_id", "id", "card_id"}
    for one, other in ((0, 2), (1, 3)):
        assert {k: v for k, v in kept[one].items() if k not in unlike} == {
            k: v for k, v in kept[other].items() if k not in unlike
        }
    assert read[0] == read[2]
    store.close()


def test_no_rows_are_added_where_there_are_none(tmp_path: Path) -> None:
    store = open_store(tmp_path / "desk.db")
    with store.writing() as connection:
        add_rows(connection, CUSTOMER, [])
        assert connection.exec_driver_sql("SELECT count(*) FROM customer").scalar_one() == 0
    store.close()
