"""The bureau corrects a line of the dated list, brings a newer one after looking at it, and drafts what is due."""
from desk import Desk
from test_hook import holds_together


def test_the_dated_list_from_a_line_to_a_draft(driver, node, tmp_path):
    desk = Desk(driver, node)
    desk.enter("reviewer")
    desk.open("/units")
    desk.press('main a[href="/unit-lists"]')
    assert holds_together(desk) == []
    assert "河府函〔2022〕29号" in desk.text() and len(desk.all("#unit-list tbody tr")) == 25
    link = next(link for link in desk.all("#unit-list tbody a") if link.text == "市民政局")
    desk.click(link)
    assert holds_together(desk) == []
    desk.tick("answer", "renamed")
    desk.write("becomes", "市社会工作局")
    desk.press("main form .hw-button")
    assert "依据文件" in desk.text()
    desk.date("from", "2026-01-01")
    desk.write("document", "示例函〔2025〕9号")
    desk.press("main form .hw-button")
    assert "已保存" in desk.text() and len(desk.all("#history tbody tr")) == 2
    assert holds_together(desk) == []

    newer = tmp_path / "list.tsv"
    newer.write_text("市财政局\tmerged\t市发展改革局\t2026-02-01\t示例函〔2026〕1号\t\n", encoding="utf-8")
    desk.open("/unit-lists")
    desk.bring(newer)
    desk.press("#bring button")
    assert "其中 1 行" in desk.text() and "市发展改革局" in desk.text()
    desk.press("main form button.hw-button")
    assert "已采用 1 行" in desk.text()

    desk.press('main a[href="/unit-lists/drafts"]')
    assert holds_together(desk) == [] and "市社会工作局" in desk.text()
    desk.press("main form button.hw-button")
    assert "已起草 2 项" in desk.text() and "市民政局" in desk.text()
