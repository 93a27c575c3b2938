"""The bureau closes the city's offices for a day, sees before and after what that moves, and takes it back."""
from datetime import date, timedelta

import checks
from desk import Desk
from test_hook import holds_together


def next_working_day():
    day = date.today() + timedelta(days=3)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.isoformat()


def test_a_closure_from_the_form_to_its_withdrawal(driver, node):
    desk = Desk(driver, node)
    desk.enter("reviewer")
    desk.open("/calendar")
    assert holds_together(desk) == []
    assert len(desk.all(".hw-month")) == 12 and "国务院办公厅" in desk.text()
    desk.press('main a[href="/calendar/closures/new"]')
    day = next_working_day()
    desk.date("from", day)
    desk.date("to", day)
    desk.write("reason", "防御台风，全市停工停课")
    desk.write("document", "防总〔2026〕1号")
    desk.press("main form .hw-button")
    # The answer to a form: it cannot be asked for again at another width.
    assert "个办理中的期限将变动" in desk.text() and checks.structure(driver) + checks.phone_faults(driver) == []
    desk.press("main form .hw-button")
    assert "/calendar/publications/" in driver.current_url
    assert "防御台风" in desk.text() and holds_together(desk) == []
    desk.open(f"/calendar?year={day[:4]}")
    assert len(desk.all(".hw-month td.is-closed")) == 1
    desk.press('main a[href^="/calendar/publications/"]')
    desk.press('main a[href$="/withdrawal"]')
    desk.write("reason", "警报解除")
    desk.press("main form .hw-button")
    desk.open(f"/calendar?year={day[:4]}")
    assert desk.all(".hw-month td.is-closed") == []
    assert "已撤回" in desk.text()
