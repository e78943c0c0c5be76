"""填报: what one's units owe now, then what they have reported."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.errors import AccessDenied
from departments.places import signed_in
from reporting.entries.mine import open_forms, past_forms, reports_of, units_of

PAGE_SIZE = 30
NO_UNIT = "您不是单位的联络员或负责人，没有要填报的。各单位的报送情况请从首页进入。"


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    units = units_of(signed_in(request))
    if not units:
        raise AccessDenied(NO_UNIT)
    reports = reports_of(units)
    forms, past = open_forms(units, reports), past_forms(reports)
    page = Paginator(past, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"forms": forms, "page": page, "several": len(units) > 1, "units": units}
    return render(request, "reporting/form_mine.html", context)
