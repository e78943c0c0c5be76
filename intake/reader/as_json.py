"""A reading as JSON and back: dates as ISO strings, decimals as strings, spans as pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from intake.reader import model
from intake.reader.model import Reading, Span


def to_json(reading: Reading) -> dict[str, object]:
    """The reading with the model's field names as keys; all values are what `json.dumps` takes."""
    return {field.name: _plain(getattr(reading, field.name)) for field in fields(reading)}


def from_json(data: Mapping[str, object]) -> Reading:
    """The reading that `to_json` wrote. Raises KeyError, TypeError or ValueError for any other form."""
    return cast(Reading, _built(Reading, data))


def _plain(value: object) -> object:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _built(kind: Any, value: Any) -> object:
    """A value of the type that the model states for it."""
    if get_origin(kind) is UnionType:
        kinds = [option for option in get_args(kind) if option is not NoneType]
        return None if value is None else _built(kinds[0], value)
    if get_origin(kind) is tuple:
        return tuple(_built(get_args(kind)[0], entry) for entry in value)
    if kind is Span:
        return Span(*value)
    if kind is date:
        return date.fromisoformat(value)
    if hasattr(kind, "__dataclass_fields__"):
        hints = get_type_hints(kind, vars(model))
        return kind(**{name: _built(hint, value[name]) for name, hint in hints.items()})
    return kind(value)
