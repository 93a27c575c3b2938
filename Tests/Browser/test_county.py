"""The administrator of a county finds the county alone, makes a unit, a post and an account there, and gets no further."""
from selenium.webdriver.common.by import By

from desk import Desk
from test_hook import holds_together


def unfold(desk, form):
    desk.driver.execute_script("document.getElementById(arguments[0]).open = true", f"act-{form}")


def test_a_county_administrator_from_the_menu_to_the_appointment(driver, node):
    desk = Desk(driver, node)
    desk.enter("county-administrator")
    menu = [link.text for link in desk.all("nav a")]
    assert not any("系统运行" in text or "设置" in text for text in menu)
    desk.open("/units")
    assert holds_together(desk) == []
    rows = [row.text for row in desk.all("#units tbody tr")]
    assert len(rows) == 1 and "源城区人民政府" in rows[0]
    unfold(desk, "new")
    desk.write("name", "源城区民政局", within="#act-new")
    desk.choose("kind", "unit", within="#act-new")
    desk.press("#act-new button")
    assert "源城区民政局" in desk.text() and holds_together(desk) == []
    unit = driver.current_url.split("?")[0].rsplit("/", 1)[-1]

    # Roles that see the whole node are not offered.
    roles = [box.get_attribute("value") for box in desk.all('#act-post [name="roles"]')]
    assert "steward" in roles and not {"auditor", "security-officer", "leader"} & set(roles)
    unfold(desk, "post")
    desk.write("title", "局管理员", within="#act-post")
    desk.tick("roles", "administrator")
    desk.choose("scope", unit, within="#act-post")
    desk.press("#act-post button")
    assert "源城区民政局及其下级单位" in desk.text() and holds_together(desk) == []
    post = driver.current_url.split("?")[0]

    desk.open("/accounts")
    assert holds_together(desk) == []
    names = [row.find_element(By.TAG_NAME, "td").text for row in desk.all("#accounts tbody tr")]
    assert "county-administrator" in names and "reviewer" not in names and "auditor" not in names
    unfold(desk, "new")
    desk.write("name", "county.clerk", within="#act-new")
    desk.write("person", "县区经办人", within="#act-new")
    desk.press("#act-new button")
    driver.get(post)
    unfold(desk, "appointment")
    offered = [option.text for option in desk.all('#act-appointment [name="account"] option')]
    assert any("county.clerk" in text for text in offered) and not any("reviewer" in text for text in offered)
    for option in desk.all('#act-appointment [name="account"] option'):
        if "county.clerk" in option.text:
            desk.choose("account", option.get_attribute("value"), within="#act-appointment")
            break
    desk.press("#act-appointment button")
    assert "县区经办人" in desk.text() and holds_together(desk) == []
