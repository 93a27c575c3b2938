"""A unit's own approval chain from the designer to the decision, and who signs while its officer is away."""
import datetime

from desk import Desk
from test_hook import holds_together
from test_request import draft, sign_off_and_accept

FORM = "/approval-chains/sharing-request.decision/default"


def enter_as(desk, account, post):
    """Signs in and chooses the post of that title, of several."""
    found = next(each for each in desk.node.accounts() if each["account"] == account)
    desk.driver.delete_all_cookies()
    desk.open("/sign-in?return=/")
    desk.write("name", found["account"])
    desk.write("password", found["password"])
    desk.press("main form button")
    desk.click(next(each for each in desk.all(".hw-choice button") if post in each.text))


def test_a_chain_is_designed_tried_and_walked_to_and_fro(driver, node):
    desk = Desk(driver, node)
    desk.enter("cdo")
    desk.open(FORM)
    assert desk.all('main [name="s5-1"]'), "from the clerk to the leader in one go"
    desk.choose("s1-1", "steward//")
    desk.choose("s2-1", "department-cdo//")
    desk.press('main form button[name="do"]')
    assert "尚未保存" in desk.text() and desk.text().count("可签署") == 2
    # Tried by one person alone, it would not work, and that is said before anything is saved.
    desk.choose("s1-1", "department-cdo//")
    desk.press('main form button[name="do"]')
    assert "已签前一步" in desk.text()
    desk.choose("s1-1", "steward//")
    desk.press("main form button.hw-button")
    assert "审批流已保存" in desk.text() and "数据专员 → 部门首席数据官" in desk.text()
    try:
        assert holds_together(desk) == []
        path = draft(desk, "审批流情形", deliveries=("csv",))
        sign_off_and_accept(desk, path)
        desk.enter("cdo")
        desk.open(path)
        assert "counter" not in desk.acts(), "it is not their step yet"
        desk.enter("steward")
        desk.open(path)
        desk.act("agree", comment="经办拟同意")
        assert "第 2 步，共 2 步" in desk.text()
        desk.enter("cdo")
        desk.open(path)
        desk.act("return-decision", step="1", comment="请核实信息项")
        assert "第 1 步，共 2 步" in desk.text()
        desk.enter("steward")
        desk.open(path)
        desk.act("agree", comment="已核实")
        desk.enter("cdo")
        desk.open(path)
        desk.act("counter", mask0="keep-6-4", mask1="surname", comment="身份证号、姓名须脱敏")
        assert "调整意见待答复" in desk.text() and holds_together(desk) == []
    finally:
        desk.enter("cdo")
        desk.open("/approval-chains")
        desk.see(desk.one('form[action$="default/removal"]').find_element("xpath", "..")).click()
        desk.press('form[action$="sharing-request.decision/default/removal"] button')
        assert "本单位设定" not in desk.text()


def test_who_stands_in_signs_while_the_officer_is_away(driver, node):
    desk = Desk(driver, node)
    path = draft(desk, "代行情形", deliveries=("csv",))
    sign_off_and_accept(desk, path)
    desk.enter("cdo")
    desk.open("/account")
    form = 'form[action="/account/deputies"]'
    today = datetime.date.today().isoformat()
    details = desk.one(form).find_element("xpath", "ancestor::details")
    if details.get_attribute("open") is None:
        desk.see(details.find_element("css selector", "summary")).click()
    person = next(
        each for each in desk.all(f'{form} [name="person"] option') if "数据专员" in each.text)
    desk.choose("person", person.get_attribute("value"), within=form)
    desk.date("from", today)
    desk.date("through", today)
    desk.write("reason", "外出学习", within=form)
    desk.press(f"{form} button.hw-button")
    try:
        enter_as(desk, "steward", "首席数据官")
        desk.open("/inbox")
        desk.driver.find_element("css selector", f'main table a[href="{path}"]')
        desk.open(path)
        desk.act("counter", mask0="keep-6-4", mask1="surname", comment="身份证号、姓名须脱敏")
        assert "调整意见待答复" in desk.text() and "代行" in desk.text()
    finally:
        desk.enter("cdo")
        desk.open("/account")
        desk.press('main a[href*="/account/deputies/"]')
        desk.press("main form button.hw-button")
        assert "代行已结束" in desk.text()
