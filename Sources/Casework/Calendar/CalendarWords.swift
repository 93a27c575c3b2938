package import Kernel

package let calendarWords = Words(
    """
    calendar.lines-wrong | 有 {count} 行不正确，没有导入任何内容 | {count} line(s) are wrong, so nothing was taken over
    calendar.lines-wrong-remedy | 请按所示行号改正后重新提交 | Correct the lines named and send it again
    calendar.lines-too-many | 一个年度的日历至多 {linesMax} 行、64 KiB | The calendar of a year has at most {linesMax} lines and 64 KiB
    calendar.not-text | 文件不是 UTF-8 编码的文本，请另存为 UTF-8 后重新上传 | The file is not text in UTF-8; save it as UTF-8 and upload it again
    calendar.not-one-year | 每次发布一个年度的安排，所提交的内容包含 {count} 个年度 | One year is published at a time; this holds {count}
    calendar.year-out-of-range | 只能发布 {first} 至 {last} 年的安排 | Years from {first} to {last} can be published
    calendar.unchanged | 与现行日历一致，无需发布 | The calendar in force says this already; there is nothing to publish
    calendar.fields-wrong | 填写有误，尚未发布 | Something is not filled in properly; nothing was published
    calendar.member-unknown | 不认识的字段 | There is no such field
    calendar.member-wrong | 缺失或类型不对 | Missing, or not of its type
    calendar.field-needed | 必填 | Required
    calendar.ends-before-it-begins | 截止日早于起始日 | It ends before it begins
    calendar.closure-too-long | 一次至多停止办公 {daysMax} 天 | Offices can be closed for {daysMax} days at a time at most
    calendar.closure-too-far | 距今不得超过 {daysMax} 天 | It lies more than {daysMax} days from today
    calendar.publication-missing | 没有这一次发布 | There is no such publication
    calendar.withdrawn-before | 这一次发布已经撤回 | This publication has been withdrawn already
    calendar.superseded | 同一年度后来又发布过，这一次已不再生效，无需撤回 | A later publication of the same year holds in its place; there is nothing to withdraw
    calendar.withdraws-withdrawal | 撤回不能再撤回 | A withdrawal cannot be taken back
    calendar.withdraws-withdrawal-remedy | 请重新发布该年度或该停止办公日 | Publish the year or the closure again
    calendar.gap | {year} 年的节假日安排尚未公布，有 {count} 个办理期限延伸到该年，暂按周末推算 | The holidays of {year} are not published; {count} open deadline(s) reach into it and know only its weekends
    calendar.gap-ahead | {year} 年的节假日安排尚未公布 | The holidays of {year} are not published
    casework.deadline-moved | “{title}”的办理期限由 {from} 调整为 {to}（工作日历更新） | The deadline of “{title}” moved from {from} to {to}, because the working-day calendar changed
    """)
