"""The frame around every page: entries by role, the office's name, the person. A context processor.

Templates of the ground may not name routes of upper packages, so the entries reach them as data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from core import clock
from dashboards.posts import foremost_post, in_lead, in_office
from departments.models import Membership, User
from departments.places import place_of

# Pages that belong to an entry without lying below its address.
LEDGER_PAGES = ("dashboards:plan_ledger", "dashboards:plans", "dashboards:measure", "tasks:issue", "intake:")
INDICATOR_PAGES = (
    "dashboards:plan_indicators",
    "dashboards:indicator",
    "dashboards:standing_rules",
    "indicators:baselines",
    "indicators:switch_base",
)
UNIT_PAGES = (
    "dashboards:department",
    "departments:groups",
    "departments:add_group",
    "departments:change_group",
    "departments:population",
    "departments:add_population",
    "departments:change_population",
    "departments:office_settings",
)
# The office reaches its users by a tab of the units.
USER_PAGES = (
    "departments:users",
    "departments:user",
    "departments:add_user",
    "departments:change_user",
    "departments:import_users",
    "departments:hand_over",
)
ROUND_PAGES = (
    "reporting:closures",
    "reporting:closure",
    "reporting:correct_reading",
    "reporting:periods",
    "reporting:add_period",
    "reporting:shift_period",
    "reporting:cancel_period",
    "reporting:restore_period",
)
FORM_PAGES = ("reporting:ask_closure", "reporting:ask_extension")


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
    search_url: str = ""


def frame(request: HttpRequest) -> dict[str, object]:
    """Built at the first look only, so that fragments cost no query."""
    return {"frame": SimpleLazyObject(lambda: build_frame(request))}


def build_frame(request: HttpRequest) -> Frame:
    now = clock.now()
    demo_date = now.date() if settings.DEMO else None
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_authenticated:
        return Frame(demo_date=demo_date, now=now, home_url=reverse("dashboards:home"))
    post, place = foremost_post(user), place_of(request)
    return Frame(
        demo_date=demo_date,
        now=now,
        home_url=reverse("dashboards:home"),
        person=user,
        place=place.label if place else "",
        office_name=place.office_name if place else "",
        entries=tuple(entries_of(request, post, staff=user.is_staff)),
        admin_url=reverse("admin:index") if user.is_staff else "",
        account_url=reverse("departments:profile"),
        log_out_url=reverse("departments:log_out"),
        search_url=reverse("dashboards:search"),
    )


def entries_of(request: HttpRequest, post: Membership | None, *, staff: bool) -> Iterator[Entry]:
    """The main entries, at most five."""
    office, own = in_office(post), post.department if post else None
    sets_up = office or (staff and post is None)
    unit_pages = UNIT_PAGES + USER_PAGES if office else UNIT_PAGES
    wanted = [
        ("工作台" if office else "首页", reverse("dashboards:home"), ()),
        ("台账", reverse("dashboards:ledger"), LEDGER_PAGES),
        ("报送", reverse("reporting:current_round") if office or in_lead(post) else "", ROUND_PAGES),
        ("填报", reverse("reporting:mine") if own else "", FORM_PAGES),
        ("本单位", reverse("dashboards:department", args=[own.pk]) if own else "", ()),
        ("指标", reverse("dashboards:indicators"), INDICATOR_PAGES),
        ("单位", reverse("departments:units") if sets_up or in_lead(post) else "", unit_pages),
        ("用户", reverse("departments:users") if sets_up and not office else "", ()),
    ]
    for label, url, pages in wanted:
        if url:
            yield Entry(label, url, is_current(request, url, pages))


def is_current(request: HttpRequest, url: str, pages: tuple[str, ...]) -> bool:
    """The page lies at the entry's address or below it, or is one of `pages` (a whole package ends in a colon)."""
    match = request.resolver_match
    if match and (match.view_name in pages or f"{match.namespace}:" in pages):
        return True
    return request.path.startswith(url) if url != reverse("dashboards:home") else request.path == url
