"""Who there is: jurisdictions, departments and their names, population, users."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from departments.querysets import DepartmentQuerySet, JurisdictionQuerySet, MembershipQuerySet, OfPlaceQuerySet

PERCENT = (MinValueValidator(1), MaxValueValidator(100))


class Jurisdiction(models.Model):
    """行政区. `code` is the national code (320602) or any unique code of the deployment's own."""

    class Level(models.TextChoices):
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        COUNTY = "county", "县（区）级"
        TOWN = "town", "乡镇（街道）级"

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60)
    office_name = models.CharField("食安办名称", max_length=60)
    level = models.CharField("级别", max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", verbose_name="上级", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "行政区"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """单位. `position` is the customary order (党委、人大、政府…); `represents` names the town that it stands for."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="行政区", on_delete=models.PROTECT, related_name="departments"
    )
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=8, blank=True, help_text="表头竖排用，至多4个字最好")
    position = models.PositiveIntegerField("排序")
    active = models.BooleanField("在用", default=True)
    represents = models.ForeignKey(
        Jurisdiction, verbose_name="代表的下级行政区", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("jurisdiction", "name"), name="department_name_unique_in_jurisdiction"),
        )

    def __str__(self) -> str:
        return self.name


class DepartmentAlias(models.Model):
    """别名: another name under which documents call a department; unique in the jurisdiction."""

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="行政区", on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, verbose_name="单位", on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("别名", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "单位别名"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("jurisdiction", "name"), name="alias_unique_in_jurisdiction"),)

    def __str__(self) -> str:
        return self.name


class DepartmentGroup(models.Model):
    """集合单位: a name that stands for several departments (各镇、各街道)."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="行政区", on_delete=models.PROTECT, related_name="groups"
    )
    name = models.CharField("名称", max_length=100)
    members = models.ManyToManyField(Department, verbose_name="成员", related_name="groups", blank=True)

    objects = OfPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "集合单位"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("jurisdiction", "name"), name="group_name_unique_in_jurisdiction"),
        )

    def __str__(self) -> str:
        return self.name


class Population(models.Model):
    """常住人口 of a year, in persons, with the source that states it and the date it holds for."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="行政区", on_delete=models.CASCADE, related_name="populations"
    )
    year = models.PositiveSmallIntegerField("年份")
    residents = models.PositiveIntegerField("常住人口（人）", validators=[MinValueValidator(1)])
    source = models.CharField("来源", max_length=200)
    as_of = models.DateField("截至")

    objects = OfPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "常住人口"
        ordering = ("-year",)
        constraints = (
            models.UniqueConstraint(fields=("jurisdiction", "year"), name="population_one_a_year"),
            # Rates per thousand divide by it.
            models.CheckConstraint(condition=Q(residents__gt=0), name="population_above_zero"),
        )

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.year}年{self.residents}人"


class OfficeSettings(models.Model):
    """An office's own numbers; a jurisdiction without a row goes by the defaults (`queries.office_settings`).

    The first three say when reports are due, the others where the lights change. Percents are whole numbers.
    """

    jurisdiction = models.OneToOneField(
        Jurisdiction, verbose_name="行政区", on_delete=models.CASCADE, related_name="office_settings"
    )
    due_days = models.PositiveSmallIntegerField(
        "期末后几日内报送", default=10, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    lock_working_days = models.PositiveSmallIntegerField(
        "截止后几个工作日锁定", default=10, validators=[MaxValueValidator(60)]
    )
    answer_working_days = models.PositiveSmallIntegerField(
        "退回后几个工作日内补报", default=5, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    late_working_days = models.PositiveSmallIntegerField(
        "迟报几个工作日内为预警", default=5, validators=[MaxValueValidator(60)]
    )
    behind_percent = models.PositiveSmallIntegerField("指标低于应达的百分之几为预警", default=95, validators=PERCENT)
    far_behind_percent = models.PositiveSmallIntegerField(
        "指标低于应达的百分之几为滞后", default=80, validators=PERCENT
    )
    plan_red_percent = models.PositiveSmallIntegerField("滞后措施占到百分之几为滞后", default=20, validators=PERCENT)
    plan_amber_percent = models.PositiveSmallIntegerField(
        "不正常措施占到百分之几为预警", default=20, validators=PERCENT
    )

    class Meta:
        verbose_name = verbose_name_plural = "食安办设置"
        constraints = (
            # Otherwise no indicator could be amber.
            models.CheckConstraint(
                condition=Q(far_behind_percent__lt=F("behind_percent")), name="settings_far_behind_below_behind"
            ),
            # A share of 0 would turn every plan red, one above 100 none ever.
            models.CheckConstraint(
                condition=Q(
                    behind_percent__lte=100,
                    far_behind_percent__gte=1,
                    plan_red_percent__range=(1, 100),
                    plan_amber_percent__range=(1, 100),
                ),
                name="settings_percents_from_1_to_100",
            ),
        )

    def __str__(self) -> str:
        return f"{self.jurisdiction}食安办设置"


class User(AbstractUser):
    """A person. `name` is shown everywhere; `must_change_password` holds after the office set or reset the password.

    `home` is the jurisdiction that made the account: its office keeps it while the person has no role.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("手机", max_length=20, blank=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    home = models.ForeignKey(
        Jurisdiction, verbose_name="建账号的行政区", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person: in a department (reporter, approver) or for a jurisdiction (office, leader)."""

    class Role(models.TextChoices):
        OFFICE = "office", "食安办工作人员"
        REPORTER = "reporter", "单位联络员"
        APPROVER = "approver", "单位负责人"
        LEADER = "leader", "领导"

    user = models.ForeignKey(User, verbose_name="用户", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("角色", max_length=10, choices=Role)
    department = models.ForeignKey(
        Department, verbose_name="单位", null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="行政区", null=True, blank=True, on_delete=models.CASCADE, related_name="memberships"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("pk",)
        constraints = (
            # A reporter serves a department, the office a jurisdiction: exactly one of the two is set.
            models.CheckConstraint(
                condition=Q(role__in=("reporter", "approver"), department__isnull=False, jurisdiction__isnull=True)
                | Q(role__in=("office", "leader"), department__isnull=True, jurisdiction__isnull=False),
                name="membership_place_fits_role",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "department"),
                name="membership_once_a_department",
                condition=Q(department__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("user", "role", "jurisdiction"),
                name="membership_once_a_jurisdiction",
                condition=Q(jurisdiction__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.department or self.jurisdiction}"
