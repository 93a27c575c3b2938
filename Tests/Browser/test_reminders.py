"""A chief data officer gives an address, confirms it by the code that came, and sets up the unit's group robot."""
import base64
import email
import http.server
import json
import re
import socketserver
import threading

import pytest

import checks
from conftest import Node
from desk import Desk
from test_hook import holds_together


class Mail(socketserver.StreamRequestHandler):
    """The least of a mail server."""

    taken = []

    def handle(self):
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline().strip().upper():
            if line == b"DATA":
                self.wfile.write(b"354 go\r\n")
                text = b""
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    text += part
                self.taken.append(email.message_from_bytes(text))
            if line == b"QUIT":
                return self.wfile.write(b"221 bye\r\n")
            self.wfile.write(b"250 ok\r\n")


class Robot(http.server.BaseHTTPRequestHandler):
    answer = {"errcode": 0}
    asked = []

    def do_POST(self):
        self.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        body = json.dumps(self.answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A city with a mail server and a robot's host."""
    mail = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail)
    robot = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Robot)
    for server in (mail, robot):
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    node = Node(
        tmp_path_factory.mktemp("told"), "127.0.0.1:1",
        {
            "HEADWATERS_WEB_SITE_ADDRESS": "https://data.example.gov.cn",
            "HEADWATERS_REMINDER_MAIL_HOST": "127.0.0.1",
            "HEADWATERS_REMINDER_MAIL_PORT": str(mail.server_address[1]),
            "HEADWATERS_REMINDER_MAIL_SECURITY": "plain",
            "HEADWATERS_REMINDER_MAIL_SENDER": "reminder@data.example.gov.cn",
            "HEADWATERS_REMINDER_WEBHOOK_HOSTS": f"127.0.0.1:{robot.server_address[1]}",
        })
    node.wait()
    node.robot = f"http://127.0.0.1:{robot.server_address[1]}/cgi-bin/webhook/send?key=k-1"
    yield node
    node.stop()
    mail.shutdown()
    robot.shutdown()


def refusal(desk):
    """Of the answer to a form, which cannot be asked for again at another width."""
    return checks.structure(desk.driver) + checks.phone_faults(desk.driver) + checks.missing_words(desk.driver)


def picture(desk, tmp_path, name):
    for width in (1280, 360):
        desk.driver.set_window_size(width, 1400)
        desk.driver.save_screenshot(str(tmp_path / f"{name}-{width}.png"))
    desk.driver.set_window_size(1280, 900)


def test_an_address_is_confirmed_and_a_robot_set_up(chromium, told, tmp_path):
    chromium.set_window_size(1280, 900)
    desk = Desk(chromium, told)
    desk.enter("cdo")
    desk.open("/account")
    desk.follow("提醒")
    assert "设置电子邮箱" in desk.text() and holds_together(desk) == []
    # What a browser would stop is stopped by the server too.
    desk.driver.execute_script("document.querySelectorAll('form').forEach((form) => form.noValidate = true)")
    desk.write("address", "nobody")
    desk.press("#form-address .hw-button")
    assert "不是可用的电子邮箱地址" in desk.text() and refusal(desk) == []
    desk.write("address", "cdo@example.gov.cn")
    desk.press("#form-address .hw-button")
    assert "待确认" in desk.text() and holds_together(desk) == []
    desk.write("code", "1")
    desk.press("#form-code .hw-button")
    assert "还可以试 4 次" in desk.text() and refusal(desk) == []
    mail = Mail.taken[-1]
    assert mail["To"] == "<cdo@example.gov.cn>"
    code = re.search(r"验证码：(\d{6})", base64.b64decode(mail.get_payload()).decode()).group(1)
    desk.write("code", code)
    desk.press("#form-code .hw-button")
    assert "启用" in desk.text() and "待确认" not in desk.text()
    desk.driver.execute_script("document.querySelector('#form-wish [name=mode][value=digest]').click()")
    desk.write("digestTime", "23:30", within="#form-wish")
    desk.press("#form-wish .hw-button")
    assert "在免打扰时段" in desk.text() and refusal(desk) == []
    desk.write("digestTime", "08:40", within="#form-wish")
    desk.press("#form-wish .hw-button")
    assert "提醒设置已保存" in desk.text()
    assert desk.one('#form-wish [name="digestTime"]').get_attribute("value") == "08:40"
    picture(desk, tmp_path, "own")
    assert holds_together(desk) == []

    desk.open("/reminder-channels")
    assert "还没有提醒渠道" in desk.text() and holds_together(desk) == []
    desk.open("/reminder-channels/new")
    picture(desk, tmp_path, "new")
    desk.write("label", "数据专班群")
    desk.write("address", "https://example.cn/send?key=k-1")
    desk.press("#form-channel .hw-button")
    assert "没有放行主机 example.cn:443" in desk.text() and refusal(desk) == []
    assert desk.one('[name="label"]').get_attribute("value") == "数据专班群"
    desk.write("address", told.robot)
    desk.press("#form-channel .hw-button")
    assert "渠道已添加" in desk.text() and "k-1" not in desk.driver.page_source
    desk.press('form[action$="/test"] button')
    assert "试发成功" in desk.text() and Robot.asked[-1]["msgtype"] == "text"
    Robot.answer = {"errcode": 45009}
    desk.press('form[action$="/test"] button')
    assert "错误码 45009" in desk.text()
    picture(desk, tmp_path, "channel")
    assert holds_together(desk) == []
    desk.press('form[action$="/pause"] button')
    assert "已暂停" in desk.text()
    desk.follow("删除渠道")
    assert holds_together(desk) == []
    desk.press("main form .hw-button, main form button")
    assert "渠道已删除" in desk.text()
