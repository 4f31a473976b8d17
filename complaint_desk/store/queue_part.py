"""One stretch of the queue, or two joined, and the ways of reading along it."""

from collections.abc import Mapping, Sequence
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, literal_column, or_, select, tuple_

from complaint_desk.models.ticket import QueueKey, QueueRow
from complaint_desk.store.queue_rows import ROWS, lines, ticket


class Part:
    """One stretch of the queue, and the ways of reading along it."""

    def __init__(
        self,
        ranks: Sequence[int],
        belongs: ColumnElement[bool],
        place: Mapping[str, ColumnElement[Any]],
    ) -> None:
        """`ranks` are those its lines' keys have; `place` gives the columns of a key along which it is ordered."""
        self.ranks = ranks
        self.belongs = belongs
        """What makes a ticket one of its lines."""
        columns = tuple(place.values())
        here = tuple_(*(bindparam(f"at_{name}", type_=column.type) for name, column in place.items()))
        self._names = tuple(place)
        self.count: Select[int] = select(func.count()).select_from(ticket).where(belongs)
        """How many lines it has."""
        rows = ROWS.where(belongs)
        self.down = rows.order_by(*columns).limit(bindparam("count"))
        """Its first lines; more may be asked of them."""
        self._up = rows.order_by(*(column.desc() for column in columns)).limit(bindparam("count"))
        self._down_from = self.down.where(tuple_(*columns) > here)
        self._up_from = self._up.where(tuple_(*columns) < here)
        self._above = self.count.where(tuple_(*columns) < here)
        rank = literal_column(str(ranks[0])) if len(ranks) == 1 else ticket.c.queue_rank
        self._at = select(rank, place["next_due_at"], ticket.c.id).where(belongs).order_by(*columns).limit(1)

    def after(
        self, connection: Connection, values: dict[str, Any], count: int, key: QueueKey | None
    ) -> tuple[QueueRow, ...]:
        """So many lines below this place, or from the top of the part."""
        asked = self.down if key is None else self._down_from
        found = connection.execute(asked, {**values, "count": count, **self._key(key)})
        return lines(found, values["now"])

    def before(
        self, connection: Connection, values: dict[str, Any], count: int, key: QueueKey | None
    ) -> tuple[QueueRow, ...]:
        """So many lines above this place, or at the end of the part, in order."""
        asked = self._up if key is None else self._up_from
        found = connection.execute(asked, {**values, "count": count, **self._key(key)})
        return lines(found, values["now"])[::-1]

    def above(self, connection: Connection, values: dict[str, Any], key: QueueKey) -> int:
        """How many lines of the part stand above this place."""
        return connection.execute(self._above, {**values, **self._key(key)}).scalar_one()

    def length(self, connection: Connection, values: dict[str, Any]) -> int:
        """How many lines the part has."""
        return connection.execute(self.count, values).scalar_one()

    def at(self, connection: Connection, values: dict[str, Any], lines_above: int) -> Sequence[Any] | None:
        """The place in the part that has so many of its lines above it: rank, due time, id."""
        return connection.execute(self._at.offset(lines_above), values).one_or_none()

    def _key(self, key: QueueKey | None) -> dict[str, Any]:
        if key is None:
            return {}
        values = {"queue_rank": key.rank, "next_due_at": key.next_due_at, "id": key.ticket_id}
        return {f"at_{name}": values[name] for name in self._names}


class JoinedPart(Part):
    """Two stretches that share no ticket, read as one: one that follows an index, and one of few tickets.

    Each is read by itself and the lines are put together, so that a page costs the same however long it is.
    """

    def __init__(
        self,
        ranks: Sequence[int],
        many: ColumnElement[bool],
        few: ColumnElement[bool],
        place: Mapping[str, ColumnElement[Any]],
    ) -> None:
        """`many` follows an index; `few` fits so few tickets that they can be put in order each time."""
        super().__init__(ranks, or_(many, few), place)
        self._many, self._few = self._both = Part(ranks, many, place), Part(ranks, few, place)

    def after(
        self, connection: Connection, values: dict[str, Any], count: int, key: QueueKey | None
    ) -> tuple[QueueRow, ...]:
        """So many lines below this place, or from the top of the part."""
        many, few = (part.after(connection, values, count, key) for part in self._both)
        return tuple(islice(merge(many, few, key=_place), count)) if few else many

    def before(
        self, connection: Connection, values: dict[str, Any], count: int, key: QueueKey | None
    ) -> tuple[QueueRow, ...]:
        """So many lines above this place, or at the end of the part, in order."""
        many, few = (part.before(connection, values, count, key) for part in self._both)
        return tuple(merge(many, few, key=_place))[-count:] if few else many

    def above(self, connection: Connection, values: dict[str, Any], key: QueueKey) -> int:
        """How many lines of the part stand above this place."""
        return sum(part.above(connection, values, key) for part in self._both)

    def length(self, connection: Connection, values: dict[str, Any]) -> int:
        """How many lines the part has."""
        return sum(part.length(connection, values) for part in self._both)

    def at(self, connection: Connection, values: dict[str, Any], lines_above: int) -> Sequence[Any] | None:
        """The place in the part that has so many of its lines above it: rank, due time, id."""
        few = self._few.after(connection, values, self._few.length(connection, values), None)
        for passed, row in enumerate(few):
            stands_at = passed + self._many.above(connection, values, row.key)
            if stands_at == lines_above:
                return row.key
            if stands_at > lines_above:
                return self._many.at(connection, values, lines_above - passed)
        return self._many.at(connection, values, lines_above - len(few))


def _place(row: QueueRow) -> QueueKey:
    return row.key
