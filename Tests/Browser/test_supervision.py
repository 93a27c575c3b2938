"""督办 by its people: the bureau opens and judges, the unit answers, the leader reads each unit's standing."""
import datetime
import re

from desk import Desk
from test_request import entry_path, fill


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
    unit = next(each for each in desk.all('main [name="unit"] option') if "民政局" in each.text)
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


def test_a_dispute_is_heard_met_about_and_agreed(driver, node, tmp_path):
    desk = Desk(driver, node)
    desk.enter("consumer")
    desk.open(entry_path(desk))
    desk.follow("申请使用")
    fill(desk, "低保资格复核")
    desk.press("main form .hw-button")
    request = path(desk)
    desk.act("submit")
    for who, act, fields in [
        ("county-cdo", "sign-off", {}), ("reviewer", "accept", {}),
        ("cdo", "refuse", {"legalBasis": "政务数据共享条例", "comment": "不宜提供"}),
        ("consumer", "dispute", {"comment": "确需使用"}),
    ]:
        desk.enter(who)
        desk.open(request)
        desk.act(act, **fields)
    desk.enter("reviewer")
    desk.open("/coordinations")
    desk.press('main table a[href^="/coordinations/"]')
    one = path(desk)
    assert "确需使用" in desk.text()
    set_day(desk, "call-meeting", "on", day(1))
    desk.act("call-meeting", place="14:30，视频会议", chair="主管部门负责人", agenda="范围与脱敏")
    assert "第 1 次协调会" in desk.text()
    sheet = tmp_path / "纪要.txt"
    sheet.write_text("双方同意", encoding="utf-8")
    desk.see(desk.one("#act-record-minutes > summary")).click()
    desk.bring(sheet, within="#act-record-minutes ")
    desk.act("record-minutes", attendees="市民政局：首席数据官", comment="双方同意脱敏后提供")
    assert "纪要.txt" in desk.text()

    desk.enter("county-cdo")
    desk.open(one)
    desk.act("state-position", comment="同意脱敏")
    desk.act("confirm-minutes")
    assert "已确认" in desk.text()

    desk.enter("reviewer")
    desk.open(one)
    desk.act("propose", mask0="keep-6-4", mask1="surname", comment="脱敏后提供")
    for who, act in [("county-cdo", "assent"), ("cdo", "assent-provider")]:
        desk.enter(who)
        desk.open(one)
        desk.act(act)
    assert "协商一致" in desk.text()
    desk.enter("consumer")
    desk.open(request)
    assert "已授权" in desk.text() and "协调件" in desk.text()
