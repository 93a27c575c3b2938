"""What must hold of every page, whatever it shows. Each returns what is wrong, so that a failing test says where."""
import re

from selenium.webdriver.common.by import By

PHONE_WIDTH = 360


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


def outline(driver):
    """Headings in order, landmarks named."""
    return driver.execute_script(
        """
        const faults = [];
        let level = 0;
        for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
          if (!heading.checkVisibility()) continue;
          const next = Number(heading.tagName[1]);
          if (next > level + 1) faults.push(`h${next} after h${level}: ${heading.textContent.trim().slice(0, 30)}`);
          level = next;
        }
        for (const one of ["header", "main", "footer"])
          if (document.querySelectorAll(`body > ${one}`).length !== 1) faults.push(`not one ${one}`);
        for (const nav of document.querySelectorAll("nav")) if (!nav.getAttribute("aria-label")) faults.push("a nav without name");
        for (const link of document.querySelectorAll("a[href]"))
          if (!link.textContent.trim() && !link.getAttribute("aria-label")) faults.push(`empty link ${link.getAttribute("href")}`);
        for (const table of document.querySelectorAll("main table"))
          for (const head of table.querySelectorAll("thead th")) if (!head.textContent.trim()) faults.push("a column without name");
        return faults;
        """
    )


def faint_text(driver):
    """Text whose contrast with what is behind it is under WCAG AA."""
    return driver.execute_script(
        """
        const parse = (text) => { const m = text.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
        const light = ([r, g, b]) => {
          const part = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
          return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
        };
        const behind = (element) => {
          for (let at = element; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour[3] > 0.99) return colour;
          }
          return [255, 255, 255, 1];
        };
        const faults = new Set();
        for (const element of document.querySelectorAll("body *")) {
          const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
          if (!own || !element.checkVisibility() || element.closest("[disabled], .visually-hidden, .hw-skip, option")) continue;
          const style = getComputedStyle(element);
          const [one, two] = [light(parse(style.color)), light(behind(element))];
          const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
          const size = parseFloat(style.fontSize);
          const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
          if (ratio < (large ? 3 : 4.5)) faults.add(`contrast ${ratio.toFixed(2)}: ${element.className} ${element.textContent.trim().slice(0, 20)}`);
        }
        return [...faults];
        """
    )


def raw_text(driver):
    """What a machine wrote where people read: codes of accounts, stamps of time, absent values, templates."""
    text = driver.execute_script(
        """
        const copy = document.querySelector("main").cloneNode(true);
        copy.querySelectorAll("code, pre, script, .hw-note, input, textarea, select").forEach((one) => one.remove());
        return copy.textContent;
        """
    )
    found = re.findall(r"account:[0-9a-f-]{8,}|\d{4}-\d\d-\d\dT\d\d:\d\d|Optional\(|\bnil\b|\{\{|\}\}|\{[a-z]+\}|\bnull\b|\bundefined\b", text)
    return [f"raw: {each}" for each in sorted(set(found))]


def phone_faults(driver):
    """On this page, at a phone's width: nothing runs over the edge, and what is pressed is large enough to press."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": PHONE_WIDTH, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    try:
        return driver.execute_script(
            """
            const faults = [];
            const wide = document.documentElement.scrollWidth;
            if (wide > arguments[0]) {
              faults.push(`${wide} px wide on a phone`, ...[...document.querySelectorAll("main *")]
                .filter((element) => element.getBoundingClientRect().right > arguments[0] + 1
                  && !element.closest(".hw-scroll, .hw-chain, pre"))
                .slice(0, 3).map((element) => element.outerHTML.slice(0, 100)));
            }
            for (const button of document.querySelectorAll("main .hw-button, main .hw-quiet")) {
              const box = button.getBoundingClientRect();
              if (box.height && box.height < 24) faults.push(`small: ${button.textContent.trim()}`);
            }
            return faults;
            """,
            PHONE_WIDTH,
        )
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
