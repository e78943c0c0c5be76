"""The administrator's pages: jurisdictions, departments and users as rows."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest

from core import outbox
from departments.models import (
    Department,
    DepartmentAlias,
    DepartmentGroup,
    Jurisdiction,
    Membership,
    Population,
    User,
)
from departments.standing import PLACE_TOPIC


class AliasInline(admin.TabularInline):
    model = DepartmentAlias
    extra = 1


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 1
    autocomplete_fields = ("department", "jurisdiction")


@admin.register(Jurisdiction)
class JurisdictionAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "level", "parent", "office_name")
    list_filter = ("level",)
    list_select_related = ("parent",)
    search_fields = ("name", "code")
    autocomplete_fields = ("parent",)


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin):
    list_display = ("name", "jurisdiction", "short_name", "position", "active")
    list_filter = ("active", "jurisdiction")
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "short_name", "aliases__name")
    autocomplete_fields = ("jurisdiction", "represents")
    inlines = (AliasInline,)


@admin.register(DepartmentGroup)
class DepartmentGroupAdmin(admin.ModelAdmin):
    list_display = ("name", "jurisdiction")
    list_filter = ("jurisdiction",)
    list_select_related = ("jurisdiction",)
    search_fields = ("name",)
    filter_horizontal = ("members",)


@admin.register(Population)
class PopulationAdmin(admin.ModelAdmin):
    """Rates per thousand residents are reckoned anew after each change."""

    list_display = ("jurisdiction", "year", "residents", "as_of", "source")
    list_filter = ("year", "jurisdiction")
    list_select_related = ("jurisdiction",)

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Population, form: ModelForm[Population], change: bool) -> None:
        super().save_model(request, obj, form, change)
        outbox.put(PLACE_TOPIC, obj.jurisdiction_id)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Population) -> None:
        outbox.put(PLACE_TOPIC, obj.jurisdiction_id)
        super().delete_model(request, obj)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ("user", "role", "department", "jurisdiction")
    list_filter = ("role", "jurisdiction", "department__jurisdiction")
    list_select_related = ("user", "department", "jurisdiction")
    search_fields = ("user__name", "user__username", "department__name")
    autocomplete_fields = ("user", "department", "jurisdiction")


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = ("username", "name", "phone", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "memberships__role", "must_change_password")
    search_fields = ("username", "name", "phone", "email")
    ordering = ("username",)
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("username", "password", "must_change_password")}),
        ("个人资料", {"fields": ("name", "phone", "email", "home")}),
        ("权限", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("时间", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "name", "usable_password", "password1", "password2")}),
    )
    filter_horizontal = ()
