"""The permission that the API starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which loads this module while it is itself being loaded


class DenyAll(BasePermission):
    """The default of every API view; each names its own permission."""

    message = "此接口没有对您开放。"

    def has_permission(self, request: Request, view: APIView) -> bool:
        return False
