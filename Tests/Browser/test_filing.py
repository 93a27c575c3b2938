"""A data steward agrees to file once a month, files, says that there is nothing, and takes a filing back."""
import checks
from desk import SECONDS_MAX, Desk
from selenium.webdriver.support.ui import WebDriverWait
from test_hook import holds_together, rule, upload, waiting_entry


def hooked(desk, tmp_path):
    """An entry whose source is a file of two rows, with a rule."""
    file = tmp_path / "样例.csv"
    file.write_text("编号,金额\na1,10\na2,20\n", encoding="utf-8")
    entry = waiting_entry(desk, 0)
    upload(desk, file)
    for position, name in enumerate(["serial", "amount"]):
        for item in desk.all(f'[name="c{position}.item"]'):
            desk.choose(item.get_attribute("name"), "")
        desk.write(f"c{position}.name", name)
    desk.press('form#reading .hw-button:not([formaction])')
    hook = desk.driver.current_url.removeprefix(desk.node.base).split("?")[0]
    rule(desk, entry, "serial")
    return hook


def file_month(desk, path, rows, manner="append"):
    path.write_text("编号,金额\n" + rows, encoding="utf-8")
    for choice in desk.all(f'[name="manner"][value="{manner}"]'):
        desk.driver.execute_script("arguments[0].click()", choice)
    desk.bring(path)
    desk.press(".hw-drop button")
    WebDriverWait(desk.driver, SECONDS_MAX * 3).until(lambda _: not desk.all("#attempt progress"))
    return desk.text()


def test_a_month_from_the_agreement_to_its_undoing(driver, node, tmp_path):
    desk = Desk(driver, node)
    desk.enter("market-steward")
    hook = hooked(desk, tmp_path)
    desk.open(f"{hook}/duty")
    assert holds_together(desk) == []
    desk.write("deadline", "999")
    desk.press("main form.hw-form .hw-button")
    assert desk.one('[name="deadline"]').get_attribute("value") == "999" and desk.all(".has-error")
    desk.write("deadline", "5")
    desk.tick("manner", "append")
    desk.tick("rowKey", "serial")
    desk.press("main form.hw-form .hw-button")
    assert desk.driver.current_url.split("?")[0].endswith("/filings")
    assert holds_together(desk) == []

    assert "第 1 版" in file_month(desk, tmp_path / "一.csv", "a1,10\na2,20\n")
    desk.open(f"{hook}/filings")
    # The next file repeats a key: refused with its place, and what is served stays.
    said = file_month(desk, tmp_path / "二.csv", "b1,1\na2,2\n")
    assert "第 2 行" in said and "第 1 版继续提供服务" in said
    desk.open(f"{hook}/filings")
    assert "第 2 版" in file_month(desk, tmp_path / "三.csv", "b1,1\n")
    desk.open(f"{hook}/filings")
    assert holds_together(desk) == []
    desk.click(desk.all('#filings a[href*="/undoing"]')[0])
    assert "第 1 版重新提供服务" in desk.text()
    desk.press("main form .hw-button")
    assert "已撤回" in desk.text()

    nothing = desk.all('#periods a[href*="/nothing"]')
    assert nothing, "every period is settled"
    desk.click(nothing[0])
    desk.write("reason", "本月无新增登记")
    desk.press("main form .hw-button")
    assert "零报：本月无新增登记" in desk.text()
    assert holds_together(desk) == []
    assert [line for line in checks.console_errors(driver) if "422" not in line] == []


def test_the_bureau_sees_who_owes_what(driver, node):
    desk = Desk(driver, node)
    desk.enter("reviewer")
    desk.open("/filings")
    assert holds_together(desk) == []
    assert desk.all("#duties")
