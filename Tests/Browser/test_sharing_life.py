"""What comes before and after the ordinary way of a request: emergencies, running exchanges, renewal, the end of use."""
import datetime
import re
import time

from desk import Desk
from test_request import entry_path, fetched, fill


def test_an_emergency_is_granted_on_a_leaders_word_and_confirmed_in_writing(driver, node):
    desk = Desk(driver, node)
    desk.enter("consumer")
    desk.open(entry_path(desk))
    desk.follow("申请使用")
    fill(desk, "汛期救助核验")
    desk.press("main form .hw-button")
    path = re.sub(r"\?.*", "", desk.driver.current_url.removeprefix(desk.node.base))
    desk.act("ask-emergency", circumstance="强降雨转移安置独居老人")
    assert "待登记口头批准" in desk.text() and "强降雨转移安置独居老人" in desk.text()

    desk.enter("reviewer")
    desk.open(path)
    # The first leader offered is whoever of provider and bureau holds such a post.
    leader = desk.one('#act-approve-orally-bureau [name="leader"] option').get_attribute("value")
    desk.see(desk.one("#act-approve-orally-bureau > summary"))
    said = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8, minutes=-5)).strftime(
        "%Y-%m-%dT%H:%M")
    field = desk.one('#act-approve-orally-bureau [name="saidAt"]')
    driver.execute_script("arguments[0].value = arguments[1]", field, "2020-01-01T09:00")
    desk.act("approve-orally-bureau", leader=leader, means="telephone", words="同意先行提供，随后补办", mask0="keep-6-4",
             mask1="surname")
    # Too long ago: said at the field, with what was typed still there.
    assert "小时内的时间" in desk.text()
    assert desk.one('#act-approve-orally-bureau [name="words"]').get_attribute("value").startswith("同意先行")
    field = desk.one('#act-approve-orally-bureau [name="saidAt"]')
    driver.execute_script("arguments[0].value = arguments[1]", field, said)
    desk.press("#act-approve-orally-bureau form button.hw-button")
    assert "应急授权有效至" in desk.text()

    desk.enter("consumer")
    desk.open(path)
    desk.press('main a[href^="/grants/"]')
    assert "应急" in desk.one("main .hw-chip + .hw-chip").text
    desk.tick("format", "csv")
    desk.press("main form.hw-make button")
    assert "应急" in desk.text()
    assert len(fetched(desk, "a[href$='/file']").splitlines()) > 10
    desk.open(path)
    desk.act("submit-paperwork")
    desk.enter("county-cdo")
    desk.open(path)
    desk.act("sign-paperwork-bureau")
    desk.enter("leader")
    desk.open("/inbox")
    desk.driver.find_element("css selector", f'main table a[href="{path}"]')
    desk.open(path)
    desk.act("confirm-bureau", comment="情况属实，同意")
    # Rows have left already, so there is nothing left to wait for.
    assert "已供数" in desk.text() and "已补办手续并书面确认" in desk.text()


