"""Lists as Excel files: template, upload with preview, confirmation, export, initial passwords."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.errors import WrongState
from departments.actions.import_lists import import_people, import_units, made_by
from departments.actions.people import NewAccount
from departments.forms.filters import PeopleFilter, UnitFilter
from departments.forms.lists import ALTERED, UploadForm, pack, pack_list, unpack, unpack_list
from departments.lists import people as people_list
from departments.lists import units as units_list
from departments.lists.checking import CheckedList, ListRefused
from departments.lists.sheets import Cell, Column, Row, Table, read_table, write_book
from departments.models import Jurisdiction, Membership, User
from departments.passwords import new_key
from departments.places import required_place, signed_in
from departments.policies import may_manage, may_view_people, may_view_units
from departments.queries import people_of, units_of

ROWS_SHOWN, PROBLEMS_SHOWN = 300, 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as it will be written: (head, text) of its cells, and what becomes of it."""

    number: int
    cells: list[tuple[str, str]]
    outcome: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class ListKind:
    """What differs between the two lists. `back` is the page of the list itself."""

    purpose: str
    title: str
    unit: str
    back: str
    upload: str
    confirm: str
    template: str
    columns: Sequence[Column]
    check: Callable[[Table, Jurisdiction, User, str], CheckedList[Any]]
    write: Callable[..., list[NewAccount]]


UNITS = ListKind(
    "unit_list",
    "导入单位",
    "家单位",
    "departments:units",
    "departments:import_units",
    "departments:confirm_units",
    "departments:units_template",
    units_list.COLUMNS,
    lambda table, place, user, key: units_list.check_units(table, place),
    import_units,
)
PEOPLE = ListKind(
    "people_list",
    "导入用户",
    "位用户",
    "departments:users",
    "departments:import_users",
    "departments:confirm_users",
    "departments:users_template",
    people_list.COLUMNS,
    lambda table, place, user, key: people_list.check_people(table, place, made_by(user, key)),
    import_people,
)


def upload_list(request: HttpRequest, kind: ListKind) -> HttpResponse:
    """The file is read and checked; what would happen is shown, nothing is written."""
    user, place = signed_in(request), required_place(request)
    may_manage(user, place).or_raise()
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    table = form.carry_out(lambda: read_table(form.cleaned_data["file"], kind.columns))
    if table is None:
        context = {"form": form, "kind": kind, "place": place}
        return render(request, "departments/upload_list.html", context, status=form.status)
    key = new_key()
    checked = kind.check(table, place, user, key)
    return _preview(request, kind, checked, key, status=400 if checked.problems else 200)


@never_cache
def confirm_list(request: HttpRequest, kind: ListKind) -> HttpResponse:
    """The list shown is written as a whole, or shown again with what has come to stand in its way."""
    user, place = signed_in(request), required_place(request)
    may_manage(user, place).or_raise()
    shown = unpack_list(request.POST, purpose=kind.purpose, user=user, place=place)
    if shown is None:
        raise WrongState(ALTERED)
    table, key = shown
    try:
        accounts = kind.write(place, actor=user, table=table, key=key)
    except ListRefused as refusal:
        return _preview(request, kind, refusal.checked, key, status=409)
    if not accounts:
        messages.success(request, f"名单已导入，共{len(table.rows)}行。")
        return redirect(kind.back)
    return _show_list_passwords(request, accounts, place, f"名单已导入，新建了{len(accounts)}个账号")


def _preview(request: HttpRequest, kind: ListKind, checked: CheckedList[Any], key: str, *, status: int) -> HttpResponse:
    user, place = signed_in(request), required_place(request)
    context = {
        "kind": kind,
        "place": place,
        "checked": checked,
        "heads": [column.head for column in kind.columns if column.key in checked.table.letters],
        "missing": [column.head for column in kind.columns if column.key not in checked.table.letters],
        "rows": [_preview_row(row, kind, checked) for row in checked.table.rows[:ROWS_SHOWN]],
        "problems": checked.in_order()[:PROBLEMS_SHOWN],
        "packed": pack_list(checked.table, key, purpose=kind.purpose, user=user, place=place),
    }
    return render(request, "departments/check_list.html", context, status=status)


