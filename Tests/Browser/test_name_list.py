"""A county officer brings a list of applicants, has it matched against a grant, and takes her own table back."""

import checks
import pytest
from desk import SECONDS_MAX, Desk
from selenium.webdriver.support.ui import WebDriverWait


def holds_together(desk):
    faults = checks.missing_words(desk.driver) + checks.controls_without_label(desk.driver) + checks.structure(desk.driver)
    return faults + checks.sideways_scroll(desk.driver, desk.driver.current_url)


def known_numbers(node, count):
    """Numbers of the sample city's table that its grant lets out."""
    uploads = list((node.data / "uploads").glob("最低生活保障对象.csv"))
    rows = [line.split(",") for line in uploads[0].read_text(encoding="utf-8").splitlines()[1:]]
    found = [row[0] for row in rows if row[5] == "源城区" and row[11] == "在保" and len(row[0]) == 18]
    return found[:count]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_list_from_the_upload_to_the_workbook(driver, node, tmp_path, language):
    numbers = known_numbers(node, 3)
    file = tmp_path / "临时救助申请名单.csv"
    lines = [f"LS2026-{position},{number}" for position, number in enumerate(numbers + ["441600199001010000"])]
    file.write_text("受理编号,身份证号\r\n" + "\r\n".join(lines) + "\r\n", encoding="utf-8")
    desk = Desk(driver, node, language)
    desk.enter("consumer")
    desk.open("/name-lists")
    assert holds_together(desk) == []
    desk.click(desk.one("a[href^='/name-lists/new']"))
    assert holds_together(desk) == []
    desk.bring(file)
    desk.press(".hw-drop button")
    # What the file looks like is proposed, and so is the grant that has a column of that name.
    assert desk.one('[name="key"] option:checked').text == "身份证号"
    assert desk.one('[name="case"] option:checked').text == "受理编号"
    assert [box.is_selected() for box in desk.all('[name="grants"]')] == [True]
    assert holds_together(desk) == []
    desk.press('form[action$="/choice"] .hw-button')
    assert desk.all("#faults tbody tr"), "the number with a wrong check digit is named"
    assert holds_together(desk) == []
    desk.press('form[action$="/release"] .hw-button')
    WebDriverWait(driver, SECONDS_MAX).until(lambda _: desk.all("a[href$='/file']"))
    figures = [cell.text for cell in desk.all("#parts tbody td")]
    assert "3" in figures, figures
    assert holds_together(desk) == []
    desk.open("/name-lists")
    assert file.name in desk.text()
