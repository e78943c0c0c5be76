"""For which import somebody asks."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from departments.places import signed_in
from intake.models import Import


def visible_import(request: HttpRequest, pk: int) -> Import:
    imports = Import.objects.visible_to(signed_in(request)).select_related("source__jurisdiction", "plan")
    import_: Import = get_object_or_404(imports, pk=pk)
    return import_
