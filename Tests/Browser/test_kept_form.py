"""A session that ends while somebody writes loses nothing: the form is kept, looked over and sent by whoever signs in again."""
import datetime

import checks
from desk import Desk


def fill(desk):
    unit = next(each for each in desk.all('main [name="unit"] option') if "民政局" in each.text)
    desk.choose("unit", unit.get_attribute("value"))
    desk.write("subject", "补报第三季度目录")
    desk.write("basis", "政务数据共享条例第十二条")
    desk.date("due", (datetime.date.today() + datetime.timedelta(days=12)).isoformat())


def faults(driver):
    return checks.missing_words(driver) + checks.structure(driver) + checks.faint_text(driver) + checks.phone_faults(driver)


def test_a_form_outlives_its_session(driver, node):
    desk = Desk(driver, node)
    desk.enter("reviewer")
    desk.open("/supervisions/new")
    fill(desk)
    page = driver.current_window_handle
    # Signed out in another window.
    driver.switch_to.new_window("tab")
    desk.open("/inbox")
    desk.click(desk.one('header form[action="/sign-out"] button'))
    driver.close()
    driver.switch_to.window(page)
    desk.press("main form .hw-button")
    assert "填写的内容还在" in desk.text() and "补报第三季度目录" in desk.text()
    assert faults(driver) == []

    # Signed in in a window of its own, as the page says.
    desk.see(desk.one('main a[target="_blank"]')).click()
    driver.switch_to.window(next(each for each in driver.window_handles if each != page))
    account = node.account("bureau-reviewer")
    desk.write("name", account["account"])
    desk.write("password", account["password"])
    desk.press("main form button")
    driver.close()
    driver.switch_to.window(page)
    desk.press("main form .hw-button")
    assert "尚未提交，请核对" in desk.text() and "数据管理科审核岗" in desk.text()
    assert faults(driver) == []
    desk.press("main form .hw-button")
    assert "补报第三季度目录" in desk.text() and "待办理" in desk.text()
