"""The site's routes and some that fail, for the tests of the problem pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from core.errors import AccessDenied, BadInput, Problem, WrongState
from foodsafety import urls

RAISED: dict[str, Exception] = {
    "bad": BadInput("第3行的单位名称是空的，请补上后重新提交。", field="name"),
    "denied": AccessDenied("只有区食安办的工作人员可以印发。"),
    "state": WrongState("工作要点现在是“已办结”，不能印发。"),
    "permission": PermissionDenied(),
    "suspicious": SuspiciousOperation("odd"),
    "missing": Http404("这份计划已经作废。"),
    "missing-row": Http404("No Plan matches the given query."),
    "bug": ZeroDivisionError(),
}


@login_not_required
def fail(request: HttpRequest, name: str) -> HttpResponse:
    raise RAISED[name]


@login_not_required
def take(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("text", ""))


def inside(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@login_not_required
@api_view(["GET"])
@permission_classes([AllowAny])
def open_api(request: Request, name: str) -> Response:
    problem = RAISED[name]
    assert isinstance(problem, Problem)
    raise problem


@login_not_required
@api_view(["GET"])
def unopened_api(request: Request) -> Response:
    return Response({})


urlpatterns = [
    *urls.urlpatterns,
    path("fail/<name>/", fail),
    path("take/", take),
    path("inside/", inside),
    path("api/open/<name>/", open_api),
    path("api/unopened/", unopened_api),
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
