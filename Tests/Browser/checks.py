"""What must hold of every page, whatever it shows. Each returns what is wrong, so that a failing test says where."""
import re

from selenium.webdriver.common.by import By

PHONE_WIDTH = 390


def missing_words(driver):
    """Words nobody wrote are shown as [domain.key]."""
    return re.findall(r"\[[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+\]", driver.find_element(By.TAG_NAME, "body").text)


def controls_without_label(driver):
    return driver.execute_script(
        """
        return [...document.querySelectorAll("input:not([type=hidden]), select, textarea, button")]
          .filter((control) => !(control.labels && control.labels.length) && !control.getAttribute("aria-label")
            && !(control.tagName === "BUTTON" && control.textContent.trim()))
          .map((control) => control.outerHTML.slice(0, 120));
        """
    )


def sideways_scroll(driver, url):
    """Elements that make the page wider than a phone."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": PHONE_WIDTH, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    try:
        driver.get(url)
        return driver.execute_script(
            """
            const wide = document.documentElement.scrollWidth;
            if (wide <= innerWidth && wide <= arguments[0]) return [];
            return [`${wide} px wide`, ...[...document.querySelectorAll("main *")]
              .filter((element) => element.getBoundingClientRect().right > arguments[0] + 1
                && !element.closest(".hw-scroll, .hw-chain, .hw-sql"))
              .slice(0, 5).map((element) => element.outerHTML.slice(0, 120))];
            """,
            PHONE_WIDTH,
        )
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def structure(driver):
    return driver.execute_script(
        """
        const faults = [];
        if (!document.documentElement.lang) faults.push("no lang");
        if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
        if (document.querySelectorAll("main").length !== 1) faults.push("not one main");
        if (document.querySelectorAll("main .hw-head .hw-button").length > 1) faults.push("two primary acts");
        const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
        ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => faults.push(`id twice: ${id}`));
        document.querySelectorAll("[style]:not([data-drawn], [data-drawn] *)").forEach((e) => faults.push(`style: ${e.outerHTML.slice(0, 80)}`));
        document.querySelectorAll("img:not([alt])").forEach((e) => faults.push(`no alt: ${e.outerHTML.slice(0, 80)}`));
        return faults;
        """
    )


def console_errors(driver):
    """Also what the content security policy refused to run."""
    return [line["message"] for line in driver.get_log("browser") if line["level"] == "SEVERE"]
