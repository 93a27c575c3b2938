"""A real browser on a real node: one sample city is served for the whole run.

HEADWATERS_BINARY names the program under test; `demo-accounts.json` in its data folder holds an account per role.
"""
import json
import os
import pathlib
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

START_SECONDS_MAX = 120
PAGE_SECONDS_MAX = 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RecipientDatabase:
    """A PostgreSQL of a recipient's own, into which rows may be pushed."""

    def __init__(self):
        script = pathlib.Path(__file__).parents[2] / "scripts" / "with-postgres"
        self.process = subprocess.Popen(
            [str(script), "bash", "-c", 'echo "$HEADWATERS_TEST_POSTGRES"; exec cat'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        self.server = urllib.parse.urlsplit(self.url).netloc.split("@")[-1]

    def sql(self, text):
        return subprocess.run(
            ["psql", self.url, "-qtAc", text], capture_output=True, text=True, check=True).stdout.strip()

    def holding(self, table):
        """Somebody at the recipient's who reads the table in a transaction, until the answer is closed."""
        reader = subprocess.Popen(["psql", self.url, "-qtA"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        reader.stdin.write(f"BEGIN; LOCK TABLE {table} IN SHARE MODE; SELECT 'held';\n")
        reader.stdin.flush()
        assert reader.stdout.readline().strip() == "held"
        return reader.stdin

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


class Node:
    def __init__(self, folder, push_host, settings=None):
        self.data = folder / "data"
        self.log = folder / "node.log"
        self.port = free_port()
        # Where a test may answer as a department's own service.
        self.live_port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        command = [os.environ["HEADWATERS_BINARY"], "demo", "--data", str(self.data), "--port", str(self.port)]
        environment = os.environ | {
            "HEADWATERS_HOOKING_LIVE_HOSTS": f"127.0.0.1:{self.live_port}",
            "HEADWATERS_RELEASE_PUSH_HOSTS": push_host,
        } | ((settings(self) if callable(settings) else settings) or {})
        self.process = subprocess.Popen(
            command, env=environment, stdout=self.log.open("wb"), stderr=subprocess.STDOUT)

    def wait(self):
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.base + "/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.3)
        self.stop()
        pytest.fail("the node did not start:\n" + self.log.read_text(errors="replace")[-4000:])

    def accounts(self):
        return json.loads((self.data / "demo-accounts.json").read_text())["accounts"]

    def account(self, role):
        return next(account for account in self.accounts() if role in account["role"].split(","))

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@pytest.fixture(scope="session")
def recipient():
    database = RecipientDatabase()
    yield database
    database.stop()


@pytest.fixture(scope="session")
def node(tmp_path_factory, recipient):
    node = Node(tmp_path_factory.mktemp("node"), recipient.server)
    node.wait()
    yield node
    node.stop()


@pytest.fixture(scope="session")
def chromium():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    driver.set_page_load_timeout(PAGE_SECONDS_MAX)
    yield driver
    driver.quit()


@pytest.fixture
def driver(chromium, node):
    """A browser nobody has used: no cookies, a desk's width."""
    chromium.set_window_size(1280, 900)
    chromium.get(node.base + "/sign-in")
    chromium.delete_all_cookies()
    chromium.get_log("browser")
    yield chromium


@pytest.fixture
def sign_in(driver, node):
    """sign_in("steward") opens the front page as the sample city's account of that role."""

    def enter(role):
        account = node.account(role)
        driver.delete_all_cookies()
        driver.get(node.base + "/sign-in?return=/")
        driver.find_element(By.NAME, "name").send_keys(account["account"])
        driver.find_element(By.NAME, "password").send_keys(account["password"])
        driver.find_element(By.CSS_SELECTOR, "main form button").click()
        WebDriverWait(driver, PAGE_SECONDS_MAX).until(lambda page: "/sign-in" not in page.current_url)
        choices = driver.find_elements(By.CSS_SELECTOR, ".hw-choice button")
        if choices:
            choices[0].click()
            WebDriverWait(driver, PAGE_SECONDS_MAX).until(lambda page: "/post" not in page.current_url)
        return account

    return enter
