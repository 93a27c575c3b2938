import Kernel

let calendarPageWords = Words(
    """
    calendar.calendar | 工作日历 | Working days
    site.way.calendar | 查看与发布放假、调休安排，登记停止办公。 | See and publish holidays and exchanged days; close offices.
    calendar.title | {year} 年工作日历 | Working days of {year}
    calendar.why | 办理期限、报送截止日、定时读取与定时供数都以本日历为准。 | Deadlines, filing days, schedules and deliveries all count by this calendar.
    calendar.provisional | 暂定 | provisional
    calendar.provisional-why | {year} 年的节假日安排尚未公布，目前只知道周末；跨入该年的期限均为暂定。 | The holidays of {year} are not published; only its weekends are known, and deadlines that reach into it are provisional.
    calendar.document | 依据文件 | Document
    calendar.working-days | 工作日天数 | Working days
    calendar.publish-year | 发布年度安排 | Publish a year
    calendar.publish-year-why | 粘贴或上传国务院办公厅公布的放假与调休安排；发布前先看会影响哪些期限。 | Paste or upload the arrangement as the State Council announced it; before publishing you see which deadlines would move.
    calendar.another-year | {year} 年 | {year}
    calendar.new-closure | 登记停止办公 | Close offices
    calendar.new-closure-why | 因台风、突发事件等本市机关停止办公的日子；办理期限相应顺延。 | Days on which the city's offices are closed, for a typhoon or an emergency; deadlines move accordingly.
    calendar.lines | 年度安排 | Days of the year
    calendar.lines-hint | 每行四栏，以制表符或逗号分隔：类别（year 年度、holiday 放假、working 上班）、起始日、截止日、名称。首行为年度及通知名称。 | Four cells a line, parted by tabs or commas: kind (year, holiday or working), first day, last day, name. The first line is the year with the announcement.
    calendar.file | 或上传文件 | Or a file
    calendar.file-hint | UTF-8 编码的 TSV 或 CSV 文本；上传后以文件内容为准。 | TSV or CSV text in UTF-8; a file takes the place of what is typed.
    calendar.look | 查看影响 | See what would change
    calendar.from | 起始日 | First day
    calendar.to | 截止日 | Last day
    calendar.kind | 类别 | Kind
    calendar.name | 名称 | Name
    calendar.reason | 原因 | Reason
    calendar.reason-hint | 例如：防御台风，全市停工停课 | For example: typhoon, the whole city stops work
    calendar.document-hint | 宣布停止办公的文件名称或文号 | Name or number of the document that closes the offices
    calendar.day-unreadable | 请填写实际存在的日期 | Give a day that exists
    calendar.kind.holiday | 放假 | holiday
    calendar.kind.working | 调休上班 | worked in exchange
    calendar.kind.closed | 停止办公 | offices closed
    calendar.days | 与平常周历不同的日子 | Days that differ from a plain week
    calendar.days-none | 这一年没有公布任何安排。 | Nothing was published of this year.
    calendar.publications | 发布记录 | Publications
    calendar.publications-none | 本市尚未发布，目前使用程序自带的全国安排。 | The city has published nothing; the arrangement that ships with the program is in force.
    calendar.number | 序号 | No.
    calendar.what | 内容 | What
    calendar.by | 发布人 | By
    calendar.at | 发布时间 | At
    calendar.state | 状态 | State
    calendar.state.withdrawn | 已撤回 | withdrawn
    calendar.state.published | 已发布 | published
    calendar.change.year | 发布 {year} 年放假与调休安排 | The holidays and exchanged days of {year}
    calendar.change.closure | {from} 至 {to} 停止办公：{reason} | Offices closed from {from} to {to}: {reason}
    calendar.change.withdrawal | 撤回第 {number} 次发布：{reason} | Publication {number} withdrawn: {reason}
    calendar.publication | 第 {number} 次发布 | Publication {number}
    calendar.withdraw | 撤回 | Withdraw
    calendar.withdrawn-by | 撤回于第几次发布 | Withdrawn by publication
    calendar.moved | 已调整的期限 | Deadlines moved
    calendar.moved-none | 没有期限因此变动。 | No deadline moved.
    calendar.outstanding | 还有 {count} 个期限正在重新推算，请稍后刷新。 | {count} deadline(s) are still being reckoned; look again in a moment.
    calendar.moves | 变动的期限 | Deadlines that move
    calendar.case | 办件 | Case
    calendar.deadline | 期限 | Deadline
    calendar.due-before | 原截止日 | Due before
    calendar.due-after | 新截止日 | Due after
    calendar.preview | 发布前核对 | Before it is published
    calendar.would-move | {count} 个办理中的期限将变动。 | {count} open deadline(s) will move.
    calendar.would-move-none | 没有期限会变动。 | No deadline will move.
    calendar.would-settle | {count} 个暂定期限将成为确定期限。 | {count} provisional deadline(s) will be certain.
    calendar.would-count | {year} 年的工作日由 {before} 天变为 {after} 天。 | {year} will have {after} working days instead of {before}.
    calendar.would-follow | 报送截止日、定时读取、定时供数与“仅工作日供数”的条件同时按新日历执行；承办人会收到通知，全过程存证。 | Filing days, schedules, deliveries and hours of working days follow at once; whoever must act is told, and all of it is evidenced.
    calendar.button.year | 发布 | Publish
    calendar.button.closure | 登记并发布 | Close the offices
    calendar.button.withdrawal | 撤回 | Withdraw
    calendar.done | 已发布，期限已按新日历重新推算。 | Published; deadlines are reckoned by the new calendar.
    calendar.revision-missing | 请先查看影响，再发布。 | Look at what would change first, then publish.
    calendar.api.ok | 成功 | Done
    calendar.api.read | 一年的工作日历 | The working days of a year
    calendar.api.publish | 发布一年的放假与调休安排 | Publish the holidays and exchanged days of a year
    calendar.api.close | 登记停止办公 | Close the city's offices on some days
    calendar.api.withdraw | 撤回一次发布 | Withdraw a publication
    calendar.api.about | 加 dryRun 只看影响，不发布。revision 为查看时的序号；期间另有发布则拒绝。 | With dryRun nothing is published and the answer says what would move. Under another revision than the one looked at it is refused.
    calendar.gaps | 缺少节假日安排的年份 | Years without published holidays
    calendar.gap-clocks | 延伸到该年的期限 | Deadlines that reach into it
    calendar.no-gap | 没有。 | None.
    calendar.year | 年份 | Year
    calendar.mark.holiday | 休 | H
    calendar.mark.exchanged | 班 | W
    calendar.mark.closed | 停 | C
    calendar.legend.holiday | 放假 | holiday
    calendar.legend.exchanged | 调休上班 | worked in exchange
    calendar.legend.closed | 本市停止办公 | the city's offices closed
    calendar.weekday.1 | 一 | Mo
    calendar.weekday.2 | 二 | Tu
    calendar.weekday.3 | 三 | We
    calendar.weekday.4 | 四 | Th
    calendar.weekday.5 | 五 | Fr
    calendar.weekday.6 | 六 | Sa
    calendar.weekday.7 | 日 | Su
    calendar.month.1 | 一月 | January
    calendar.month.2 | 二月 | February
    calendar.month.3 | 三月 | March
    calendar.month.4 | 四月 | April
    calendar.month.5 | 五月 | May
    calendar.month.6 | 六月 | June
    calendar.month.7 | 七月 | July
    calendar.month.8 | 八月 | August
    calendar.month.9 | 九月 | September
    calendar.month.10 | 十月 | October
    calendar.month.11 | 十一月 | November
    calendar.month.12 | 十二月 | December
    """)
