"""督办 by its people: the bureau opens and judges, the unit answers, the leader reads each unit's standing."""
import datetime
import re

from desk import Desk


def path(desk):
    return re.sub(r"\?.*", "", desk.driver.current_url.removeprefix(desk.node.base))


def day(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


def set_day(desk, act, name, value):
    field = desk.one(f'#act-{act} [name="{name}"]')
    desk.driver.execute_script("arguments[0].value = arguments[1]", field, value)


def test_a_task_is_set_answered_judged_and_closed(driver, node):
    desk = Desk(driver, node)
    desk.enter("reviewer")
    desk.open("/supervisions")
    desk.follow("立督办件")
    desk.press("main form .hw-button")
    # Nothing was filled in: said at the fields.
    assert "必填" in desk.text()
    unit = next(each for each in desk.all('main [name="unit"] option') if "民政" in each.text)
    desk.choose("unit", unit.get_attribute("value"))
    desk.write("subject", "补齐低保目录条目")
    desk.write("basis", "政务数据共享条例")
    desk.date("due", day(10))
    desk.press("main form .hw-button")
    assert "补齐低保目录条目" in desk.text() and "待办理" in desk.text()
    one = path(desk)
    desk.act("issue-notice", comment="请于期限内办结")
    assert "督办通知" in desk.text()

    desk.enter("cdo")
    desk.open("/inbox")
    assert desk.one(f'main table a[href="{one}"]')
    desk.open(one)
    desk.act("acknowledge")
    set_day(desk, "promise", "day", day(20))
    desk.act("promise", comment="正在与县区核对")
    assert "新期限待核" in desk.text()

    desk.enter("reviewer")
    desk.open(one)
    desk.act("accept-promise")
    assert "待办理" in desk.text()

    desk.enter("cdo")
    desk.open(one)
    desk.act("report-done", comment="已补齐")
    desk.enter("reviewer")
    desk.open(one)
    desk.act("confirm")
    assert "已办结" in desk.text()

    desk.enter("leader")
    desk.open("/supervisions/overview")
    desk.press('main a[href*="standing=closed"]')
    assert "补齐低保目录条目" in desk.text()

    # Another unit knows nothing of it.
    desk.enter("county-cdo")
    desk.open("/supervisions")
    assert "补齐低保目录条目" not in desk.text()
    desk.open(one)
    assert "补齐低保目录条目" not in desk.text()
