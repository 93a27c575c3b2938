"""What a person does at a page: come in, fill, press, read."""
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

SECONDS_MAX = 20


class Desk:
    """One browser in which one account after the other works, in one language."""

    def __init__(self, driver, node, language="zh-Hans"):
        self.driver = driver
        self.node = node
        self.language = language

    def enter(self, account):
        """Signs in as the sample city's account of that name."""
        found = next(each for each in self.node.accounts() if each["account"] == account)
        self.driver.delete_all_cookies()
        self.open("/sign-in?return=/")
        self.write("name", found["account"])
        self.write("password", found["password"])
        self.press("main form button")
        choices = self.all(".hw-choice button")
        if choices:
            self.click(choices[0])
        assert "/sign-in" not in self.driver.current_url

    def open(self, path):
        joint = "&" if "?" in path else "?"
        self.driver.get(f"{self.node.base}{path}{joint}lang={self.language}")

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self):
        return self.driver.find_element(By.TAG_NAME, "main").text

    def write(self, name, value, within="main"):
        field = self.one(f'{within} [name="{name}"]')
        field.clear()
        field.send_keys(value)

    def date(self, name, value):
        field = self.one(f'main [name="{name}"]')
        self.driver.execute_script("arguments[0].value = arguments[1]", field, value)

    def tick(self, name, *values, within="main"):
        for value in values:
            box = self.one(f'{within} [name="{name}"][value="{value}"]')
            if not box.is_selected():
                self.driver.execute_script("arguments[0].click()", box)

    def bring(self, path, within="main "):
        """Chooses a file and declares that it holds no secrets."""
        self.one(f"{within}[type=file]").send_keys(str(path))
        box = self.one(f'{within}form:has([type=file]) [name="unclassified"]')
        if not box.is_selected():
            self.driver.execute_script("arguments[0].click()", box)

    def choose(self, name, value, within="main"):
        Select(self.one(f'{within} [name="{name}"]')).select_by_value(value)

    def click(self, element):
        """A click that leads to another page: waits until the old one is gone and the new one is there."""
        here = self.one("html")
        self.see(element).click()
        self.arrive(here)

    def see(self, element):
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        return element

    def arrive(self, old):
        def gone(driver):
            try:
                old.is_enabled()
                return False
            except Exception:  # the element belongs to a page that is no more
                return driver.execute_script("return document.readyState") == "complete"

        WebDriverWait(self.driver, SECONDS_MAX, poll_frequency=0.05).until(gone)

    def press(self, selector):
        self.click(self.one(selector))

    def follow(self, words):
        self.click(self.driver.find_element(By.XPATH, f"//main//a[contains(normalize-space(.), '{words}')]"))

    def act(self, name, **fields):
        """Opens the act's form on a request's page, fills it, sends it."""
        form = self.one(f"#act-{name}")
        if form.get_attribute("open") is None:
            self.see(self.one(f"#act-{name} > summary")).click()
        for field, value in fields.items():
            element = self.one(f'#act-{name} [name="{field}"]')
            if element.tag_name == "select":
                Select(element).select_by_value(value)
            elif element.get_attribute("type") == "checkbox":
                self.tick(field, *([value] if isinstance(value, str) else value))
            else:
                element.clear()
                element.send_keys(value)
        self.press(f"#act-{name} form button")

    def acts(self):
        return [each.get_attribute("id").removeprefix("act-") for each in self.all(".hw-act")]

    def keys(self, *keys):
        self.driver.switch_to.active_element.send_keys(*keys)

    def tab_to(self, selector, presses_max=80):
        """Only the keyboard: Tab until the element has the focus."""
        for _ in range(presses_max):
            if self.driver.execute_script(
                "return document.activeElement && document.activeElement.matches(arguments[0])", selector
            ):
                return self.driver.switch_to.active_element
            self.keys(Keys.TAB)
        raise AssertionError(f"Tab never reached {selector}")
