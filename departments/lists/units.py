"""The list of units: its columns, and the check of each cell against the jurisdiction's names and users."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from core.errors import BadInput
from departments.actions.people import PERSON_NAME_LENGTH, checked_phone, checked_username, say_username_taken
from departments.lists.checking import CheckedList
from departments.lists.sheets import Column, Row, Table
from departments.models import Department, DepartmentAlias, DepartmentGroup, Jurisdiction, User
from departments.names import SHORT_NAME_LENGTH, checked_name, say_taken, split_names, taken_names

COLUMNS = (
    Column("name", "单位名称", ("单位", "成员单位", "部门", "部门名称", "名称"), required=True, example="区教体局"),
    Column("short_name", "简称", ("单位简称",), example="教体局"),
    Column("aliases", "别名", ("其他名称", "曾用名"), many=True, example="区教育体育局、区教育局"),
    Column("groups", "集合单位", ("所属集合单位", "分组"), many=True, example="各成员单位"),
    Column("reporter", "联络员", ("姓名", "联络员姓名", "联系人"), example="陈静"),
    Column("phone", "手机", ("手机号", "手机号码", "联系电话", "电话"), example="13900000000"),
    Column("username", "用户名", ("账号", "登录名"), example="chenjing"),
)


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """One unit to add, or to complete where it is `known`; with its reporter's account if one is named."""

    name: str
    known: bool
    short_name: str
    aliases: tuple[str, ...]
    groups: tuple[str, ...]
    reporter: str
    phone: str
    username: str


def check_units(table: Table, jurisdiction: Jurisdiction) -> CheckedList[UnitEntry]:
    """A unit already there is completed, a reporter already known gets the unit in addition: neither is a problem."""
    return _Check(table, jurisdiction).run()


class _Check:
    """Names seen so far in the file stand beside those of the jurisdiction, so a file cannot contradict itself."""

    def __init__(self, table: Table, jurisdiction: Jurisdiction) -> None:
        self.found: CheckedList[UnitEntry] = CheckedList(table)
        self.jurisdiction = jurisdiction
        self.taken = taken_names(jurisdiction)
        self.known = set(Department.objects.filter(jurisdiction=jurisdiction).values_list("name", flat=True))
        aliases = DepartmentAlias.objects.filter(jurisdiction=jurisdiction)
        self.alias_of = dict(aliases.values_list("name", "department__name"))
        self.groups = set(DepartmentGroup.objects.filter(jurisdiction=jurisdiction).values_list("name", flat=True))
        self.accounts = {user.username.lower(): user for user in User.objects.prefetch_related("memberships")}
        self.rows_of: dict[str, int] = {}
        self.reporters: dict[str, str] = {}

    def run(self) -> CheckedList[UnitEntry]:
        for row in self.found.table.rows:
            entry = self._entry(row)
            self.found.entries.append(entry)
            self.found.outcome[row.number] = "补充" if entry.known else "新增"
        self.found.limit_accounts(len(self.reporters))
        return self.found

    def _entry(self, row: Row) -> UnitEntry:
        attempt = self.found.attempt
        name = attempt(row, "name", partial(self._name, row), row["name"])
        reporter, username = self._reporter(row)
        return UnitEntry(
            name=name,
            known=name in self.known,
            short_name=attempt(row, "short_name", partial(self._short_name, row), ""),
            aliases=attempt(row, "aliases", partial(self._aliases, row, name), ()),
            groups=attempt(row, "groups", partial(self._groups, row), ()),
            reporter=reporter,
            phone=attempt(row, "phone", partial(checked_phone, row["phone"]), ""),
            username=username,
        )

    def _name(self, row: Row) -> str:
        name = checked_name(row["name"], "单位名称")
        if name in self.rows_of:
            raise BadInput(f"“{name}”在第{self.rows_of[name]}行已经有了，请删去一行。")
        if name in self.taken and name not in self.known:
            raise BadInput(say_taken(name, self.taken[name]))
        self.rows_of[name] = row.number
        self.taken[name] = f"第{row.number}行的单位“{name}”"
        return name

    def _short_name(self, row: Row) -> str:
        short_name = row["short_name"]
        if len(short_name) > SHORT_NAME_LENGTH:
            raise BadInput(f"简称“{short_name}”有{len(short_name)}个字，最多{SHORT_NAME_LENGTH}个字，请缩短。")
        return short_name

    def _aliases(self, row: Row, name: str) -> tuple[str, ...]:
        aliases = [checked_name(alias, "别名") for alias in split_names(row["aliases"])]
        fresh = [alias for alias in aliases if alias != name and self.alias_of.get(alias) != name]
        for alias in fresh:
            if alias in self.taken:
                raise BadInput(say_taken(alias, self.taken[alias]))
            self.taken[alias] = f"第{row.number}行的别名"
        return tuple(fresh)

    def _groups(self, row: Row) -> tuple[str, ...]:
        groups = tuple(checked_name(group, "集合单位") for group in split_names(row["groups"]))
        for group in groups:
            if group in self.taken and group not in self.groups:
                raise BadInput(say_taken(group, self.taken[group]))
            self.groups.add(group)
            self.taken.setdefault(group, f"集合单位“{group}”")
        return groups

    def _reporter(self, row: Row) -> tuple[str, str]:
        if not row["reporter"] and not row["username"]:
            return "", ""
        attempt = self.found.attempt
        name = attempt(
            row, "reporter", partial(checked_name, row["reporter"], "联络员姓名", limit=PERSON_NAME_LENGTH), ""
        )
        return name, attempt(row, "username", partial(self._username, row, name), "")

    def _username(self, row: Row, name: str) -> str:
        if not row["username"]:
            raise BadInput("填了联络员，也要填用户名，用来登录。暂时没有联络员的，两格都空着。")
        username = checked_username(row["username"])
        first = self.reporters.setdefault(username.lower(), name)
        if first != name:
            raise BadInput(f"用户名“{username}”前面已是{first}的，一个用户名只能给一个人。")
        account = self.accounts.get(username.lower())
        if account and not self._is_ours(account, name):
            raise BadInput(say_username_taken(account, self.jurisdiction))
        return account.username if account else username

    def _is_ours(self, account: User, name: str) -> bool:
        """The same person, known in this jurisdiction: gets the unit in addition."""
        here = Department.objects.filter(jurisdiction=self.jurisdiction, memberships__user=account).exists()
        return account.name == name and account.is_active and (here or account.home_id == self.jurisdiction.pk)
