"""A release is taken away on a medium: sealed, entered into the register, and the sheet printed and signed."""
import base64

import checks
import pytest
from desk import Desk


def holds_together(desk):
    faults = checks.missing_words(desk.driver) + checks.controls_without_label(desk.driver) + checks.structure(desk.driver)
    return faults + checks.sideways_scroll(desk.driver, desk.driver.current_url)


def shown(desk, selector):
    return [each for each in desk.all(selector) if each.is_displayed()]


def open_release(desk):
    """The oldest there is: the file of the sample chain."""
    desk.open("/receipts")
    desk.click(desk.all("main table a[href^='/releases/']:not([href*='/receipt'])")[-1])


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_sealed_hand_over_is_entered_and_its_sheet_printed(driver, node, language):
    medium = f"U-2026-{language}"
    desk = Desk(driver, node, language)
    desk.enter("consumer")
    open_release(desk)
    desk.click(desk.one("main a[href*='/hand-overs/new']"))
    assert holds_together(desk) == []
    desk.write("takenBy", "张三")
    desk.write("medium", medium)
    desk.tick("seal", "yes")
    desk.write("password", "not-a-secret-42")
    desk.write("again", "not-a-secret-43")
    desk.press("main form .hw-button")
    # Nothing is made, what was typed stays, and no password comes back.
    assert desk.all(".hw-summary") and desk.one('[name="medium"]').get_attribute("value") == medium
    assert "not-a-secret" not in driver.page_source
    assert checks.missing_words(driver) + checks.controls_without_label(driver) + checks.structure(driver) == []
    desk.write("password", "not-a-secret-42")
    desk.write("again", "not-a-secret-42")
    desk.press("main form .hw-button")
    assert "/hand-overs/" in driver.current_url
    for words in ("张三", medium, {"zh-Hans": "已加密", "en": "sealed"}[language]):
        assert words in desk.text(), words
    assert holds_together(desk) == []
    volume = desk.one("main a[href*='/volumes/1']").get_attribute("href")
    fetched = driver.execute_async_script(
        "const done = arguments[1]; fetch(arguments[0]).then(async (a) => done((await a.arrayBuffer()).byteLength));",
        volume)
    assert fetched > 1_000

    # On paper: the facts and the lines to sign on, none of the site around them.
    assert len(shown(desk, ".hw-signatures .hw-line")) == 4
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert shown(desk, ".hw-signatures .hw-line") and shown(desk, "main h1")
        assert shown(desk, ".hw-top, .hw-foot, main button, main .hw-acts") == []
        sheet = driver.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
        assert base64.b64decode(sheet["data"]).startswith(b"%PDF")
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

    open_release(desk)
    assert medium in desk.text(), "the register of the release names the medium"
