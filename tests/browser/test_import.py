"""From a file to the ledger in the browser: upload, read, bind, confirm, issue; and the review by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from core import outbox
from departments.models import Jurisdiction
from tasks.models import Measure, Plan
from tests.browser.real_plans import ABSENT, FOLDER, NAMES
from tests.factories import JurisdictionFactory, office_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = """青禾区食品安全委员会文件
青食安委〔2026〕5号
青禾区食品安全委员会
2026年3月20日
2026年青禾区食品安全工作要点
一、守护校园
（一）推进明厨亮灶。学校食堂明厨亮灶覆盖率达到100%。落实陪餐制度。（区教体局牵头，区市场监管局配合）开展周边检查。（区市场监管局）
（二）强化抽检。食品抽检量达到4批次/千人。（区市场监管局）
"""


@pytest.fixture
def place() -> Jurisdiction:
    return JurisdictionFactory.create(name="青禾区")


@pytest.fixture
def at_import(page: Page, live_server, client, place) -> Iterator[Page]:
    """The import page, logged in as a clerk of the office; the page's own errors fail the test."""
    client.force_login(office_user(place))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda m: problems.append(f"{m.text} {m.location}") if m.type == "error" and "409" not in m.text else None,
    )
    page.goto(f"{live_server.url}/imports/")
    yield page
    assert problems == []


def upload(page: Page, name: str, data: bytes) -> None:
    """Send a file and have it read, as the worker would."""
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": data})
    expect(page.locator("[data-drop-names]")).to_have_text(name)
    page.get_by_role("button", name="上传并识读").click()
    expect(page.get_by_role("heading", name=re.compile("等待识读"))).to_be_visible()
    outbox.drain()
    expect(page.get_by_role("heading", name=re.compile("导入核对"))).to_be_visible()


def bind_all(page: Page) -> None:
    """Settle all names in one step, as the page proposes."""
    page.get_by_role("link", name=re.compile("一次绑定")).click()
    page.get_by_role("button", name=re.compile("^绑定这")).click()
    expect(page.get_by_role("heading", name=re.compile("导入核对"))).to_be_visible()


@pytest.mark.skipif(not FOLDER.is_dir(), reason=ABSENT)
@pytest.mark.parametrize("name", NAMES)
def test_real_plan_goes_from_file_to_ledger(at_import: Page, name: str):
    upload(at_import, f"{name}.txt", (FOLDER / f"{name}.txt").read_bytes())
    if at_import.get_by_role("link", name=re.compile("一次绑定")).count():
        bind_all(at_import)
    at_import.keyboard.press("s")
    at_import.locator("dialog").get_by_role("button", name="确认入库").click()
    expect(at_import.get_by_role("heading", name=re.compile("设为已印发"))).to_be_visible()
    at_import.fill("#id_document_number", "食安委〔2026〕1号")
    at_import.fill("#id_issued_on", f"{name[-4:]}-06-20")
    at_import.get_by_role("button", name="设为已印发").click()
    at_import.locator("#confirm-yes").click()
    expect(at_import).to_have_url(re.compile("/ledger/$"))
    plan = Plan.objects.get(stage=Plan.Stage.ISSUED)
    expect(at_import.get_by_role("heading", level=1)).to_contain_text(plan.title)
    shown = at_import.get_by_text(re.compile(rf"^{Measure.objects.of_plan(plan).count()}项措施"))
    expect(shown.first).to_be_visible()


def test_pasted_text_is_read(at_import: Page):
    at_import.get_by_text("没有文件，直接粘贴正文").click()
    at_import.get_by_role("textbox", name="正文").fill(TEXT)
    at_import.get_by_role("button", name="上传并识读").click()
    expect(at_import.get_by_role("heading", name=re.compile("等待识读"))).to_be_visible()
    outbox.drain()
    expect(at_import.get_by_text("已核对")).to_be_visible()


@pytest.mark.smoke
def test_reviewed_and_confirmed_by_keyboard_alone(at_import: Page):
    upload(at_import, "要点.txt", TEXT.encode())
    keys = at_import.keyboard
    expect(at_import.locator("tr.doubt.current")).to_contain_text("区教体局")
    for name in ("区教体局", "区市场监管局"):
        expect(at_import.locator("tr.doubt.current")).to_contain_text(name)
        keys.press("a")
    expect(at_import.locator("tr[data-doubt]")).to_have_count(0)
    keys.press("Enter")
    expect(at_import.locator("tr.editing textarea")).to_be_focused()
    keys.press("Control+A")
    keys.type("学校食堂明厨亮灶全部建成。")
    keys.press("Control+Enter")
    expect(at_import.get_by_text("学校食堂明厨亮灶全部建成。")).to_be_visible()
    keys.press("z")
    expect(at_import.locator("#pane-reading").get_by_text("学校食堂明厨亮灶全部建成。")).to_have_count(0)
    keys.press("y")
    expect(at_import.locator("#pane-reading").get_by_text("学校食堂明厨亮灶全部建成。")).to_be_visible()
    keys.press("s")
    expect(at_import.locator("dialog#confirm-import")).to_be_visible()
    at_import.locator("dialog#confirm-import").get_by_role("button", name="确认入库").focus()
    keys.press("Enter")
    expect(at_import.get_by_role("heading", name=re.compile("设为已印发"))).to_be_visible()
    assert Measure.objects.get(task__number=1, position=1).text == "学校食堂明厨亮灶全部建成。"


