"""涉密不上网: a marked file is refused where it was brought, and the security officer hears of it and says that it was a false alarm."""
import os
import pathlib

import checks
from desk import SECONDS_MAX, Desk
from selenium.webdriver.support.ui import WebDriverWait
from test_hook import holds_together, waiting_entry


def test_a_marked_file_is_refused_and_released(driver, node, tmp_path):
    file = tmp_path / "样例.csv"
    file.write_text("机密★20年,,\n编号,金额,备注\na1,10,\na2,20,\n", encoding="gb18030")
    desk = Desk(driver, node)
    desk.enter("market-steward")
    waiting_entry(desk, 0)
    assert holds_together(desk) == []
    source = driver.current_url
    # Without the tick the browser itself asks for it.
    desk.one("main [type=file]").send_keys(str(file))
    desk.one(".hw-drop button").click()
    assert not driver.execute_script("return document.querySelector('[name=unclassified]').validity.valid")
    desk.bring(file)
    desk.one(".hw-drop button").click()
    WebDriverWait(driver, SECONDS_MAX).until(lambda _: "第 1 行有密级标志“机密”" in desk.text())
    picture(driver, "refused-form")
    assert "未留存任何内容" in desk.text() and checks.sideways_scroll(driver, source) == []

    desk.enter("security")
    desk.open("/inbox")
    assert "涉密拒收：请核查" in desk.text()
    desk.open("/refused-uploads")
    assert holds_together(desk) == [] and "第 1 行有密级标志" in desk.text()
    picture(driver, "refused-uploads")
    desk.click(desk.one("#refused tbody a"))
    assert holds_together(desk) == [] and "24 小时内有效" in desk.text()
    desk.write("reason", "密级代码表，核实不涉密")
    desk.press("main form .hw-button")
    assert "误判放行中" in desk.text() and holds_together(desk) == []


def picture(driver, name):
    """Kept where somebody asks for pictures."""
    folder = os.environ.get("HEADWATERS_PICTURES")
    if not folder:
        return
    for width in (1280, 360):
        driver.set_window_size(width, 900)
        driver.save_screenshot(str(pathlib.Path(folder) / f"{name}-{width}.png"))
    driver.set_window_size(1280, 900)
