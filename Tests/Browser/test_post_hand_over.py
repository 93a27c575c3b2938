"""离任交接 by its people: the administrator hands a post over, the leaver is out, the successor chooses it, and the list is printed for three to sign."""
import datetime
import re

from desk import Desk
from test_county import unfold
from test_hook import holds_together

YESTERDAY = (datetime.date.today() - datetime.timedelta(days=1)).isoformat()


def path(desk):
    return re.sub(r"\?.*", "", desk.driver.current_url.removeprefix(desk.node.base))


def account(desk, name, person):
    desk.open("/accounts")
    unfold(desk, "new")
    desk.write("name", name, within="#act-new")
    desk.write("person", person, within="#act-new")
    desk.press("#act-new button")
    return {"account": name, "password": desk.one("main code").text}


def choose(desk, name, text, within="main"):
    option = next(each for each in desk.all(f'{within} [name="{name}"] option') if text in each.text)
    desk.choose(name, option.get_attribute("value"), within=within)


def post(desk, unit, title, role, holder):
    desk.open(unit)
    unfold(desk, "post")
    desk.write("title", title, within="#act-post")
    desk.tick("roles", role)
    desk.press("#act-post button")
    made = path(desk)
    unfold(desk, "appointment")
    choose(desk, "account", holder, within="#act-appointment")
    desk.driver.execute_script(
        "arguments[0].value = arguments[1]", desk.one('#act-appointment [name="from"]'), YESTERDAY)
    desk.press("#act-appointment button")
    return made


def knock(desk, who, back="/"):
    desk.driver.delete_all_cookies()
    desk.open(f"/sign-in?return={back}")
    desk.write("name", who["account"])
    desk.write("password", who["password"])
    desk.press("main form button")


def test_a_post_passes_from_the_leaver_to_the_successor(driver, node):
    desk = Desk(driver, node)
    desk.enter("administrator")
    leaver, taker = account(desk, "leaving.clerk", "离任人员"), account(desk, "taking.clerk", "接任人员")
    desk.open("/units?q=市民政局")
    unit = desk.one("#units tbody a").get_attribute("href").removeprefix(node.base).split("?")[0]
    handed = post(desk, unit, "救助数据岗", "steward", "leaving.clerk")
    post(desk, unit, "救助统计岗", "consumer", "taking.clerk")
    knock(desk, leaver)
    desk.open("/hooks")
    assert "数据挂接" in desk.text()
    session = driver.get_cookie("hw_session")["value"]

    desk.enter("administrator")
    desk.open(handed)
    desk.follow("岗位交接")
    assert "离任人员" in desk.text() and holds_together(desk) == []
    desk.press("main form .hw-button")
    assert "必填" in desk.text()
    choose(desk, "successor", "taking.clerk")
    choose(desk, "witness", "leader")
    desk.write("remark", "纸质档案一箱")
    desk.press("main form .hw-button")
    sheet = desk.text()
    assert all(each in sheet for each in ("离任人员", "接任人员", "纸质档案一箱", "sha256:"))
    assert len(desk.all(".hw-signatures > div")) == 3 and holds_together(desk) == []
    # On paper: the list and the lines for signing, not the menus.
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = driver.execute_script(
        "return ['.hw-signatures', '.hw-nav'].map((each) => document.querySelector(each).checkVisibility())")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert shown == [True, False]

    # The leaver's browser is out; the successor has two posts and chooses one.
    driver.delete_all_cookies()
    driver.add_cookie({"name": "hw_session", "value": session})
    desk.open("/hooks")
    assert "/sign-in" in driver.current_url
    knock(desk, leaver)
    desk.open("/hooks")
    assert "您当前的岗位无权办理此事项" in desk.text()
    knock(desk, taker, "/hooks")
    choices = [each.text for each in desk.all(".hw-choice button")]
    assert len(choices) == 2 and any("救助数据岗" in each for each in choices)
    desk.click(next(each for each in desk.all(".hw-choice button") if "救助数据岗" in each.text))
    assert "数据挂接" in desk.text()

    # A post that nobody holds is abolished, and restored.
    desk.enter("administrator")
    desk.open(unit)
    unfold(desk, "post")
    desk.write("title", "备用岗", within="#act-post")
    desk.tick("roles", "steward")
    desk.press("#act-post button")
    desk.follow("撤销岗位")
    assert "可在岗位页恢复" in desk.text()
    desk.press("main form button")
    assert "已撤销" in desk.text() and holds_together(desk) == []
    unfold(desk, "restoration")
    desk.press("#act-restoration button")
    assert "岗位已恢复" in desk.text() and "空缺" in desk.text()
