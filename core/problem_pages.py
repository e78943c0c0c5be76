"""Pages that tell a refusal or a failure: status, heading, one sentence on what to do next."""

from __future__ import annotations

import logging

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
SAY_TOO_LARGE = "提交的内容太大，服务器没有接收。请减少内容或分几次提交；单个文件不超过20 MB。"
SAY_BAD_REQUEST = "服务器不能处理这个请求。请从首页重新进入；网址是手工输入的，请核对。"
SAY_FORBIDDEN = "您的账号没有权限打开此页。确有需要，请联系本级食安办。"
SAY_NOT_FOUND = "网址有误，或内容已删除，或不属于您所在的单位。请从首页重新进入。"
SAY_EXPIRED = "页面停留太久，或在另一标签页重新登录过，安全校验已失效。请刷新后重试，填写的内容仍在。"
SAY_FAILURE = "刚才的操作没有完成，故障已记入日志。请稍后重试；再次出现，请把时间和操作告诉系统管理员。"
PLAIN = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{heading}</title>'
    "<h1>{heading}</h1><p>{sentence}</p></html>"
)
log = logging.getLogger(__name__)


def page(request: HttpRequest, status: int, heading: str, sentence: str) -> HttpResponse:
    """The whole page, or for a part of a page (htmx) the message alone."""
    template = "_problem.html" if wants_part(request) else "problem.html"
    context = {"status": status, "heading": heading, "sentence": sentence}
    # A request refused before the user is known (a wrong host) has nothing for the page's frame to show.
    return HttpResponse(
        render_to_string(template, context, request if hasattr(request, "user") else None), status=status
    )


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page (a boosted link asks for a whole one)."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and not htmx.boosted)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TOO_LARGE):
        return page(request, 413, "内容太大", SAY_TOO_LARGE)
    return page(request, 400, "请求有误", SAY_BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403, "没有权限", str(exception) or SAY_FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A Chinese sentence given with `Http404` is shown; the framework's own words are not for people."""
    told = exception.args[0] if exception.args else ""
    ours = isinstance(told, str) and not told.isascii()
    return page(request, 404, "没有找到页面", told if ours else SAY_NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, 403, "页面已过期", SAY_EXPIRED)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the database and, should the template itself be what fails, without the template."""
    context = {"status": 500, "heading": "系统出错了", "sentence": SAY_FAILURE}
    try:
        content: str = render_to_string("_problem.html" if wants_part(request) else "problem.html", context)
    except Exception:
        log.exception("the page for failures failed")
        content = PLAIN.format(**context)
    return HttpResponse(content, status=500)
