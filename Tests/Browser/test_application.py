"""Several entries asked for in one go: one draft, one sign-off, a request for each of them."""
import datetime
import re

from desk import Desk
from selenium.webdriver.common.by import By
from test_hook import holds_together
from test_request import ENTRY, draft, entry_path, fetched, sign_off_and_accept


def path_of(desk):
    return re.sub(r"\?.*", "", desk.driver.current_url.removeprefix(desk.node.base))


def test_several_entries_are_asked_for_signed_off_once_and_parted(driver, node):
    desk = Desk(driver, node)
    desk.enter("consumer")
    # From the entry's own page into a new application.
    desk.open(entry_path(desk))
    desk.follow("加入一事多项申请")
    desk.press("main form .hw-button")
    assert "必填" in desk.text()
    desk.write("title", "低保家庭经济状况核对")
    desk.press("main form .hw-button")
    part = path_of(desk)
    application = part.split("/entries/")[0]
    # One choice for each item says whether and how it is asked for.
    for field in desk.all('main select[name^="item"]'):
        label = desk.one(f'label[for="{field.get_attribute("id")}"]').text
        if label.startswith("身份证号"):
            desk.choose(field.get_attribute("name"), "keep-6-4")
        if label.startswith(("户籍县区", "状态")):
            desk.choose(field.get_attribute("name"), "plain")
    desk.write("rows", "户籍县区 = '源城区'")
    desk.tick("deliveries", "csv")
    desk.write("expectedRows", "100000")
    desk.press("main form .hw-button")
    text = desk.text()
    assert "身份证号（保留前 6 位和后 4 位）" in text and "户籍县区 = '源城区'" in text

    # Another one by search, into the same draft; the shared part once.
    desk.open(application + "?q=信息")
    found = desk.all('main form [name="entry"]')
    assert found, desk.text()
    value = found[0].get_attribute("value")
    desk.tick("entry", value)
    desk.press(f'main form[action="{application}/entries"] .hw-button')
    desk.open(f"{application}/entries/{value}")
    desk.tick("allItems", "1")
    for box in desk.all('main [name="deliveries"]'):
        if box.get_attribute("value") == "csv":
            desk.tick("deliveries", "csv")
    desk.write("expectedRows", "5000")
    desk.press("main form .hw-button")
    today = datetime.date.today()
    desk.follow("填写共同部分")
    desk.write("purpose", "社会救助家庭经济状况核对")
    desk.write("legalBasis", "社会救助暂行办法第五十八条")
    desk.date("from", today.isoformat())
    desk.date("to", (today + datetime.timedelta(days=300)).isoformat())
    desk.write("retentionDays", "90")
    desk.write("contactPost", "救助科经办岗")
    desk.tick("isCommitted", "1")
    desk.press("main form .hw-button")
    assert path_of(desk) == application
    # Reordered, and signed off by another person for all of it.
    desk.press('main button[name="move"][value="down"]')
    desk.act("submit")
    assert "本单位签核" in desk.text()
    desk.enter("county-cdo")
    desk.open("/inbox")
    desk.driver.find_element(By.CSS_SELECTOR, f'main table a[href="{application}"]')
    desk.open(application)
    desk.act("sign-off", comment="同意")
    text = desk.text()
    assert "分办中" in text and "共 2 项" in text and "办理中 2 项" in text
    requests = [each.get_attribute("href").removeprefix(node.base) for each in desk.all('main table a[href^="/requests/"]')]
    assert len(requests) == 2

    desk.enter("reviewer")
    for request in requests:
        desk.open(request)
        assert "一事多项申请的第" in desk.text()
        acts = desk.acts()
        desk.act("accept" if "accept" in acts else "grant-unconditional")
    desk.enter("cdo")
    for request in requests:
        desk.open(request)
        if ENTRY in desk.text() and "agree" in desk.acts():
            # The provider sees its own request, not the whole.
            assert not desk.all(f'main a[href="{application}"]')
            desk.act("agree")
            granted = request
    desk.open(application)
    assert "未找到" in desk.one("body").text

    # What was delivered is accepted, after an objection.
    desk.enter("consumer")
    desk.open(application)
    assert "已授权" in desk.text()
    desk.open(granted)
    desk.follow("查看授权")
    desk.tick("format", "csv")
    desk.press("main form.hw-make button")
    assert len(fetched(desk, "a[href$='/file']").splitlines()) > 10
    desk.open(granted)
    assert "已供数，待验收" in desk.text()
    desk.act("object-delivery", reasons="late", comment="约定上周供数")
    assert "验收异议，待提供方处理" in desk.text()
    desk.enter("cdo")
    desk.open(granted)
    desk.act("mend", comment="已补充说明")
    desk.enter("consumer")
    desk.open(granted)
    desk.act("accept-delivery")
    assert "已供数并验收" in desk.text() and "不符之处：逾期供数" in desk.text()

    # The rest is withdrawn, and with its last request the application has ended.
    desk.open(application)
    if "act-withdraw-rest" in [each.get_attribute("id") for each in desk.all(".hw-act")]:
        desk.act("withdraw-rest", comment="其余暂不需要")
    desk.open(application)
    assert "全部办结" in desk.text() or "已授权 2 项" in desk.text()


