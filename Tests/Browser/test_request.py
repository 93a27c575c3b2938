"""A sharing request by its people, each at their own page, until the receipt is in the consumer's hands."""
import datetime
import json
import re

from desk import Desk
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ENTRY = "最低生活保障对象信息"


def entry_path(desk, title=ENTRY):
    desk.open("/catalogue?q=" + title)
    link = desk.driver.find_element(By.XPATH, f"//main//table//a[normalize-space(.)='{title}']")
    return re.sub(r"\?.*", "", link.get_attribute("href").removeprefix(desk.node.base))


def fill(desk, purpose, deliveries=("csv", "excel")):
    today = datetime.date.today()
    desk.tick("columns", "身份证号", "姓名", "户籍县区", "状态")
    desk.write("rows", "户籍县区 = '源城区'")
    desk.write("purpose", purpose)
    desk.write("legalBasis", "社会救助暂行办法第四十八条")
    desk.write("businessItem", "临时救助审批")
    desk.tick("deliveries", *deliveries)
    desk.write("expectedRows", "100000")
    desk.date("from", today.isoformat())
    desk.date("to", (today + datetime.timedelta(days=300)).isoformat())
    desk.write("retentionDays", "90")
    desk.write("contactPost", "民政业务经办岗")
    desk.tick("isCommitted", "1")


def draft(desk, purpose, **wish):
    """The consumer's draft, submitted to their own unit's sign-off; answers the request's path."""
    desk.enter("consumer")
    desk.open(entry_path(desk))
    desk.follow("申请使用")
    fill(desk, purpose, **wish)
    desk.press("main form .hw-button")
    path = re.sub(r"\?.*", "", desk.driver.current_url.removeprefix(desk.node.base))
    assert path.startswith("/requests/")
    desk.act("submit")
    return path


def sign_off_and_accept(desk, path):
    desk.enter("county-cdo")
    desk.open("/inbox")
    desk.driver.find_element(By.CSS_SELECTOR, f'main table a[href="{path}"]')
    desk.open(path)
    desk.act("sign-off", comment="同意申请")
    desk.enter("reviewer")
    desk.open(path)
    assert "accept" in desk.acts() and "grant-unconditional" not in desk.acts()
    desk.act("accept")


def test_from_the_draft_to_the_receipt(driver, node):
    desk = Desk(driver, node)
    path = draft(desk, "临时救助资格复核")
    assert "单位签核" in desk.text()
    assert "sign-off" not in desk.acts(), "who drafted may not sign off"
    sign_off_and_accept(desk, path)
    assert "提供方审核" in desk.text()

    desk.enter("cdo")
    desk.open("/")
    desk.driver.find_element(By.CSS_SELECTOR, f'main a[href="{path}"]')
    desk.open(path)
    # What they asked and what the grant would do stand side by side, and the deadline with its arithmetic.
    text = desk.text()
    for words in ("申请内容", "授权将如何执行", "10 个工作日", "起始日，不计入", "临时救助资格复核"):
        assert words in text, words
    desk.act("counter", mask0="keep-6-4", mask1="surname", comment="身份证号、姓名须脱敏")
    assert "调整意见待答复" in desk.text()

    desk.enter("consumer")
    desk.open(path)
    assert "只保留前 6 位和后 4 位" in desk.text()
    desk.act("accept-offer")
    desk.follow("查看授权")
    grant = desk.text()
    for words in ("系统强制执行的条款", "使用方承诺的条款", "保留姓氏", "户籍县区 = '源城区'"):
        assert words in grant, words
    desk.see(desk.one("main details > summary")).click()
    assert "SELECT" in desk.one("main details pre").text
    desk.tick("format", "csv")
    desk.press("main form.hw-make button")
    release = desk.driver.current_url
    assert "/releases/" in release and "已完成" in desk.text()

    receipt = json.loads(fetched(desk, "a[href$='/receipt']"))
    assert receipt.keys() == {"receipt", "authorised", "settled"}
    rows = fetched(desk, "a[href$='/file']").splitlines()
    assert rows[0].lstrip("\ufeff").split(",")[:2] == ["身份证号", "姓名"]
    assert len(rows) > 10
    assert all("*" in row.split(",")[0] and "*" in row.split(",")[1] for row in rows[1:50])

    desk.open(path)
    assert "已供数" in desk.text()


def fetched(desk, selector):
    """What the browser would save, with the browser's own cookies."""
    href = desk.one("main " + selector).get_attribute("href")
    return desk.driver.execute_async_script(
        "const done = arguments[1]; fetch(arguments[0]).then(async (a) => done(a.ok ? await a.text() : '' + a.status));",
        href,
    )