def test_two_hasty_clicks_confirm_once(at_import: Page):
    upload(at_import, "要点.txt", TEXT.encode())
    bind_all(at_import)
    at_import.keyboard.press("s")
    at_import.locator("dialog").get_by_role("button", name="确认入库").dblclick()
    expect(at_import.get_by_role("heading", name=re.compile("设为已印发"))).to_be_visible()
    assert Plan.objects.count() == 1


def test_import_that_is_done_reads_from_top_to_bottom(at_import: Page):
    upload(at_import, "要点.txt", TEXT.encode())
    import_page = at_import.url
    bind_all(at_import)
    at_import.keyboard.press("s")
    at_import.locator("dialog").get_by_role("button", name="确认入库").click()
    expect(at_import.get_by_role("heading", name=re.compile("设为已印发"))).to_be_visible()
    at_import.goto(import_page)
    expect(at_import.locator(".import-state")).to_have_css("display", "block")


def test_missing_number_of_the_document_has_no_button_that_opens_nothing(at_import: Page):
    upload(at_import, "要点.txt", TEXT.replace("青食安委〔2026〕5号\n", "").encode())
    doubt = at_import.locator("tr.doubt", has_text="没有找到文号")
    expect(doubt.get_by_role("button")).to_have_count(1)
    expect(doubt.get_by_role("button")).to_contain_text("入库时填写")


def test_measure_is_split_at_the_caret_and_merged(at_import: Page):
    upload(at_import, "要点.txt", TEXT.encode())
    at_import.locator("tr.measure [data-edit]").first.click()
    field = at_import.locator("tr.editing textarea")
    expect(field).to_be_focused()
    field.evaluate("f => { const at = f.value.indexOf('落实'); f.setSelectionRange(at, at); }")
    at_import.get_by_role("button", name="从光标处拆开").click()
    expect(at_import.locator("tr.measure")).to_have_count(4)
    expect(at_import.locator("tr.measure").nth(1)).to_contain_text("落实陪餐制度。")
    at_import.locator("tr.measure [data-edit]").first.click()
    at_import.get_by_role("button", name="与下一项合并").click()
    expect(at_import.locator("tr.measure")).to_have_count(3)


def test_selecting_a_row_marks_its_source_and_back(at_import: Page):
    upload(at_import, "要点.txt", TEXT.encode())
    at_import.locator("tr.measure td").nth(4).click()
    expect(at_import.locator("#pane-source .here").first).to_be_visible()
    at_import.locator("#pane-source span", has_text="食品抽检量").last.click()
    expect(at_import.locator("tr.measure.current")).to_contain_text("食品抽检量")


def test_selected_stretch_becomes_a_unit(at_import: Page):
    upload(at_import, "要点.txt", TEXT.encode())
    at_import.evaluate("""() => {
        const spans = [...document.querySelectorAll('#pane-source [data-start]')];
        const span = spans.find(s => s.textContent.includes('开展周边检查'));
        const node = span.firstChild, at = node.textContent.indexOf('周边');
        const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + 2);
        const selection = window.getSelection(); selection.removeAllRanges(); selection.addRange(range);
        document.dispatchEvent(new MouseEvent('mouseup', {bubbles: true}));
    }""")
    at_import.get_by_role("button", name="作为单位").click()
    expect(at_import.locator("tr.measure").nth(1).locator(".assigned")).to_contain_text("周边")


def test_escape_leaves_the_row_as_it_was(at_import: Page):
    upload(at_import, "要点.txt", TEXT.encode())
    at_import.locator("tr.measure [data-edit]").first.click()
    at_import.locator("tr.editing textarea").fill("没有保存的字")
    at_import.keyboard.press("Escape")
    expect(at_import.locator("tr.editing")).to_have_count(0)
    expect(at_import.locator("tr.measure").first).to_contain_text("学校食堂明厨亮灶覆盖率")


def test_second_tab_is_told(at_import: Page):
    upload(at_import, "要点.txt", TEXT.encode())
    other = at_import.context.new_page()
    other.goto(at_import.url)
    at_import.locator("tr.measure [data-edit]").first.click()
    at_import.locator("tr.editing textarea").fill("第一页的改法。")
    at_import.get_by_role("button", name="保存").click()
    expect(at_import.locator("#pane-reading").get_by_text("第一页的改法。")).to_be_visible()
    other.locator("form[action*='abandon'] button").evaluate("b => b.form.submit()")
    expect(other.get_by_text("已不是最新")).to_be_visible()
