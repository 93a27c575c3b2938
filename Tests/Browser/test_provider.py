"""Signing in through a provider of identities on this machine, linking by oneself, and looking at a masked row for a reason."""
import base64
import hashlib
import http.server
import json
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import time
import urllib.parse

import pytest

import checks
from conftest import Node, free_port
from desk import Desk
from test_hook import holds_together


def text_of(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


class Provider:
    """OpenID Connect by hand: whoever comes is signed in at once, unless `refuses`."""

    def __init__(self, folder):
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.subject = "441600-0001"
        self.refuses = False
        self.codes = {}
        self.key = folder / "key.pem"
        subprocess.run(["openssl", "genrsa", "-out", str(self.key), "2048"], check=True, capture_output=True)
        modulus = subprocess.run(
            ["openssl", "rsa", "-in", str(self.key), "-noout", "-modulus"], check=True, capture_output=True, text=True)
        self.modulus = bytes.fromhex(modulus.stdout.strip().split("=")[1])
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def answer(self, status, body="", **headers):
                octets = body.encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(octets)))
                self.end_headers()
                self.wfile.write(octets)

            def do_GET(self):
                path, _, query = self.path.partition("?")
                if path == "/authorize":
                    return self.answer(303, Location=provider.authorize(dict(urllib.parse.parse_qsl(query))))
                documents = {"/.well-known/openid-configuration": provider.description, "/keys": provider.keys}
                if path in documents:
                    return self.answer(200, json.dumps(documents[path]()))
                self.answer(200, "<title>signed out</title>")

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                form = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode()))
                token = provider.redeem(form)
                if token is None:
                    return self.answer(400, '{"error":"invalid_grant"}')
                self.answer(200, json.dumps({"id_token": token, "access_token": "x", "token_type": "Bearer"}))

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def description(self):
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/end", "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["RS256"]}

    def keys(self):
        return {"keys": [
            {"kty": "RSA", "kid": "one", "use": "sig", "e": "AQAB", "n": text_of(self.modulus)}]}

    def authorize(self, asked):
        if self.refuses:
            answer = {"error": "access_denied", "state": asked["state"]}
        else:
            code = text_of(os.urandom(16))
            self.codes[code] = asked
            answer = {"code": code, "state": asked["state"]}
        return asked["redirect_uri"] + "?" + urllib.parse.urlencode(answer)

    def redeem(self, form):
        asked = self.codes.pop(form["code"], None)
        challenge = text_of(hashlib.sha256(form["code_verifier"].encode()).digest())
        if asked is None or asked["code_challenge"] != challenge:
            return None
        now = int(time.time())
        parts = [
            {"alg": "RS256", "kid": "one"},
            {"iss": self.issuer, "aud": asked["client_id"], "sub": self.subject, "nonce": asked["nonce"], "iat": now,
             "exp": now + 300, "auth_time": now}]
        body = ".".join(text_of(json.dumps(part).encode()) for part in parts)
        signature = subprocess.run(
            ["openssl", "dgst", "-sha256", "-sign", str(self.key)], input=body.encode(), check=True, capture_output=True)
        return f"{body}.{text_of(signature.stdout)}"

    def stop(self):
        self.server.shutdown()


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    provider = Provider(tmp_path_factory.mktemp("provider"))
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def city(tmp_path_factory, provider):
    """A city whose people may come in through the provider."""
    folder = tmp_path_factory.mktemp("city")
    described = folder / "providers.json"
    described.write_text(json.dumps({"providers": [
        {"id": "city", "title": "统一身份认证", "issuer": provider.issuer, "client-id": "headwaters",
         "client-authentication": "none", "plain-http": True}]}))
    node = Node(folder, "127.0.0.1:1", lambda node: {
        "HEADWATERS_IDENTITY_PROVIDERS_FILE": str(described), "HEADWATERS_WEB_SITE_ADDRESS": node.base})
    node.wait()
    yield node
    node.stop()


def answer(desk):
    """Of the answer to a form, which cannot be asked for again at another width."""
    return checks.structure(desk.driver) + checks.phone_faults(desk.driver) + checks.missing_words(desk.driver)


