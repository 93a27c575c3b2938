"""A data steward brings a file to a catalogue entry: uploads it, corrects how it is read, maps it, publishes, sees what was rejected."""
import os
import pathlib

import checks
import pytest
from desk import SECONDS_MAX, Desk
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

# Resolved: the browser takes only a canonical path.
SHARED = pathlib.Path(os.environ.get("HEADWATERS_SHARED", "../shared")).resolve()
REENCODED = SHARED / "data" / "admin" / "reencoded"


def waiting_entry(desk, position):
    """The first step for an entry that has no source yet."""
    desk.open("/hooks")
    links = desk.all("#waiting tbody a")
    assert len(links) > position, "the sample city has too few entries without a source"
    path = links[position].get_attribute("href").removeprefix(desk.node.base).split("?")[0]
    desk.open(path)
    return path.removesuffix("/hook/source")


def upload(desk, file):
    desk.bring(file)
    desk.press(".hw-drop button")
    assert "/hook/reading?upload=" in desk.driver.current_url


def choose_and_see(desk, name, value, until):
    """Another answer has the file looked at again at once, without leaving the page."""
    here = desk.driver.current_url
    Select(desk.one(f'[name="{name}"]')).select_by_value(value)
    WebDriverWait(desk.driver, SECONDS_MAX).until(lambda _: until(desk))
    assert desk.driver.current_url == here


def rule(desk, entry, column):
    desk.open(f"{entry}/rules")
    desk.choose("check", "not-null")
    desk.write("column", column)
    desk.press("main form.hw-form .hw-button")


def publish(desk):
    desk.press('form[action$="/publications"] button')
    WebDriverWait(desk.driver, SECONDS_MAX * 3).until(lambda _: not desk.all("#attempt progress"))
    return desk.text()


def holds_together(desk):
    faults = checks.missing_words(desk.driver) + checks.controls_without_label(desk.driver) + checks.structure(desk.driver)
    return faults + checks.sideways_scroll(desk.driver, desk.driver.current_url)


def test_a_small_file_from_the_upload_to_its_rejected_rows(driver, node, tmp_path):
    file = tmp_path / "发放明细.csv"
    rows = "".join(f"S{number:04},{number * 10},河源市𠮷田路{number}号\r\n" for number in range(1, 201))
    file.write_bytes(("编号,金额,地址\r\n" + rows + "S0201,不详,=1+1\r\n").encode("gb18030"))
    desk = Desk(driver, node)
    desk.enter("steward")
    entry = waiting_entry(desk, 0)
    assert holds_together(desk) == []
    desk.open(f"{entry}/hook/source")
    upload(desk, file)
    # Found rightly, then set wrongly by hand, then as found.
    assert "GB18030" in desk.one('[name="encoding"] option:checked').text
    assert "S0001" in desk.text() and "𠮷" not in desk.one(".hw-preview").text
    choose_and_see(desk, "encoding", "UTF-8", lambda desk: desk.all(".hw-notice.hw-fault"))
    assert "UTF-8" in desk.one(".hw-notice.hw-fault").text
    choose_and_see(desk, "encoding", "GB18030", lambda desk: desk.all(".hw-preview tbody tr"))
    choose_and_see(desk, "delimiter", "bar", lambda desk: len(desk.all(".hw-preview thead th")) == 1)
    choose_and_see(desk, "delimiter", "comma", lambda desk: len(desk.all(".hw-preview thead th")) == 3)
    assert len(desk.all(".hw-preview tbody tr")) == 20
    assert checks.missing_words(driver) + checks.structure(driver) == []

    Select(desk.one('[name="c1.type"]')).select_by_value("integer")
    for position, name in enumerate(["serial", "amount"]):
        item = desk.all(f'[name="c{position}.item"]')
        if item:
            Select(item[0]).select_by_value("")
        desk.write(f"c{position}.name", name)
    desk.press('form#reading .hw-button:not([formaction])')
    assert "/hooks/" in driver.current_url
    hook = driver.current_url.removeprefix(node.base).split("?")[0]
    # Nothing is published without a rule.
    assert desk.all(f'a.hw-button[href="{entry}/rules"]') and not desk.all('form[action$="/publications"]')
    rule(desk, entry, "serial")
    desk.open(hook)
    said = publish(desk)
    assert "200" in said and holds_together(desk) == []
    desk.press('main a[href$="/rejects"]')
    assert "不详" in desk.text() and "202" in desk.text() and "amount" in desk.text()
    assert desk.one('a[href$="/rejects/file"]').get_attribute("download") is not None
    assert holds_together(desk) == []

    # The same once more is no new version.
    desk.open(hook)
    assert "第 1 版" in publish(desk)
    # What could not be read was answered with 422, which browsers note; nothing else went wrong.
    assert [line for line in checks.console_errors(driver) if "422" not in line] == []


def test_a_table_of_the_province_in_gb18030_with_four_byte_characters(driver, node):
    source = REENCODED / "guangdong_streets_gb18030_crlf.csv"
    if not source.exists():
        pytest.skip(f"{source} is not here")
    desk = Desk(driver, node)
    desk.enter("steward")
    entry = waiting_entry(desk, 0)
    upload(desk, source)
    # Read as Big5 it is another table; a person sees that and takes it back.
    before = desk.one(".hw-preview tbody").text
    choose_and_see(
        desk, "encoding", "Big5",
        lambda desk: desk.all(".hw-notice.hw-fault") or desk.all(".hw-preview tbody") and desk.one(".hw-preview tbody").text != before,
    )
    choose_and_see(desk, "encoding", "GB18030", lambda desk: desk.all(".hw-preview tbody") and desk.one(".hw-preview tbody").text == before)
    assert "沙面街道" in before
    desk.press('form#reading .hw-button:not([formaction])')
    hook = driver.current_url.removeprefix(node.base).split("?")[0]
    rule(desk, entry, "code")
    desk.open(hook)
    assert "1,757" in publish(desk)


def test_without_a_script_the_same_is_done_by_buttons(node, tmp_path):
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    plain = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    try:
        desk = Desk(plain, node, language="en")
        desk.enter("market-steward")
        waiting_entry(desk, 0)
        file = tmp_path / "list.csv"
        file.write_text("a;b\n1;2\n")
        upload(desk, file)
        Select(desk.one('[name="delimiter"]')).select_by_value("comma")
        desk.click(plain.find_element(By.CSS_SELECTOR, "button[formaction]"))
        assert [cell.text for cell in desk.all(".hw-preview thead th")] == ["a;b"]
    finally:
        plain.quit()
