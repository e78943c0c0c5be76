"""Ground rules of the API: what no view has opened is shut, and refusals are JSON with one sentence."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from core.errors import BadInput, Problem


class DenyAll(BasePermission):
    """The default of every API view; each names its own permission."""

    message = "此接口没有对您开放。"

    def has_permission(self, request: Request, view: APIView) -> bool:
        return False


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """A `Problem` as {"detail": sentence}, with "field" where it belongs to one; the rest as the framework answers."""
    if not isinstance(exc, Problem):
        return exception_handler(exc, context)
    body: dict[str, str] = {"detail": str(exc)}
    if isinstance(exc, BadInput) and exc.field:
        body["field"] = exc.field
    return Response(body, status=exc.status)
