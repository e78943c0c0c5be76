"""Refusals of the API: JSON with one sentence."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import BadInput, Problem


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """A `Problem` as {"detail": sentence}, with "field" where it belongs to one; the rest as the framework answers."""
    if not isinstance(exc, Problem):
        return exception_handler(exc, context)
    body: dict[str, str] = {"detail": str(exc)}
    if isinstance(exc, BadInput) and exc.field:
        body["field"] = exc.field
    return Response(body, status=exc.status)
