"""A county officer has rows pushed into a table of her own database: by hand, again, and each month by itself."""
import re

import checks
import pytest
import test_request
from desk import SECONDS_MAX, Desk
from selenium.webdriver.support.ui import WebDriverWait


def holds_together(desk):
    faults = checks.missing_words(desk.driver) + checks.controls_without_label(desk.driver) + checks.structure(desk.driver)
    return faults + checks.sideways_scroll(desk.driver, desk.driver.current_url)


def wait(desk, until):
    return WebDriverWait(desk.driver, SECONDS_MAX).until(lambda _: until())


@pytest.fixture(scope="module")
def granted(chromium, node):
    """The page of a grant that may be pushed."""
    chromium.set_window_size(1280, 900)
    desk = Desk(chromium, node)
    path = test_request.draft(desk, "临时救助按月核对", deliveries=("csv", "push"))
    test_request.sign_off_and_accept(desk, path)
    desk.enter("cdo")
    desk.open(path)
    desk.act("counter", mask0="keep-6-4", mask1="surname", comment="身份证号、姓名须脱敏")
    desk.enter("consumer")
    desk.open(path)
    desk.act("accept-offer")
    desk.follow("查看授权")
    return re.sub(r"\?.*", "", desk.driver.current_url.removeprefix(node.base))


def register(desk, recipient, label, table):
    desk.open("/push-targets/new")
    assert holds_together(desk) == []
    for name, value in {
        "label": label, "database": "postgres", "table": table, "user": "headwaters", "password": "not-a-secret-42",
    }.items():
        desk.write(name, value)
    desk.choose("host", recipient.server)
    desk.press("main form .hw-button")
    assert label in desk.text() and "not-a-secret" not in desk.driver.page_source
    return desk.driver.current_url.split("/push-targets/")[1].split("?")[0]


def push(desk, granted, target):
    desk.open(granted)
    desk.choose("target", target)
    desk.press('form[action$="/pushes"] button')
    assert "/pushes/" in desk.driver.current_url


def over(desk, word):
    """The page follows by itself: nobody loads it again."""
    wait(desk, lambda: word in desk.text() and not desk.all("progress"))
    assert holds_together(desk) == []


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_from_the_target_to_the_second_push(driver, node, recipient, granted, language):
    words = {
        "zh-Hans": ("首次推送时建立", "已完成", "正在"), "en": ("the first push makes it", "Settled", "read back"),
    }[language]
    table = "dibao_" + language.replace("-", "_").lower()
    desk = Desk(driver, node, language)
    desk.enter("consumer")
    desk.open("/held")
    desk.click(desk.one("main a[href^='/pushes']"))
    assert holds_together(desk) == []
    target = register(desk, recipient, f"前置机 {language}", table)
    desk.press('form[action$="/test"] button')
    assert "PostgreSQL 15" in desk.text() and words[0] in desk.text()
    assert holds_together(desk) == []

    push(desk, granted, target)
    over(desk, words[1])
    rows = int(recipient.sql(f"SELECT count(*) FROM {table}"))
    assert rows > 10 and f"{rows:,}" in desk.text()
    assert desk.all("main a[href$='/receipt']"), "the receipt can be taken"

    # A reader of theirs holds the table: the page says how far the push is, and goes on when they are done.
    reader = recipient.holding(table)
    push(desk, granted, target)
    wait(desk, lambda: desk.all("progress") and words[2] in desk.text())
    assert holds_together(desk) == []
    second = desk.driver.current_url
    reader.close()
    over(desk, words[1])
    assert desk.driver.current_url == second
    assert int(recipient.sql(f"SELECT count(*) FROM {table}")) == rows, "the same rows, once"
    assert recipient.sql(f"SELECT string_agg(state, ',') FROM headwaters_push WHERE target_table LIKE '%{table}%'") == "done,done"

    desk.open("/pushes")
    assert len([row for row in desk.all("#pushes tbody tr") if table in row.text]) == 2
    desk.open(f"/push-targets/{target}")
    assert len(desk.all("#pushes tbody tr")) == 2


def test_a_push_that_is_cancelled_leaves_the_table_as_it_was(driver, node, recipient, granted):
    desk = Desk(driver, node)
    desk.enter("consumer")
    target = register(desk, recipient, "撤回", "dibao_cancelled")
    push(desk, granted, target)
    over(desk, "已完成")
    before = recipient.sql("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM dibao_cancelled t")
    reader = recipient.holding("dibao_cancelled")
    push(desk, granted, target)
    wait(desk, lambda: desk.all('form[action$="/cancellation"] button'))
    desk.press('form[action$="/cancellation"] button')
    over(desk, "推送已取消")
    reader.close()
    assert recipient.sql("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM dibao_cancelled t") == before
    assert "__headwaters_" not in recipient.sql("SELECT string_agg(tablename, ',') FROM pg_tables")


