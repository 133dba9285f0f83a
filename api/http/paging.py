"""Lists in pages."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

T = TypeVar("T")

Before = Annotated[str | None, Query(max_length=100, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most")]


class Page(BaseModel, Generic[T]):
    """A part of a list."""

    items: list[T]
    next: str | None = Field(description="For `before` of the next page; null at the end")


def page_of(items: Sequence[T], limit: int, key: Callable[[T], str]) -> Page[T]:
    """A page, with where the next one begins."""
    return Page(items=list(items), next=key(items[-1]) if len(items) == limit else None)
