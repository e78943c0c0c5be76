"""The list of users: its columns, and the check of each cell against the jurisdiction's units and users."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core.errors import BadInput
from departments.actions.people import PERSON_NAME_LENGTH, checked_phone, checked_username, say_username_taken
from departments.lists.checking import CheckedList
from departments.lists.sheets import Column, Row, Table
from departments.models import Department, DepartmentAlias, Jurisdiction, User
from departments.names import checked_name, split_names
from departments.posts import ROLES_OF_PLACES, Post, Role

COLUMNS = (
    Column("name", "姓名", ("联络员", "负责人"), required=True, example="陈静"),
    Column("username", "用户名", ("账号", "登录名"), required=True, example="chenjing"),
    Column("phone", "手机", ("手机号", "手机号码", "联系电话", "电话"), example="13900000000"),
    Column("email", "邮箱", ("电子邮箱", "邮件"), example="chenjing@example.cn"),
    Column("role", "角色", ("任职", "身份"), required=True, example="联络员"),
    Column("units", "单位", ("单位名称", "所在单位", "成员单位"), many=True, example="区教体局"),
)
ROLE_WORDS = {
    "联络员": Role.REPORTER,
    "单位联络员": Role.REPORTER,
    "负责人": Role.APPROVER,
    "单位负责人": Role.APPROVER,
    "食安办": Role.OFFICE,
    "食安办工作人员": Role.OFFICE,
    "领导": Role.LEADER,
}


@dataclass(slots=True)
class PersonEntry:
    """One account to make; several rows with the same user name are one person with several posts."""

    name: str
    username: str
    phone: str
    email: str
    posts: list[Post]


def check_people(table: Table, jurisdiction: Jurisdiction, made: Callable[[User], bool]) -> CheckedList[PersonEntry]:
    """`made` says of a user whether an earlier sending of this same list made the account: then it is no clash."""
    return _Check(table, jurisdiction, made).run()


class _Check:
    def __init__(self, table: Table, jurisdiction: Jurisdiction, made: Callable[[User], bool]) -> None:
        self.found: CheckedList[PersonEntry] = CheckedList(table)
        self.jurisdiction, self.made = jurisdiction, made
        self.units: dict[str, Department] = {}
        for alias in DepartmentAlias.objects.filter(jurisdiction=jurisdiction).select_related("department"):
            self.units[alias.name] = alias.department
        for unit in Department.objects.filter(jurisdiction=jurisdiction):
            self.units[unit.name] = unit
        self.accounts = {user.username.lower(): user for user in User.objects.all()}
        self.entries: dict[str, PersonEntry] = {}

    def run(self) -> CheckedList[PersonEntry]:
        for row in self.found.table.rows:
            entry = self._entry(row)
            same = self.entries.get(entry.username.lower()) if entry.username else None
            self.found.outcome[row.number] = "并入上面同一人" if same else "新建"
            if same is None:
                self.entries[entry.username.lower()] = entry
                self.found.entries.append(entry)
            elif same.name == entry.name:
                same.posts += [post for post in entry.posts if post not in same.posts]
            else:
                self.found.wrong(row, "username", f"用户名“{entry.username}”前面已是{same.name}的，请换一个。")
        self.found.limit_accounts(len(self.found.entries))
        return self.found

    def _entry(self, row: Row) -> PersonEntry:
        attempt = self.found.attempt
        return PersonEntry(
            name=attempt(row, "name", partial(checked_name, row["name"], "姓名", limit=PERSON_NAME_LENGTH), ""),
            username=attempt(row, "username", partial(self._username, row), ""),
            phone=attempt(row, "phone", partial(checked_phone, row["phone"]), ""),
            email=attempt(row, "email", partial(_email, row), ""),
            posts=self._posts(row),
        )

    def _username(self, row: Row) -> str:
        username = checked_username(row["username"])
        account = self.accounts.get(username.lower())
        if account and not self.made(account):
            raise BadInput(say_username_taken(account, self.jurisdiction))
        return username

    def _posts(self, row: Row) -> list[Post]:
        role = self.found.attempt(row, "role", partial(_role, row), None)
        if role is None:
            return []
        return self.found.attempt(row, "units", partial(self._units, row, role), [])

    def _units(self, row: Row, role: Role) -> list[Post]:
        names = split_names(row["units"])
        if role in ROLES_OF_PLACES:
            return [Post(role)]
        if not names:
            raise BadInput(f"“{role.label}”要填所在的单位。")
        unknown = [name for name in names if name not in self.units]
        if unknown:
            raise BadInput(f"单位名录里没有“{'、'.join(unknown)}”。请改成名录里的名称或别名，或先新增单位。")
        return [Post(role, self.units[name]) for name in names]


def _role(row: Row) -> Role:
    if row["role"] not in ROLE_WORDS:
        raise BadInput(f"角色“{row['role']}”认不出，请填联络员、负责人、食安办或领导。")
    return ROLE_WORDS[row["role"]]


def _email(row: Row) -> str:
    try:
        if row["email"]:
            validate_email(row["email"])
    except ValidationError:
        raise BadInput(f"邮箱“{row['email']}”应为“chen@example.cn”这样的写法。") from None
    return row["email"]
