"""A decision that a leader signed on paper: entered with its scan by a colleague, confirmed by its signer."""
import datetime
import re

from desk import Desk
from test_hook import holds_together
from test_letters import picture
from test_request import entry_path, fill, sign_off_and_accept


def test_a_signature_on_paper_is_entered_with_its_scan_and_confirmed(driver, node, tmp_path):
    desk = Desk(driver, node)
    desk.enter("consumer")
    desk.open(entry_path(desk))
    desk.follow("申请使用")
    fill(desk, "冬春救助资格核验")
    # Nobody may have it as it is, so it could not be agreed to as asked.
    driver.execute_script("arguments[0].click()", desk.one('main [name="columns"][value="身份证号"]'))
    desk.press("main form .hw-button")
    path = re.sub(r"\?.*", "", driver.current_url.removeprefix(node.base))
    desk.act("submit")
    sign_off_and_accept(desk, path)

    desk.enter("steward")
    desk.open(path)
    desk.follow("补录纸质审批")
    assert holds_together(desk) == []
    desk.bring(picture(tmp_path / "签批单.png"))
    desk.press("main form .hw-button")
    assert desk.driver.execute_script("return document.querySelector('figure img').naturalWidth") == 8
    assert holds_together(desk) == []
    signer = [option.get_attribute("value") for option in desk.all('main [name="signer"] option')]
    desk.choose("signer", next(value for value in signer if value))
    desk.tick("decision", "agree")
    desk.write("comment", "同意，限冬春救助")
    today = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)
    desk.date("signedOn", (today + datetime.timedelta(days=1)).date().isoformat())
    desk.write("reason", "出差期间网络不通")
    desk.press("main form .hw-button")
    # Not yet signed: said at the field, with what was typed still there.
    assert desk.one('main [name="reason"]').get_attribute("value") == "出差期间网络不通"
    desk.date("signedOn", today.date().isoformat())
    desk.press("main form .hw-button")
    assert "经追认或复核后生效" in desk.text() and "补录" in desk.text() and holds_together(desk) == []

    desk.enter("cdo")
    desk.open("/inbox")
    desk.press('main table a[href*="/paper-approvals/"]')
    assert "同意，限冬春救助" in desk.text() and holds_together(desk) == []
    confirmation = desk.one("#act-confirmation")
    if confirmation.get_attribute("open") is None:
        desk.see(desk.one("#act-confirmation > summary")).click()
    desk.press("#act-confirmation .hw-button")
    assert "已追认" in desk.text()
    desk.open(path)
    assert "已授权" in desk.text() and "补录" in desk.text() and holds_together(desk) == []
