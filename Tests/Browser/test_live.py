"""A steward hooks a department's own HTTP service to an entry: describes it, tries it with a key, confirms what it answers."""
import http.server
import json
import os
import subprocess
import threading
import urllib.parse

import checks
import pytest
from desk import Desk
from test_hook import holds_together
from test_request import ENTRY

KEY = "441602199001011234"
SECRET = "s3cret-of-the-register"


class Register:
    """Answers one person, to whoever shows the secret."""

    def __init__(self, port):
        self.asked = []
        self.status = 200
        register = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                register.asked.append(self.path)
                query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
                person = {"身份证号": KEY, "姓名": "张三丰", "月保障金额": 530.5, "起始日期": "2024-02-29"}
                status = register.status if self.headers.get("X-Api-Key") == SECRET else 401
                found = [person] if query.get("id") == [KEY] else []
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps({"code": 0, "data": found}).encode() if status == 200 else b"")

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def entry_of_its_own(node):
    """A published entry without a source, of the same columns as the sample's; other tests use up those that wait. Its page."""

    def entry(account, *words):
        token = next(each["token"] for each in node.accounts() if each["account"] == account)
        command = [os.environ["HEADWATERS_BINARY"], "entry", *words, "--data", str(node.data), "--json"]
        said = subprocess.run(command + ["--token", token], check=True, capture_output=True).stdout
        return json.loads(said)

    known = next(each for each in entry("steward", "list") if each["title"] == ENTRY)
    card = entry("steward", "show", known["id"])["card"]
    del card["resourceCode"]
    file = node.data.parent / "card.json"
    file.write_text(json.dumps(card | {"title": "救助对象实时核验"}))
    made = entry("steward", "draft", "--file", str(file))["id"]
    entry("steward", "submit", made)
    entry("reviewer", "publish", made)
    return f"/catalogue/{made}"


@pytest.fixture
def register(node):
    register = Register(node.live_port)
    yield register
    register.stop()


def describe(desk, node, secret):
    desk.write("live-base", f"http://127.0.0.1:{node.live_port}/person")
    desk.write("live-parameters", "query id = @身份证号")
    desk.choose("live-credential", "header")
    desk.write("live-credentialName", "X-Api-Key")
    desk.write("password", secret, within="form#live")
    desk.write("live-records", "/data")
    desk.write("live-sample", KEY)


def test_a_service_is_described_tried_and_hooked(driver, node, register):
    desk = Desk(driver, node)
    desk.enter("steward")
    entry = entry_of_its_own(node)
    desk.open(f"{entry}/hook/source")
    assert holds_together(desk) == []
    # What is wrong is said at its field, and nothing is asked.
    desk.press("form#live button")
    assert desk.one('form#live [name="live-base"]').get_attribute("aria-invalid") == "true"
    assert register.asked == []
    describe(desk, node, "wrong")
    desk.press("form#live button")
    assert "401" in desk.text() and "wrong" not in driver.page_source
    desk.open(f"{entry}/hook/source")
    describe(desk, node, SECRET)
    desk.press("form#live button")
    assert "张" in desk.one(".hw-preview").text and SECRET not in driver.page_source
    assert register.asked == [f"/person?id={KEY}"] * 2
    desk.press("form#reading .hw-button:not([formaction])")
    # Once more, to see that it still answers what was confirmed.
    assert len(register.asked) == 3
    hook = driver.current_url.removeprefix(node.base).split("?")[0]
    assert hook.startswith("/hooks/") and "接口正常" in desk.text() and "X-Api-Key" in desk.text()
    assert SECRET not in driver.page_source and "张三丰" not in driver.page_source
    assert not desk.all('form[action$="/publications"]')
    assert holds_together(desk) == []

    # Paused and resumed; asked nothing more by any of it.
    desk.open(hook)
    desk.follow("暂停")
    desk.press("main form .hw-button")
    assert "已暂停" in desk.text()
    desk.follow("恢复")
    desk.press("main form .hw-button")
    assert "接口正常" in desk.text()
    desk.open(entry)
    assert "只供实时调用" in desk.text()
    # Its columns are confirmed by a sample: there is nothing to read without one.
    desk.open(f"{entry}/hook/source")
    assert not desk.all(f'a[href="{entry}/hook/reading"]')
    desk.open(f"{entry}/hook/reading")
    assert driver.current_url.endswith(f"{entry}/hook/source#live")
    assert len(register.asked) == 3
    assert [line for line in checks.console_errors(driver) if "422" not in line] == []
