"""Every page that a role can reach by links, looked at as its people would: at a desk and on a phone, with and without
JavaScript, by eye and by screen reader."""
import re
import urllib.parse

import checks
import pytest
from desk import Desk
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

READERS = [
    ("steward", "zh-Hans"),
    ("cdo", "zh-Hans"),
    ("cdo", "en"),
    ("reviewer", "zh-Hans"),
    ("consumer", "zh-Hans"),
    ("consumer", "en"),
    ("consumer", "zh-Hant"),
    ("auditor", "zh-Hans"),
    ("administrator", "zh-Hans"),
    (None, "en"),
]
PAGES_MAX = 60


def shape(path):
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", urllib.parse.urlsplit(path).path)


def links(driver, base):
    hrefs = driver.execute_script("return [...document.querySelectorAll('a[href]')].map((a) => a.href)")
    for href in hrefs:
        if href.startswith(base + "/") and "format=csv" not in href and "format=excel" not in href:
            path = href.removeprefix(base).split("#")[0]
            if not path.startswith(("/api/", "/assets/")) and not path.endswith(("/file", "/view", "/receipt", ".json", ".pem")):
                yield path


def walk(driver, base):
    """The paths of one page of each shape."""
    waiting, seen = ["/"], {}
    while waiting and len(seen) < PAGES_MAX:
        path = waiting.pop(0)
        if shape(path) in seen:
            continue
        seen[shape(path)] = path
        driver.get(base + path)
        yield path
        waiting.extend(links(driver, base))


@pytest.mark.parametrize("account, language", READERS)
def test_every_page_holds_together(driver, node, account, language):
    desk = Desk(driver, node, language)
    desk.open("/")
    if account:
        desk.enter(account)
    driver.get_log("browser")
    faults, pages = [], 0
    for path in walk(driver, node.base):
        pages += 1
        found = (
            [f"no word {word}" for word in checks.missing_words(driver)]
            + [f"no label {control}" for control in checks.controls_without_label(driver)]
            + checks.structure(driver)
            + checks.outline(driver)
            + checks.faint_text(driver)
            + checks.raw_text(driver)
            + checks.console_errors(driver)
            + checks.phone_faults(driver)
        )
        faults += [f"{path}: {each}" for each in found]
    assert pages >= 3
    assert faults == [], "\n".join(faults)


@pytest.fixture(scope="module")
def plain():
    """A browser without JavaScript."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    yield driver
    driver.quit()


def test_without_javascript_pages_read_and_forms_work(plain, node):
    account = node.account("consumer")
    plain.get(node.base + "/sign-in?return=/catalogue&lang=zh-Hans")
    plain.find_element(By.NAME, "name").send_keys(account["account"])
    plain.find_element(By.NAME, "password").send_keys(account["password"])
    plain.find_element(By.CSS_SELECTOR, "main form button").click()
    WebDriverWait(plain, 20).until(lambda page: "/catalogue" in page.current_url)
    plain.find_element(By.CSS_SELECTOR, "main input[type=search]").send_keys("保障")
    plain.find_element(By.CSS_SELECTOR, "main .hw-filter button").click()
    WebDriverWait(plain, 20).until(lambda page: "q=" in page.current_url)
    rows = plain.find_elements(By.CSS_SELECTOR, "main tbody tr")
    assert any("最低生活保障对象信息" in row.text for row in rows)
    plain.find_element(By.CSS_SELECTOR, "main tbody a").click()
    assert plain.find_element(By.TAG_NAME, "h1").text
    plain.get(node.base + "/grants")
    plain.find_element(By.CSS_SELECTOR, "main tbody a").click()
    assert plain.find_element(By.CSS_SELECTOR, "form.hw-make button").is_enabled()


def test_a_chart_is_drawn_and_its_figures_can_be_read(driver, node):
    desk = Desk(driver, node)
    desk.enter("steward")
    driver.get(node.base + "/catalogue?provider=&q=最低生活保障&lang=zh-Hans")
    desk.click(driver.find_element(By.CSS_SELECTOR, "main tbody a"))
    desk.one("#quality canvas")
    desk.see(desk.one("#quality summary")).click()
    assert "%" in desk.one("#quality").text
    assert re.search(r"\d", desk.one("#quality table").text)
    # A count of failing rows leads to those rows.
    failing = driver.find_element(By.CSS_SELECTOR, '#rule-results a[href$="/rows"]')
    count = int(failing.text.replace(",", ""))
    desk.click(failing)
    assert len(desk.all("#rows tbody tr")) == min(count, 50)
    assert count <= 50 or desk.all('#rows a[rel="next"]')
    assert desk.all('#rows a[download]')


def test_a_rule_is_revised_and_its_history_kept(driver, node):
    desk = Desk(driver, node)
    desk.enter("steward")
    desk.open("/catalogue?q=最低生活保障")
    desk.click(driver.find_element(By.CSS_SELECTOR, "main tbody a"))
    desk.follow("质量规则")
    desk.click(driver.find_element(By.CSS_SELECTOR, "#rules tbody a"))
    desk.write("citation", "GB/T 36344-2018")
    desk.press("main form .hw-button")
    assert "第 2 次修订" in desk.text() and "GB/T 36344-2018" in desk.text()


@pytest.mark.parametrize(
    "path, status",
    [("/nothing-is-here", 404), ("/catalogue/not-an-id", 404), ("/evidence", 403), ("/grants/0/revocation", 403)],
)
def test_a_page_that_refuses_says_so_and_leads_on(driver, node, path, status):
    desk = Desk(driver, node)
    desk.enter("consumer")
    desk.open(path)
    assert desk.one(".hw-state-code").text == str(status)
    assert len(desk.one(".hw-lead").text) > 5
    desk.press(".hw-state .hw-button")
    assert desk.one("h1").text


def test_revoking_is_confirmed_with_a_reason(driver, node):
    desk = Desk(driver, node)
    desk.enter("cdo")
    desk.open("/grants")
    desk.click(driver.find_element(By.CSS_SELECTOR, "main tbody a"))
    grant = driver.current_url.split("?")[0]
    desk.follow("暂停授权")
    desk.press("main form .hw-button")
    assert desk.one("[role=alert]").text
    desk.write("reason", "核查用途")
    desk.press("main form .hw-button")
    assert "已暂停" in desk.text() and "核查用途" in desk.text()
    driver.get(grant)
    desk.follow("恢复授权")
    desk.write("reason", "核查完毕")
    desk.press("main form .hw-button")
    assert "有效" in desk.text()
