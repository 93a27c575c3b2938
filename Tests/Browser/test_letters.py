"""A steward sets a series, writes a letter, takes its .docx, brings the sealed scan back, and finds it by number."""
import struct
import zlib
from datetime import date

from desk import Desk
from test_hook import holds_together


def picture(path):
    """A PNG of one grey dot, 8 by 8."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x99" * 8 for _ in range(8))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return path


def test_a_letter_from_its_number_to_its_seal(driver, node, tmp_path):
    desk = Desk(driver, node)
    desk.enter("steward")
    desk.open("/letters")
    assert "还没有机关代字" in desk.text() and holds_together(desk) == []
    desk.open("/letters/set-up")
    desk.see(desk.one("#act-series summary")).click()
    desk.write("code", "河民", within="#act-series")
    desk.press("#act-series .hw-button")
    assert "河民" in desk.text() and holds_together(desk) == []
    desk.open("/letters/outgoing/new")
    assert holds_together(desk) == []
    desk.write("title", "关于提供低保对象信息的复函")
    desk.write("counterpart", "源城区人民政府")
    desk.write("body", "来函收悉。\n经研究，同意提供。")
    desk.write("copies", "市财政局")
    desk.press("main form .hw-button")
    number = f"河民〔{date.today().year}〕1号"
    assert number in desk.text() and "已编号" in desk.text() and holds_together(desk) == []
    letter = driver.current_url.split("?")[0]
    desk.see(desk.one("#act-sealed summary")).click()
    desk.bring(picture(tmp_path / "盖章件.png"), within="#act-sealed ")
    desk.press("#act-sealed .hw-button")
    assert "已盖章" in desk.text() and "sm3:" in desk.text() and holds_together(desk) == []
    shown = driver.execute_script("return document.querySelector('figure img').naturalWidth")
    assert shown == 8 and driver.current_url.split("?")[0] == letter
    desk.press("#files tbody a")
    shown = driver.execute_script("return document.querySelector('figure img').naturalWidth")
    assert shown == 8 and "数据专员" in desk.text() and holds_together(desk) == []
    desk.open(f"/letters?q=[{date.today().year}]1号")
    assert number in desk.text() and holds_together(desk) == []