def test_a_monthly_push_is_set_up_changed_paused_and_removed(driver, node, recipient, granted):
    desk = Desk(driver, node)
    desk.enter("consumer")
    target = register(desk, recipient, "每月", "dibao_monthly")
    desk.open(granted)
    desk.click(desk.one(f"main a[href^='{granted}/deliveries/new']"))
    assert holds_together(desk) == []
    # Only what makes sense of an answer is asked.
    assert not desk.one('[name="target"]').is_displayed()
    desk.tick("format", "push")
    desk.choose("target", target)
    desk.choose("days", "monthly")
    assert desk.one('[name="workingDay"]').is_displayed() and not desk.one('[name="weekday"]').is_displayed()
    desk.write("workingDay", "3")
    desk.write("time", "8点")
    desk.press("main form.hw-form button.hw-button")
    assert "08:30" in desk.text() and desk.one('[name="time"]').get_attribute("value") == "8点"
    desk.write("time", "08:30")
    desk.press("main form.hw-form button.hw-button")
    assert "每月第 3 个工作日 08:30" in desk.text() and "dibao_monthly" in desk.text()
    assert holds_together(desk) == []
    path = re.sub(r"\?.*", "", desk.driver.current_url.removeprefix(node.base))

    desk.choose("days", "new-version")
    desk.press("main form.hw-form button.hw-button")
    # It runs on the real clock, within a quarter of a minute.
    def made():
        desk.open(path)
        return any("已供数" in row.text for row in desk.all("#runs tbody tr"))

    WebDriverWait(driver, 60, poll_frequency=1).until(lambda _: made())
    assert int(recipient.sql("SELECT count(*) FROM dibao_monthly")) > 10
    desk.click(desk.one("#runs tbody a"))
    assert "/pushes/" in desk.driver.current_url and "已完成" in desk.text()

    removal = f"/push-targets/{target}/removal"
    desk.open(removal)
    assert desk.one(f"#deliveries a[href^='{path}']") and "不能删除" in desk.text()
    assert not desk.all(f'form[action="{removal}"]'), "nothing is asked while a delivery goes into it"
    assert holds_together(desk) == []
    desk.open(path)
    desk.press(f'form[action="{path}/pause"] button')
    assert "已暂停" in desk.text()
    desk.open(removal)
    assert desk.one(f"#deliveries a[href^='{path}']") and desk.one(f'form[action="{removal}"] button')
    assert holds_together(desk) == []
    desk.open("/held")
    assert desk.all(f"#deliveries a[href^='{path}']")
    desk.open(path)
    desk.click(desk.one(f"main a[href^='{path}/removal']"))
    desk.press("main form .hw-button")
    assert desk.driver.current_url.startswith(node.base + granted)
    assert not desk.all(f"#deliveries a[href^='{path}']")


def test_a_joint_test_goes_beside_the_real_table(driver, node, recipient, granted):
    desk = Desk(driver, node)
    desk.enter("consumer")
    target = register(desk, recipient, "联调", "dibao_tried")
    page = f"{granted}/joint-test"
    desk.open(page)
    form = f'main form[action="{page}s"]'
    assert not desk.one(f'{form} [name="target"]').is_displayed(), "asked of a push alone"
    desk.tick("delivery", "push")
    desk.choose("target", target, form)
    desk.write("rows", "60", form)
    desk.press(f"{form} .hw-button")
    assert "dibao_tried_joint_test" in desk.text() and "表由本次测试建立" in desk.text()
    assert len(desk.all("#joint-test-columns tbody tr")) > 2
    assert holds_together(desk) == []
    assert int(recipient.sql("SELECT count(*) FROM dibao_tried_joint_test")) > 30
    assert "dibao_tried," not in recipient.sql("SELECT string_agg(tablename, ',') || ',' FROM pg_tables")
    desk.press('form[action$="/table-removal"] button')
    assert "测试表已删除" in desk.text() and not desk.all('form[action$="/table-removal"]')
    assert "dibao_tried_joint_test" not in recipient.sql("SELECT string_agg(tablename, ',') FROM pg_tables")
    # What the database has against it is told beside the form, and kept on the page.
    recipient.sql("CREATE TABLE dibao_tried_joint_test (mine integer)")
    desk.open(page)
    desk.tick("delivery", "push")
    desk.choose("target", target, form)
    desk.press(f"{form} .hw-button")
    assert desk.all(".hw-summary") and "不是本平台建立的" in desk.one("#joint-test-pushes").text
    desk.open(page)
    assert holds_together(desk) == []
