"""The frame around every page: entries by role, the office's name, the person. A context processor.

Templates of the ground may not name routes of upper packages, so the entries reach them as data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from core import clock
from dashboards.posts import foremost_post, in_office
from departments.models import Membership, User
from departments.queries import person_label, place_of_membership


@dataclass(frozen=True, slots=True)
class Entry:
    """A main entry. `current` says that the page shown belongs to it."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What base.html shows around a page. Without a person only wordmark and banner stand."""

    demo_date: date | None
    now: datetime
    home_url: str
    person: User | None = None
    place: str = ""
    office_name: str = ""
    entries: tuple[Entry, ...] = ()
    admin_url: str = ""
    account_url: str = ""
    log_out_url: str = ""


def frame(request: HttpRequest) -> dict[str, object]:
    """Built at the first look only, so that fragments cost no query."""
    return {"frame": SimpleLazyObject(lambda: build_frame(request))}


def build_frame(request: HttpRequest) -> Frame:
    now = clock.now()
    demo_date = now.date() if settings.DEMO else None
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_authenticated:
        return Frame(demo_date=demo_date, now=now, home_url=address("dashboards:home"))
    post = foremost_post(user)
    return Frame(
        demo_date=demo_date,
        now=now,
        home_url=address("dashboards:home"),
        person=user,
        place=person_label(user),
        office_name=place_of_membership(post).office_name if post else "",
        entries=tuple(entries_of(request, post, staff=user.is_staff)),
        admin_url=address("admin:index") if user.is_staff else "",
        account_url=address("departments:change_password"),
        log_out_url=address("departments:log_out"),
    )


def entries_of(request: HttpRequest, post: Membership | None, *, staff: bool) -> Iterator[Entry]:
    """The main entries, at most five; an entry whose route does not exist is left out."""
    office = in_office(post)
    own = post.department if post else None
    wanted: list[tuple[str, str, tuple[str, ...]]] = [
        ("工作台" if office else "首页", address("dashboards:home"), ("dashboards:home",)),
        ("台账", address("dashboards:ledger"), ("dashboards:plan_ledger", "dashboards:plans", "dashboards:measure")),
    ]
    if own:
        wanted.append(("本单位", address("dashboards:department", own.pk), ()))
    if office:
        wanted.append(("导入", address("intake:imports"), ()))
    if office or (staff and not post):
        wanted.append(("单位", address("departments:departments"), ("dashboards:department",)))
        wanted.append(("用户", address("departments:users"), ()))
    for label, url, views in wanted:
        if url:
            yield Entry(label, url, is_current(request, url, views))


def is_current(request: HttpRequest, url: str, views: tuple[str, ...]) -> bool:
    """The page lies at the entry's address or below it, or is one of `views`."""
    match = request.resolver_match
    if match and match.view_name in views:
        return True
    return request.path == url or (url.count("/") > 1 and request.path.startswith(url))


def address(name: str, *args: int) -> str:
    """The route's address, empty where the deployment has no such route."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
