"""The place a request is about: one's own jurisdiction, or the one chosen with the switch."""

from __future__ import annotations

from django.http import HttpRequest

from core.errors import AccessDenied
from departments.models import Jurisdiction, User
from departments.queries import Place, role_place

SESSION_KEY = "place"
SAY_NO_POST = "您的账号还没有分配单位和角色，请与本级食安办联系。"
SAY_NO_PLACES = "还没有行政区。请先在“后台”里新建本级行政区，再建单位和用户。"


def signed_in(request: HttpRequest) -> User:
    """The person behind the request; only for pages that ask for a log-in."""
    if not isinstance(request.user, User):
        raise AccessDenied("请先登录。")
    return request.user


def place_of(request: HttpRequest) -> Place | None:
    """Where the person works in this session; asked of the database once a request."""
    known: Place | None = getattr(request, "known_place", None)
    if known is None:
        known = role_place(signed_in(request), request.session.get(SESSION_KEY))
        request.known_place = known  # type: ignore[attr-defined]
    return known


def required_place(request: HttpRequest) -> Jurisdiction:
    """The place's jurisdiction; raises `AccessDenied` for a person without any role."""
    place = place_of(request)
    if place is None:
        raise AccessDenied(SAY_NO_PLACES if signed_in(request).is_staff else SAY_NO_POST)
    return place.jurisdiction


def choose_place(request: HttpRequest, jurisdiction: Jurisdiction) -> None:
    """Keep the choice for this session; the caller has checked that the person may see it."""
    request.session[SESSION_KEY] = jurisdiction.pk
    request.known_place = None  # type: ignore[attr-defined]