def picture(desk, name):
    """Where HEADWATERS_TEST_PICTURES says, at a desk's width and a phone's."""
    folder = os.environ.get("HEADWATERS_TEST_PICTURES")
    if not folder:
        return
    for width in (1280, 360):
        desk.driver.set_window_size(width, 900)
        desk.driver.save_screenshot(str(pathlib.Path(folder) / f"{name}.{width}.png"))
    desk.driver.set_window_size(1280, 900)


def link(desk, text):
    return next(each for each in desk.all("main a") if text in each.text)


def test_a_person_links_their_account_and_comes_in_by_it(driver, city, provider):
    desk = Desk(driver, city)
    account = city.account("steward")
    driver.get(city.base + "/sign-in")
    driver.delete_all_cookies()
    desk.open("/sign-in")
    picture(desk, "sign-in")
    assert holds_together(desk) == []
    # Nobody is linked: the way back to the password is on the page.
    desk.click(link(desk, "统一身份认证"))
    assert "还没有账号与之关联" in desk.text() and answer(desk) == []
    picture(desk, "provider-refused")
    desk.enter(account["account"])
    desk.open("/account")
    desk.click(link(desk, "关联统一身份认证"))
    desk.write("password", account["password"])
    desk.press("main form button")
    assert "身份已核实" in desk.text()
    desk.click(link(desk, "关联统一身份认证"))
    assert "/account" in driver.current_url and "身份已关联" in desk.text()
    picture(desk, "account-linked")
    assert holds_together(desk) == []
    desk.press(".hw-corner form button")
    assert "同时退出统一身份认证" not in desk.text()
    desk.click(link(desk, "统一身份认证"))
    choices = desk.all(".hw-choice button")
    if choices:
        desk.click(choices[0])
    assert "/sign-in" not in driver.current_url
    desk.press(".hw-corner form button")
    assert "同时退出统一身份认证" in desk.text()
    desk.click(link(desk, "同时退出"))
    assert driver.title == "signed out"


def test_who_cancels_there_is_told_so_here(driver, city, provider):
    desk = Desk(driver, city)
    driver.get(city.base + "/sign-in")
    driver.delete_all_cookies()
    provider.refuses = True
    try:
        desk.open("/sign-in")
        desk.click(link(desk, "统一身份认证"))
        assert "您在统一身份认证平台取消了登录" in desk.text() and "cancelled" in desk.text()
        desk.click(link(desk, "用密码登录"))
        assert desk.all('main [name="password"]')
    finally:
        provider.refuses = False


def failing_rows(desk):
    """The first rule of the city with failing rows that a reviewer sees masked."""
    desk.open("/catalogue")
    entries = {each.get_attribute("href").split("?")[0] for each in desk.all('main a[href^="/catalogue/"]')}
    for entry in sorted(entries):
        if not re.search(r"/catalogue/[0-9a-f-]{36}$", entry):
            continue
        desk.driver.get(entry + "?lang=zh-Hans")
        ways = [each.get_attribute("href") for each in desk.all('main a[href$="/rows"]')]
        for way in ways:
            desk.driver.get(way)
            if desk.all('main a[href*="/reveal?row="]'):
                return True
    return False


def test_a_reviewer_looks_at_a_masked_row_for_a_reason_and_the_auditor_reads_of_it(driver, city):
    desk = Desk(driver, city)
    driver.get(city.base + "/sign-in")
    driver.delete_all_cookies()
    desk.enter(city.account("bureau-reviewer")["account"])
    if not failing_rows(desk):
        pytest.skip("the sample city has no failing rows")
    assert desk.all("svg.hw-mark-sheet") and "查看人：" in desk.text()
    picture(desk, "failing-rows-masked")
    assert holds_together(desk) == []
    desk.click(desk.one('main a[href*="/reveal?row="]'))
    assert holds_together(desk) == []
    desk.choose("reason", "complaint")
    desk.write("words", "信访件 441600-7 核对")
    picture(desk, "reveal-form")
    desk.press("main form button")
    assert "本次查看已记入存证" in desk.text() and "***" not in desk.text()
    picture(desk, "revealed")
    assert answer(desk) == [] and desk.all("svg.hw-mark-sheet")
    desk.enter(city.account("auditor")["account"])
    desk.open("/reveals")
    assert "信访件 441600-7 核对" in desk.text()
    picture(desk, "reveals")
    assert holds_together(desk) == []