def test_completion_is_asked_once_and_answered(driver, node):
    desk = Desk(driver, node)
    path = draft(desk, "补正情形")
    desk.enter("county-cdo")
    desk.open(path)
    desk.act("sign-off")
    desk.enter("reviewer")
    desk.open(path)
    desk.act("ask-supplement", fields=["purpose"], comment="请写明具体业务")
    assert "已暂停" in desk.text()
    desk.enter("consumer")
    desk.open(path)
    assert "请写明具体业务" in desk.text()
    desk.follow("补正申请")
    assert "请写明具体业务" in desk.text()
    desk.write("purpose", "临时救助审批中的资格核验")
    desk.press("main form .hw-button")
    assert "临时救助审批中的资格核验" in desk.text()
    desk.enter("reviewer")
    desk.open(path)
    assert "ask-supplement" not in desk.acts(), "only once"
    desk.act("give-back", comment="事项不属于本平台")
    assert "已退回" in desk.text()


def test_a_refusal_needs_its_basis_and_can_be_taken_to_coordination(driver, node):
    desk = Desk(driver, node)
    path = draft(desk, "争议情形")
    sign_off_and_accept(desk, path)
    desk.enter("cdo")
    desk.open(path)
    desk.act("refuse", comment="范围过大")
    # Refused by the page, with the words that were typed still there and the place that is wrong.
    assert desk.one("#act-refuse [role=alert]").text
    assert desk.one('#act-refuse [name="comment"]').get_attribute("value") == "范围过大"
    assert desk.one('#act-refuse [name="legalBasis"]').get_attribute("aria-invalid") == "true"
    desk.act("refuse", legalBasis="个人信息保护法第六条", comment="超出最小必要范围")
    assert "个人信息保护法第六条" in desk.text()
    desk.enter("consumer")
    desk.open("/inbox")
    assert "提供方不同意" in desk.text()
    desk.open(path)
    desk.act("dispute", comment="业务确需")
    desk.enter("leader")
    desk.open(path)
    desk.act("rule-grant", mask0="leave-out", comment="身份证号不予提供")
    assert "已授权" in desk.text()
    desk.enter("consumer")
    desk.open(path)
    desk.follow("查看授权")
    assert "身份证号" not in desk.one("#columns").text


def test_withdrawing_says_what_it_means(driver, node):
    desk = Desk(driver, node)
    path = draft(desk, "撤回情形")
    form = desk.one("#act-withdraw")
    assert form.get_attribute("open") is None, "an act that ends the case is not one click away"
    desk.act("withdraw")
    assert "已撤回" in desk.text()
    assert desk.acts() == []


def test_an_incomplete_draft_is_kept_and_says_what_it_lacks(driver, node):
    desk = Desk(driver, node)
    desk.enter("consumer")
    desk.open(entry_path(desk))
    desk.follow("申请使用")
    desk.write("purpose", "只写了用途")
    desk.press("main form .hw-button")
    text = desk.text()
    assert "提交前还需补充" in text and "只写了用途" in text
    assert "submit" not in desk.acts()
    desk.follow("修改申请")
    assert desk.one('[name="purpose"]').get_attribute("value") == "只写了用途"


def test_by_keyboard_alone(driver, node):
    desk = Desk(driver, node)
    path = draft(desk, "键盘操作")
    account = next(each for each in node.accounts() if each["account"] == "county-cdo")
    driver.delete_all_cookies()
    desk.open("/sign-in?return=" + path)
    desk.tab_to("#name").send_keys(account["account"])
    door = desk.one("html")
    desk.tab_to("#password").send_keys(account["password"], Keys.ENTER)
    desk.arrive(door)
    desk.open(path)
    desk.keys(Keys.TAB)
    focused = driver.switch_to.active_element
    assert focused.get_attribute("class") == "hw-skip"
    focused.send_keys(Keys.ENTER)
    desk.tab_to('#act-sign-off [name="comment"]').send_keys("同意")
    old = desk.one("html")
    desk.tab_to("#act-sign-off button").send_keys(Keys.ENTER)
    desk.arrive(old)
    assert "完整性审核" in desk.text()
    # Where the keyboard stands is to be seen.
    driver.switch_to.active_element.send_keys(Keys.TAB)
    assert driver.execute_script("return getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_language_is_changed_and_stays(driver, node):
    desk = Desk(driver, node)
    desk.enter("consumer")
    desk.open("/grants")
    driver.find_element(By.CSS_SELECTOR, '.hw-languages a[lang="en"]').click()
    driver.get(node.base + "/grants")
    assert driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    assert driver.find_element(By.TAG_NAME, "h1").text.startswith("Grants")
    driver.find_element(By.CSS_SELECTOR, '.hw-languages a[lang="zh-Hans"]').click()
    driver.get(node.base + "/grants")
    assert driver.find_element(By.TAG_NAME, "h1").text.startswith("授权")
