"""What comes before and after the ordinary way of a request: emergencies, running exchanges, renewal, the end of use."""
import datetime
import re

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
