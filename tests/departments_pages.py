"""What the tests of the departments' pages share: reading an answer, making and sending a list."""

import html
import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

UNIT_HEADS = ("单位名称", "简称", "别名", "集合单位", "联络员", "手机", "用户名")
PEOPLE_HEADS = ("姓名", "用户名", "手机", "邮箱", "角色", "单位")


def text_of(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", response.content.decode())))


def book(*lines):
    workbook = Workbook()
    for line in lines:
        workbook.active.append(line)
    packed = io.BytesIO()
    workbook.save(packed)
    return packed.getvalue()


def upload(client, content, path="/units/import/", name="名单.xlsx"):
    return client.post(path, {"file": SimpleUploadedFile(name, content)})


def packed_in(response):
    found = re.search(r'name="list" value="([^"]+)"', response.content.decode())
    assert found, text_of(response)
    return found[1]


def carry_through(client, content, path="/units/import/"):
    return client.post(f"{path}confirm/", {"list": packed_in(upload(client, content, path))})


def passwords_in(response):
    return re.findall(r'<b class="keep">([a-z0-9-]+)</b>', response.content.decode())


def seen_in(response):
    found = re.search(r'name="seen" value="([0-9a-f]+)"', response.content.decode())
    assert found
    return found[1]


def password_in(response):
    found = re.search(r'<b class="keep">([a-z0-9-]+)</b>', response.content.decode())
    assert found
    return found[1]


def rows(*posts):
    """The form's rows of posts: (role, unit or None)."""
    fields = {"posts-TOTAL_FORMS": str(len(posts)), "posts-INITIAL_FORMS": "0"}
    for index, (role, unit) in enumerate(posts):
        fields[f"posts-{index}-role"] = role
        fields[f"posts-{index}-unit"] = str(unit.pk) if unit else ""
    return fields


def cells_of(response):
    sheet = load_workbook(io.BytesIO(response.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]
