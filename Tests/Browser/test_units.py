"""The bureau plans a split for a later day, sees where everything would go, assigns it, confirms, and takes it back."""
from datetime import date, timedelta

from desk import Desk
from test_hook import holds_together


def labelled(desk, name, text):
    """The value of the box whose label says so."""
    for box in desk.all(f'main [name="{name}"]'):
        if text in box.find_element("xpath", "./ancestor::label").text:
            return box.get_attribute("value")
    raise AssertionError(text)


def test_a_split_from_the_form_to_its_withdrawal(driver, node):
    desk = Desk(driver, node)
    desk.enter("reviewer")
    desk.open("/successions")
    assert holds_together(desk) == []
    desk.press('main a[href="/successions/new"]')
    assert holds_together(desk) == []
    desk.tick("kind", "split")
    desk.tick("predecessors", labelled(desk, "predecessors", "市市场监管局"))
    for heir in ("市商务局", "市科技局"):
        desk.tick("successors", labelled(desk, "successors", heir))
    desk.date("date", (date.today() + timedelta(days=20)).isoformat())
    desk.write("document", "示例函〔2026〕1号")
    desk.press("main form .hw-button")
    assert "/successions/" in driver.current_url
    assert "尚未指定承接单位" in desk.text() and holds_together(desk) == []
    desk.tick("what", "all")
    desk.press("#choices button")
    assert "尚未指定" not in desk.text() and "市商务局" in desk.text()
    desk.press('main form[action$="/confirmation"] button')
    assert "已确认，待生效" in desk.text() and holds_together(desk) == []
    desk.press('main form[action$="/withdrawal"] button')
    assert "已撤回" in desk.text()
