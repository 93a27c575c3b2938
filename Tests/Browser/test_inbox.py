"""The inbox: filters, several cases at once, what is watched, the month, the keys; on a phone too."""
import checks
from desk import Desk
from selenium.webdriver.common.keys import Keys
from test_hook import holds_together
from test_request import draft


def signed_off(desk, *paths):
    desk.enter("county-cdo")
    for path in paths:
        desk.open(path)
        desk.act("sign-off", comment="同意申请")


def test_several_cases_are_accepted_at_once(driver, node):
    desk = Desk(driver, node)
    first, second = draft(desk, "批量情形一"), draft(desk, "批量情形二")
    signed_off(desk, first, second)
    desk.enter("reviewer")
    desk.open("/inbox?tray=mine&state=check&due=week")
    desk.open("/inbox?tray=mine&state=check")
    assert holds_together(desk) == []
    assert desk.one(f'main table a[href="{first}"]') and desk.one(f'main table a[href="{second}"]')
    desk.open("/inbox?tray=mine&q=nosuch")
    assert "没有符合条件的办件" in desk.text()
    desk.follow("清除")
    # Only the keyboard: to the first case, ticked, to the next one, ticked.
    desk.open("/inbox?tray=mine&state=check")
    desk.one("body").send_keys("j")
    desk.keys("x")
    desk.keys("j")
    desk.keys("x")
    assert len(desk.all("#cases input:checked")) == 2
    desk.keys("k")
    assert driver.execute_script("return document.activeElement.closest('tr').rowIndex") == 1
    desk.keys("/")
    assert driver.execute_script("return document.activeElement.name") == "q"
    desk.keys("j")
    assert desk.one('main [name="q"]').get_attribute("value") == "j", "in a field a key is a letter"
    desk.keys(Keys.ESCAPE)
    desk.choose("act", "accept")
    desk.press("#batch button")
    text = desk.text()
    assert "将要办理" in text and "尚未办理" in text
    assert checks.structure(driver) + checks.phone_faults(driver) == []
    desk.press("#batch button")
    text = desk.text()
    assert "已办理 2 件" in text and "提供方审核" in text
    assert checks.structure(driver) + checks.phone_faults(driver) == []


def test_what_waits_for_others_and_what_is_watched(driver, node):
    desk = Desk(driver, node)
    path = draft(desk, "关注情形")
    desk.open(path)
    desk.press(".hw-watch button")
    assert "取消关注" in desk.text()
    signed_off(desk, path)
    desk.enter("consumer")
    desk.open("/inbox?tray=waiting")
    assert desk.one(f'main table a[href="{path}"]') and "审核员" in desk.text()
    assert holds_together(desk) == []
    desk.open("/inbox?tray=watched")
    assert "您关注的" in desk.text() and holds_together(desk) == []


def test_the_month_and_the_address_of_ones_own_calendar(driver, node):
    desk = Desk(driver, node)
    desk.enter("reviewer")
    desk.open("/inbox/calendar")
    assert holds_together(desk) == []
    assert len(desk.all(".hw-dues")) == 1
    desk.press("main .hw-form .hw-button")
    assert "/feeds/" in desk.text() and checks.structure(driver) + checks.phone_faults(driver) == []
    desk.open("/inbox/calendar?tray=unit")
    desk.press('form[action$="/withdrawal"] button')
    assert "已停用" in desk.text()
