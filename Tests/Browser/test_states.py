"""Every page in each of its states, empty, full and in error, in the three languages, at a desk and on a phone.

HEADWATERS_TEST_PICTURES names a folder for a picture of each; then no language is left out.
"""
import functools
import http.server
import os
import subprocess
import threading
from pathlib import Path

import checks
import pytest

LANGUAGES = ["zh-Hans", "zh-Hant", "en"]
PICTURES = os.environ.get("HEADWATERS_TEST_PICTURES")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run([os.environ["HEADWATERS_BINARY"], "samples", "--out", str(folder)], check=True)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()


def chosen(folder):
    """Of each state one language, so that each page is seen in all of them where it has three states; with pictures all."""
    states = sorted({path.name.rsplit(".", 2)[0] for path in folder.glob("*.html")})
    for at, state in enumerate(states):
        for language in LANGUAGES if PICTURES else [LANGUAGES[at % len(LANGUAGES)]]:
            yield state, language


def picture(driver, name, width):
    height = driver.execute_script("return Math.max(document.body.scrollHeight, 500)")
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": min(height, 2400), "deviceScaleFactor": 1, "mobile": width < 500},
    )
    driver.save_screenshot(str(Path(PICTURES) / f"{name}.{width}.png"))
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_every_state_of_every_page_holds_together(chromium, samples):
    base, folder = samples
    chromium.set_window_size(1280, 900)
    faults, pages = [], 0
    for state, language in chosen(folder):
        pages += 1
        chromium.get(f"{base}/{state}.{language}.html")
        found = (
            [f"no word {word}" for word in checks.missing_words(chromium)]
            + [f"no label {control}" for control in checks.controls_without_label(chromium)]
            + checks.structure(chromium)
            + checks.outline(chromium)
            + checks.faint_text(chromium)
            # Samples have no accounts to be named.
            + [fault for fault in checks.raw_text(chromium) if not fault.startswith("raw: account:")]
            + checks.phone_faults(chromium)
        )
        faults += [f"{state} {language}: {each}" for each in found]
        if PICTURES:
            for width in (1280, checks.PHONE_WIDTH):
                picture(chromium, f"{state}.{language}", width)
    assert pages > 120
    assert faults == [], "\n".join(faults)