def test_a_request_that_came_to_the_wrong_provider_is_passed_on(driver, node):
    desk = Desk(driver, node)
    path = draft(desk, "转办情形", deliveries=("csv",))
    sign_off_and_accept(desk, path)
    desk.enter("cdo")
    desk.open(path)
    # The department above is asked first: the time to answer waits, and nothing can be granted.
    desk.date("sentOn", datetime.date.today().isoformat())
    desk.act("ask-superior", superior="省民政厅", letter="河民函〔2026〕12号")
    text = desk.text()
    assert "须经上级部门同意" in text and "等待上级部门答复的最长时限" in text
    assert "agree" not in desk.acts() and "counter" not in desk.acts() and "refuse" in desk.acts()
    desk.act("misdirected", comment="应由市场监管部门提供")
    assert "待主管部门裁定" in desk.text()

    desk.enter("reviewer")
    desk.open(path)
    desk.act("pass-on", entry="没有这个条目", comment="转办")
    assert "没有查到唯一的条目" in desk.text()
    assert desk.one('#act-pass-on [name="comment"]').get_attribute("value") == "转办"
    desk.enter("consumer")
    desk.open("/applications/new")
    desk.write("title", "查找条目")
    desk.press("main form .hw-button")
    desk.open(path_of(desk) + "?q=信息")
    labels = [each for each in desk.all('main label.hw-option') if ENTRY not in each.text]
    right = labels[0].find_element(By.NAME, "entry").get_attribute("value")
    desk.enter("reviewer")
    desk.open(path)
    desk.act("pass-on", entry=right, comment="转办")
    assert "已转办" in desk.text()
    desk.follow("查看转办后的申请")
    moved = path_of(desk)
    assert moved != path and "转办前已用" in desk.text() and "应由市场监管部门提供" in desk.text()

    # Its items are others: the applicant says which.
    desk.enter("consumer")
    desk.open(moved)
    assert "待申请方确认信息项" in desk.text()
    desk.follow("确认信息项")
    for box in desk.all('main [name="columns"]')[:2]:
        desk.tick("columns", box.get_attribute("value"))
    desk.write("rows", "")
    desk.press("main form .hw-button")
    assert "待申请方确认信息项" not in desk.one("main .hw-chip").text


def test_a_list_is_brought_its_good_rows_are_drafted_and_the_others_come_back(driver, node, tmp_path):
    desk = Desk(driver, node)
    desk.enter("consumer")
    desk.open("/application-lists/new")
    assert holds_together(desk) == [] and "下载模板" in desk.text()
    today = datetime.date.today()
    titles = "业务事项,目录条目,信息项,数据条件,供数方式,预计行数,每日最多行数,使用目的,依据,起始日期,截止日期,保存天数,联系岗位"

    def row(entry):
        last = today + datetime.timedelta(days=90)
        return f"批量核对,{entry},户籍县区,,csv,100,,救助核对,社会救助暂行办法,{today},{last},30,经办岗"

    sheet = tmp_path / "批量申请.csv"
    sheet.write_text("\n".join([titles, row(ENTRY), row("没有这个条目")]) + "\n", encoding="utf-8")
    desk.bring(sheet)
    desk.press("main form .hw-button")
    assert "B3" in desk.text() and "批量核对" in desk.text() and holds_together(desk) == []
    desk.tick("isCommitted", "1")
    desk.press("#drafting .hw-button")
    assert not desk.all("#drafting") and holds_together(desk) == []
    desk.open("/applications")
    assert "批量核对" in desk.text()
