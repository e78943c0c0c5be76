"""Who asks, and for which import."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from departments.models import User
from intake.models import Import


def acting(request: HttpRequest) -> User:
    """The person logged in; `LoginRequiredMiddleware` lets nobody else through."""
    assert isinstance(request.user, User)  # noqa: S101 (narrows the type)
    return request.user


def visible_import(request: HttpRequest, pk: int) -> Import:
    imports = Import.objects.visible_to(acting(request)).select_related("source__jurisdiction", "plan")
    import_: Import = get_object_or_404(imports, pk=pk)
    return import_