def _preview_row(row: Row, kind: ListKind, checked: CheckedList[Any]) -> PreviewRow:
    shown = [(column.head, row[column.key]) for column in kind.columns if column.key in checked.table.letters]
    wrong = any(problem.row == row.number for problem in checked.problems)
    return PreviewRow(row.number, shown, checked.outcome.get(row.number, ""), wrong)


def _show_list_passwords(
    request: HttpRequest, accounts: Sequence[NewAccount], place: Jurisdiction, title: str
) -> HttpResponse:
    rows = [[account.person.name, account.person.username, account.password] for account in accounts]
    packed = pack(rows, purpose="passwords", user=signed_in(request), place=place)
    context = {"accounts": accounts, "place": place, "title": title, "list": packed}
    return render(request, "departments/passwords.html", context)


@require_POST
@never_cache
def download_passwords(request: HttpRequest) -> HttpResponse:
    """The initial passwords just shown, as a file to cut into slips; they are kept nowhere else."""
    user, place = signed_in(request), required_place(request)
    may_manage(user, place).or_raise()
    rows = unpack(request.POST.get("list", ""), purpose="passwords", user=user, place=place)
    if rows is None:
        raise WrongState("初始密码的名单已过期，不能再下载。需要的请逐人重置密码。")
    return book_response("初始密码", ["姓名", "用户名", "初始密码"], rows)


@require_safe
def list_template(request: HttpRequest, kind: ListKind) -> HttpResponse:
    """The heads and one example row."""
    may_manage(signed_in(request), required_place(request)).or_raise()
    heads = [column.head for column in kind.columns]
    return book_response(f"{kind.title}模板", heads, [[column.example for column in kind.columns]])


@require_safe
def export_units(request: HttpRequest) -> HttpResponse:
    """Exactly the units that the list shows, under the heads of the template."""
    user, place = signed_in(request), required_place(request)
    may_view_units(user, place).or_raise()
    units = UnitFilter(request.GET, jurisdiction=place).narrow(units_of(place))
    rows = (
        [
            unit.name,
            unit.short_name,
            "、".join(map(str, unit.aliases.all())),
            "、".join(map(str, unit.groups.all())),
            "在用" if unit.active else "已停用",
        ]
        for unit in units
    )
    return book_response(f"{place.name}单位", ["单位名称", "简称", "别名", "集合单位", "状态"], rows)


@require_safe
def export_users(request: HttpRequest) -> HttpResponse:
    """Exactly the users that the list shows, a row a post."""
    user, place = signed_in(request), required_place(request)
    may_view_people(user, place).or_raise()
    people = PeopleFilter(request.GET, jurisdiction=place).narrow(people_of(place))
    rows = (row for person in people for row in _rows_of(person))
    return book_response(f"{place.name}用户", ["姓名", "用户名", "手机", "邮箱", "角色", "单位", "状态"], rows)


def _rows_of(person: User) -> Iterable[Sequence[Cell]]:
    state = "在用" if person.is_active else "已停用"
    posts: list[Membership] = getattr(person, "roles_here", [])
    held = [(post.get_role_display(), post.department.name if post.department else "") for post in posts]
    for role, unit in held or [("", "")]:
        yield [person.name, person.username, person.phone, person.email, role, unit, state]


def book_response(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """A file to download, named in Chinese."""
    disposition = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    return HttpResponse(write_book(title, heads, rows), content_type=XLSX, headers={"Content-Disposition": disposition})


upload_units = partial(upload_list, kind=UNITS)
upload_users = partial(upload_list, kind=PEOPLE)
confirm_units = require_POST(partial(confirm_list, kind=UNITS))
confirm_users = require_POST(partial(confirm_list, kind=PEOPLE))
units_template = partial(list_template, kind=UNITS)
users_template = partial(list_template, kind=PEOPLE)