def test_a_list_of_running_exchanges_is_brought_signed_by_both_and_granted(driver, node, tmp_path):
    desk = Desk(driver, node)
    desk.enter("reviewer")
    desk.open("/running-exchanges/new")
    assert desk.one('main a[href="/running-exchanges/template"]')
    titles = "提供方,使用方,目录条目,信息项,使用目的,依据,范围,供数方式,起始日期,截止日期,文号"
    entry = "最低生活保障对象信息"
    provider, recipient = parties(desk, entry)
    rows = [
        f"{provider},{recipient},{entry},身份证号：keep-6-4、姓名：surname、状态,救助核对,社会救助暂行办法,户籍县区 = '源城区',"
        "CSV 文件,2024-01-01,2030-12-31,河民协〔2024〕1号",
        f"{provider},{recipient},{entry},身份证号：keep-6-4、状态,,,,CSV 文件,2024-01-01,,河民协〔2024〕2号",
        f"{provider},没有这个单位,{entry},状态,救助核对,社会救助暂行办法,全部,CSV 文件,,,河民协〔2024〕3号",
    ]
    sheet = tmp_path / "存量共享清单.csv"
    sheet.write_text(titles + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
    desk.open("/running-exchanges/new")
    desk.bring(sheet)
    desk.press("main form .hw-button")
    text = desk.text()
    assert "已导入 2 行，退回 1 行" in text and "B4" in text and "没有这个单位" in text
    assert desk.one('main a[href$="/returned"]')
    path = re.sub(r"\?.*", "", driver.current_url.removeprefix(node.base))
    assert "签署全部（1 项）" in text, text
    desk.press("main form .hw-button")
    assert "已签署 1 项，其中 0 项已授权" in desk.text()

    desk.enter("cdo")
    desk.open(path)
    desk.press("main form .hw-button")
    assert "其中 1 项已授权" in desk.text()
    desk.open("/running-exchanges?lacks=1")
    assert "用途" in desk.text() and "范围" in desk.text()
    desk.open("/running-exchanges?state=granted")
    desk.press('main table a[href^="/running-exchanges/"]')
    desk.follow("查看授权")
    assert "过渡" in desk.one("main .hw-chip + .hw-chip").text

    # No longer needed: given up, and what was taken away is certified as destroyed.
    grant = re.sub(r"\?.*", "", driver.current_url.removeprefix(node.base))
    desk.enter("consumer")
    desk.open(grant)
    desk.tick("format", "csv")
    desk.press("main form.hw-make button")
    desk.open(grant + "/surrender")
    desk.write("reason", "业务已并入新系统")
    desk.press("main form button.hw-button")
    end = "/end-of-use/" + grant.removeprefix("/grants/")
    for _ in range(90):
        desk.open(end)
        if "销毁证明" in desk.text() and desk.all('main [name="witness"]'):
            break
        time.sleep(1)
    desk.write("what", "全部文件及其副本")
    desk.write("how", "介质消磁")
    desk.date("on", datetime.date.today().isoformat())
    desk.write("byWhom", "信息科")
    desk.write("witness", "信息科")
    desk.press("main form button.hw-button")
    assert "不得为同一人" in desk.text()
    desk.write("witness", "办公室")
    desk.date("on", datetime.date.today().isoformat())
    desk.press("main form button.hw-button")
    assert "已提交" in desk.text() and "介质消磁" in desk.text()
    desk.enter("cdo")
    desk.open("/end-of-use?standing=given")
    desk.driver.find_element("css selector", f'main table a[href="{end}"]')


def parties(desk, entry):
    """Who provides the entry, and the consumer's own unit, by their names."""
    accounts = {each["account"]: each for each in desk.node.accounts()}
    return accounts["cdo"]["unit"], accounts["consumer"]["unit"]


def test_a_grant_is_renewed_with_its_treatments_before_it_ends(driver, node):
    desk = Desk(driver, node)
    desk.enter("consumer")
    desk.open("/grants?state=active")
    desk.press('main table a[href^="/grants/"]')
    desk.follow("续期")
    desk.press("main form button.hw-button")
    text = desk.text()
    assert "原授权同时终止" in text and "单位签核" in text
    desk.follow("查看原授权")


def test_a_provider_announces_the_end_the_recipient_objects_and_the_bureau_hears_it(driver, node):
    desk = Desk(driver, node)
    desk.enter("cdo")
    desk.open("/grants?state=active")
    desk.press('main table a[href^="/grants/"]')
    grant = re.sub(r"\?.*", "", driver.current_url.removeprefix(node.base))
    desk.follow("预告终止")
    text = desk.text()
    assert "受影响的授权" in text and "最后供数日不得早于" in text
    day = desk.one('main [name="day"]').get_attribute("value")
    desk.write("reason", "业务系统更换，原库停用")
    desk.date("day", datetime.date.today().isoformat())
    desk.press("main form button.hw-button")
    assert "须满预告期" in desk.text()
    assert desk.one('main [name="reason"]').get_attribute("value") == "业务系统更换，原库停用"
    desk.date("day", day)
    desk.write("basis", "河民函〔2026〕12号")
    desk.press("main form button.hw-button")
    path = re.sub(r"\?.*", "", driver.current_url.removeprefix(node.base))
    assert path.startswith("/announced-ends/") and "使用方已收到通知" in desk.text()

    desk.enter("consumer")
    desk.open("/inbox")
    assert "可提出异议" in desk.text()
    desk.driver.find_element("css selector", f'main a[href^="{path}"]')
    desk.open(grant)
    assert "提供方预告供数至" in desk.text()
    desk.follow("查看预告")
    desk.act("object", comment="核验业务尚未切换")
    assert "核验业务尚未切换" in desk.text() and "object" not in desk.acts()

    desk.enter("cdo")
    desk.open("/inbox")
    desk.press(f'main table a[href="{path}"]')
    desk.act("maintain", comment="新库已上线，请切换")
    desk.enter("county-cdo")
    desk.open(path)
    desk.act("dispute", comment="请予协调")
    desk.follow("查看协调件")
    coordination = re.sub(r"\?.*", "", driver.current_url.removeprefix(node.base))

    desk.enter("reviewer")
    desk.open(coordination)
    desk.see(desk.one("#act-rule > summary")).click()
    desk.tick("outcome", "end-withdrawn", within="#act-rule")
    desk.write("comment", "新库未含该项，继续提供", within="#act-rule")
    desk.press("#act-rule form button")
    assert "撤回预告" in desk.text()
    desk.enter("consumer")
    desk.open(grant)
    assert "提供方预告供数至" not in desk.text()
    desk.open(path)
    assert "预告已撤回" in desk.text()
