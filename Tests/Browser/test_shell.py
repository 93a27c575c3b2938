"""The page around every page, and the door."""
import checks
import pytest
from selenium.webdriver.common.by import By

LANGUAGES = ["zh-Hans", "zh-Hant", "en"]
ROLES = [
    "steward",
    "department-cdo",
    "bureau-reviewer",
    "consumer",
    "security-officer",
    "auditor",
    "leader",
    "administrator",
]


def open_and_check(driver, url):
    driver.get(url)
    assert checks.missing_words(driver) == []
    assert checks.controls_without_label(driver) == []
    assert checks.structure(driver) == []
    assert checks.sideways_scroll(driver, url) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/sign-in", "/nothing-is-here"])
def test_a_strangers_pages_hold_together(driver, node, path, language):
    open_and_check(driver, f"{node.base}{path}?lang={language}")
    assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == language


def test_the_door_runs_under_its_own_content_security_policy(driver, node):
    driver.get(node.base + "/sign-in")
    assert checks.console_errors(driver) == []


def test_a_wrong_password_is_said_and_the_name_kept(driver, node):
    driver.get(node.base + "/sign-in?lang=en")
    driver.find_element(By.NAME, "name").send_keys("nobody-of-this-name")
    driver.find_element(By.NAME, "password").send_keys("wrong-password")
    driver.find_element(By.CSS_SELECTOR, "main form button").click()
    assert driver.find_element(By.CSS_SELECTOR, "[role=alert]").text
    assert driver.find_element(By.NAME, "name").get_attribute("value") == "nobody-of-this-name"
    assert driver.find_element(By.NAME, "password").get_attribute("value") == ""


@pytest.mark.parametrize("role", ROLES)
def test_every_role_can_come_in_choose_its_post_and_leave(driver, node, sign_in, role):
    sign_in(role)
    open_and_check(driver, node.base + "/post?lang=en")
    assert driver.find_elements(By.CSS_SELECTOR, ".hw-choice.is-current")
    driver.find_element(By.CSS_SELECTOR, "form[action='/sign-out'] button").click()
    driver.get(node.base + "/post")
    assert "/sign-in" in driver.current_url
