"""The one database: PostgreSQL 15 or newer, through Flask-SQLAlchemy with typed models."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import BigInteger, DateTime, Identity, MetaData, String, bindparam, event, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, SessionTransaction, mapped_column

T = TypeVar("T")
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BigIntPK = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
BigInt = Annotated[int, mapped_column(BigInteger)]
Instant = Annotated[datetime, mapped_column(DateTime(timezone=True))]
CreatedAt = Annotated[
    datetime, mapped_column(DateTime(timezone=True), server_default=func.clock_timestamp())
]


class State(String):
    """A state's name, which stands in a statement's text where it is compared, not in a parameter.

    PostgreSQL prepares statements for any value of their parameters, and such a plan cannot use an
    index of the rows of one state: it reads the whole table to find what is due.
    """

    class Comparator(String.Comparator[str]):
        """Whatever else it is compared with stays a parameter."""

        def operate(self, op: Any, *other: Any, **more: Any) -> Any:
            """As SQLAlchemy does."""
            return super().operate(op, *map(_in_the_text, other), **more)

    comparator_factory = Comparator


def _in_the_text(value: Any) -> Any:
    if _is_name(value):
        return bindparam(None, value, String(), literal_execute=True, unique=True)
    if isinstance(value, list | tuple | set | frozenset) and all(map(_is_name, value)):
        return bindparam(
            None, sorted(value), String(), expanding=True, literal_execute=True, unique=True
        )
    return value


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.isidentifier()


StateName = Annotated[str, mapped_column(State())]
Json = Annotated[dict[str, Any], mapped_column(JSONB)]
JsonList = Annotated[list[Any], mapped_column(JSONB)]


class Base(DeclarativeBase):
    """Every table of the application (the receivers have their own bases)."""

    metadata = MetaData(naming_convention=NAMING)


class KeepingSession(Session):
    """A session that holds what it has read until its transaction ends.

    SQLAlchemy's own holds a row only while somebody else does, so that the next station of the same
    transaction reads it again: a third of all statements that applying a verdict took.
    """


@event.listens_for(KeepingSession, "loaded_as_persistent")
@event.listens_for(KeepingSession, "pending_to_persistent")
def _keep(session: Session, row: Base) -> None:
    session.info.setdefault("kept", []).append(row)


@event.listens_for(KeepingSession, "after_transaction_end")
def _let_go(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("kept", None)
        session.info.pop("known", None)


db = SQLAlchemy(model_class=Base, session_options={"class_": KeepingSession})


def once(key: tuple[str, *tuple[int, ...]], read: Callable[[], T]) -> T:
    """What *read* answers, asked once a transaction: for what every station asks about one person.

    Not for anything that a transaction asks, changes and asks again.
    """
    known: dict[Any, T] = db.session.info.setdefault("known", {})
    if key not in known:
        known[key] = read()
    return known[key]
