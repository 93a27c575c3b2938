"""A grant that lets nothing out before its joint test: tried by the recipient, answered by the provider, passed by both."""
import re

import checks
from desk import Desk
from test_request import draft, fetched, sign_off_and_accept


def holds_together(desk):
    faults = checks.missing_words(desk.driver) + checks.controls_without_label(desk.driver) + checks.structure(desk.driver)
    return faults + checks.sideways_scroll(desk.driver, desk.driver.current_url)


def test_a_joint_test_by_both_sides(driver, node):
    desk = Desk(driver, node)
    request = draft(desk, "救助系统联调")
    sign_off_and_accept(desk, request)
    desk.enter("cdo")
    desk.open(request)
    desk.act("counter", mask0="keep-6-4", mask1="surname", limits="set", jointTest="1", comment="先联调")
    assert "联调测试通过" in desk.text()
    desk.enter("consumer")
    desk.open(request)
    desk.act("accept-offer")
    assert "联调测试通过之前不供出任何数据" in desk.text()
    desk.press('main a[href$="/joint-test"]')
    page = re.sub(r"\?.*", "", driver.current_url.removeprefix(node.base))
    assert holds_together(desk) == []
    form = f'main form[action="{page}s"]'
    desk.write("rows", "3", form)
    desk.press(f"{form} .hw-button")
    assert desk.all(".hw-summary") and desk.one(f'{form} [name="rows"]').get_attribute("value") == "3"
    desk.write("rows", "80", form)
    desk.write("seed", "20261128", form)
    desk.press(f"{form} .hw-button")
    assert "联调测试·合成数据" in desk.text() and "441600********" in desk.text()
    assert holds_together(desk) == []
    assert len(fetched(desk, "a[href$='/file']").splitlines()) > 60
    # The real file is still held back.
    desk.open(page.removesuffix("/joint-test"))
    desk.tick("format", "csv")
    desk.press("main form.hw-make button")
    assert "联调测试尚未通过" in desk.text()

    desk.open(page)
    telling = f'main form[action="{page}/faults"]'
    desk.see(desk.one("main details:has(form[action$='/faults']) > summary")).click()
    desk.write("fault", "备注含换行时，一行读成两行", telling)
    desk.press(f"{telling} .hw-button")
    assert "一行读成两行" in desk.text()

    desk.enter("steward")
    desk.open("/inbox")
    desk.driver.find_element("css selector", f'main table a[href="{page}"]')
    desk.open(page)
    desk.write("answer", "按 RFC 4180 加引号")
    desk.press("main form[action$='/answer'] .hw-button")
    desk.press(f"main form[action='{page}/word'] .hw-button")
    assert "一方已确认通过" in desk.text()
    assert holds_together(desk) == []

    desk.enter("consumer")
    desk.open(page)
    desk.press(f"main form[action='{page}/word'] .hw-button")
    assert "双方已确认联调通过" in desk.text()
    desk.open(page.removesuffix("/joint-test"))
    desk.tick("format", "csv")
    desk.press("main form.hw-make button")
    assert len(fetched(desk, "a[href$='/file']").splitlines()) > 10
    desk.open(request)
    assert "双方已确认联调通过" in desk.one("#joint-test").text
