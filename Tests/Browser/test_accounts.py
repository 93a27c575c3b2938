"""Signing in with a code beside the password, giving the password again before signing, and ending a session from elsewhere."""
import base64
import hmac
import re
import struct
import time

import pytest

import checks
from conftest import Node
from desk import Desk
from test_calendar import next_working_day
from test_hook import holds_together

PERIOD_SECONDS = 30


class App:
    """An authenticator app: RFC 6238 by hand. Never shows the same period's code twice, as the site takes each once."""

    def __init__(self, groups):
        self.secret = base64.b32decode(groups.replace(" ", ""))
        self.shown = 0

    def code(self):
        period = max(int(time.time()) // PERIOD_SECONDS, self.shown + 1)
        # The site takes the next period's code too; one further on has to be waited for.
        while period > int(time.time()) // PERIOD_SECONDS + 1:
            time.sleep(0.5)
        self.shown = period
        tag = hmac.new(self.secret, struct.pack(">Q", period), "sha1").digest()
        start = tag[-1] & 15
        return f"{(struct.unpack('>I', tag[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    """A city whose auditors need a second factor, and where signing asks again after a second."""
    node = Node(
        tmp_path_factory.mktemp("strict"), "127.0.0.1:1",
        {"HEADWATERS_IDENTITY_SECOND_FACTOR_ROLES": "auditor", "HEADWATERS_IDENTITY_CONFIRM_SECONDS_MAX": "1"})
    node.wait()
    yield node
    node.stop()


def answer(desk):
    """Of the answer to a form, which cannot be asked for again at another width."""
    return checks.structure(desk.driver) + checks.phone_faults(desk.driver) + checks.missing_words(desk.driver)


def knock(desk, account):
    desk.driver.delete_all_cookies()
    desk.open("/sign-in?return=/evidence")
    desk.write("name", account["account"])
    desk.write("password", account["password"])
    desk.press("main form button")


def test_a_second_factor_from_setting_it_up_to_a_recovery_code(driver, strict):
    desk = Desk(driver, strict)
    auditor = strict.account("auditor")
    knock(desk, auditor)
    # Nothing else is open.
    assert "/account/second-factor" in driver.current_url
    desk.open("/evidence")
    assert "/account/second-factor" in driver.current_url and "启用后方可办理" in desk.text()
    assert holds_together(desk) == []
    desk.write("password", auditor["password"])
    desk.press("main form .hw-button")
    assert holds_together(desk) == []
    drawing = desk.one("main svg")
    assert drawing.size["width"] >= 180 and drawing.find_elements("css selector", "path")
    app = App(desk.all("main pre code")[0].text)
    desk.write("code", "000000")
    desk.press("main form .hw-button")
    assert "动态码不正确" in desk.text() and answer(desk) == []
    desk.write("code", app.code())
    desk.press("main form .hw-button")
    codes = re.findall(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}", desk.text())
    assert len(set(codes)) == 10 and answer(desk) == []
    desk.press("main .hw-button")
    assert holds_together(desk) == [] and "已启用" in desk.text()

    knock(desk, auditor)
    assert "输入动态码" in desk.text() and answer(desk) == []
    desk.write("code", app.code())
    desk.press("main form button")
    assert "/evidence" in driver.current_url
    knock(desk, auditor)
    desk.write("code", codes[0])
    desk.press("main form button")
    assert "/evidence" in driver.current_url
    knock(desk, auditor)
    desk.write("code", codes[0])
    desk.press("main form button")
    assert "动态码不正确" in desk.text()


def test_signing_asks_for_the_password_again_and_keeps_what_was_typed(driver, strict):
    desk = Desk(driver, strict)
    reviewer = strict.account("bureau-reviewer")
    desk.enter(reviewer["account"])
    desk.open("/calendar/closures/new")
    day = next_working_day()
    desk.date("from", day)
    desk.date("to", day)
    desk.write("reason", "防御台风，全市停工停课")
    desk.write("document", "防总〔2026〕1号")
    desk.press("main form .hw-button")
    time.sleep(1.1)
    desk.press("main form .hw-button")
    assert "再次确认身份" in desk.text() and answer(desk) == []
    desk.write("confirm-again", "wrong")
    desk.press("main form .hw-button")
    assert "密码不正确" in desk.text() and answer(desk) == []
    desk.write("confirm-again", reviewer["password"])
    desk.press("main form .hw-button")
    assert "/calendar/publications/" in driver.current_url and "防御台风" in desk.text()


def test_a_session_left_open_is_ended_from_the_account_page(driver, strict):
    desk = Desk(driver, strict)
    desk.enter("consumer")
    left = driver.get_cookie("hw_session")
    desk.enter("consumer")
    desk.open("/account")
    assert holds_together(desk) == [] and "Chrome" in desk.text() and "127.0.0.1" in desk.text()
    links = desk.all('main a[href^="/account/sessions/"]')
    assert len(links) == 2
    desk.click(links[1])
    assert holds_together(desk) == []
    desk.press("main form .hw-button")
    assert len(desk.all('main a[href^="/account/sessions/"]')) == 1
    driver.delete_all_cookies()
    driver.add_cookie({"name": "hw_session", "value": left["value"]})
    desk.open("/account")
    assert "/sign-in" in driver.current_url
