package import Kernel

package let filingWords = Words(
    """
    hooking.cadence | 报送周期 | How often
    hooking.cadence.week | 每周 | every week
    hooking.cadence.month | 每月 | every month
    hooking.cadence.quarter | 每季度 | every quarter
    hooking.cadence.year | 每年 | every year
    hooking.period | 报送期 | Period
    hooking.period.week | {year}年第{week}周 | week {week} of {year} | {year}年第{week}週
    hooking.period.month | {year}年{month}月 | month {month} of {year}
    hooking.period.quarter | {year}年第{quarter}季度 | quarter {quarter} of {year}
    hooking.period.year | {year}年 | year {year}
    hooking.periods | 各期情况 | Periods
    hooking.no-periods | 还没有需要报送的期次。 | No period is owed yet.
    hooking.period-state.open | 收集中 | in course
    hooking.period-state.due | 待报送 | due
    hooking.period-state.late | 逾期未报 | late
    hooking.period-state.missing | 缺报 | missing
    hooking.period-state.arrived | 已报送 | filed
    hooking.period-state.nothing | 零报 | nothing to report
    hooking.period-state.running | 处理中 | being taken in
    hooking.came-late | 迟报 | came late
    hooking.days-left | 还剩 {days} 个工作日 | {days} working days left
    hooking.days-late | 已逾期 {days} 个工作日 | {days} working days late
    hooking.provisional | 暂定：节假日安排尚未公布 | provisional: the holidays are not announced yet
    hooking.manner | 报送方式 | What becomes of the rows served now
    hooking.manner.replace | 整体替换 | The file replaces all
    hooking.manner.append | 追加 | Add to them
    hooking.manner.overlay | 追加，同主键的行以本文件为准 | Add to them; rows of the same key give way
    hooking.manner-hint.replace | 本文件就是全部内容。 | This file is the whole content.
    hooking.manner-hint.append | 本文件只含新增的行；主键已经存在的，整个文件不收。 | This file holds new rows only; a key that is there already refuses the whole file.
    hooking.manner-hint.overlay | 本文件含新增和更正的行。 | This file holds new rows and corrected ones.
    hooking.row-key | 行主键 | Key of a row
    hooking.row-key-hint | 一列或多列合起来区分每一行，追加时用来发现重复。 | One or more columns that together tell rows apart; finds doubles when rows are added.
    hooking.row-key-needed | 要让同主键的行以新文件为准，必须先指定行主键 | rows of the same key can only give way when the key of a row is named
    hooking.channel | 途径 | How it came
    hooking.channel.page | 网页上传 | page
    hooking.channel.api | 接口 | API
    hooking.channel.command | 命令行 | command line
    hooking.channel.inbox | 接收目录 | inbox folder
    hooking.channel.package | 离线数据包 | package
    hooking.filings | 按期报送 | Filings
    hooking.filings-so-far | 报送记录 | What came so far
    hooking.no-filings | 还没有报送记录。 | Nothing has been filed yet.
    hooking.filed-at | 报送时间 | Filed
    hooking.filed-what | 报送内容 | What
    hooking.filed-by-period | 本挂接接收报送的文件。当前报送期： | This hook gets files that are filed. Period:
    hooking.file-this-period | 报送本期文件 | File this period
    hooking.file-act | 报送 | File it
    hooking.filing-file-hint | 文件按已确认的读取方式和数据列读取；列有变化时不会发布，现有版本继续提供服务。也可上传签名的离线数据包（.hwp），报送期和方式以数据包为准。 | It is read as was confirmed; when its columns differ nothing is published and the last version is still served. A signed package (.hwp) is taken, too; it says its own period and manner.
    hooking.nothing-act | 零报（本期没有数据） | Nothing to report
    hooking.nothing-because | 零报：{reason} | nothing: {reason}
    hooking.nothing-question | 确认本期没有需要报送的数据？ | Is there nothing to report for this period?
    hooking.nothing-consequence | 现有版本继续提供服务；零报记入存证，可以撤回。 | The version served stays as it is; the word is recorded, and can be taken back.
    hooking.nothing-reason-hint | 例如：本月无新增登记。不超过 500 字。 | Such as: no new registration this month. Up to 500 characters.
    hooking.nothing-done | 已登记零报。 | Nothing to report: noted.
    hooking.undo | 撤回 | Undo
    hooking.undo-act | 撤回报送 | Take it back
    hooking.undo-question | 撤回这次报送？ | Take this filing back?
    hooking.undo-serves | 第 {number} 版重新提供服务。 | Version {number} is served again.
    hooking.undo-recorded | 该期恢复为未报送；撤回记入存证，原版本的文件保留。 | The period is open again; this is recorded, and the files of the version stay.
    hooking.undo-done | 报送已撤回。 | The filing is taken back.
    hooking.undone | 已撤回 | taken back
    hooking.duty | 约定按期报送 | Agree on filings
    hooking.duty-change | 修改报送约定 | Change what is agreed
    hooking.duty-why | 约定后，本单位每期报送一个文件；到期前提醒，逾期在目录、挂接列表和主管部门的报送情况中显示。 | The department then files once a period; it is reminded before the deadline, and lateness shows on the entry, on the list of hooks and to the bureau.
    hooking.duty-none | 还没有约定报送周期和期限。 | How often and by when to file is not agreed yet.
    hooking.duty-save | 保存约定 | Save
    hooking.duty-done | 报送约定已保存。 | What is agreed is saved.
    hooking.duty-end | 停止约定 | End the agreement
    hooking.duty-end-question | 取消按期报送的约定？ | End the agreement on filings?
    hooking.duty-end-consequence | 不再催报；此后发布新版本将重新读取挂接的数据源，整体替换现有内容。报送记录保留。 | Nothing is owed any more. Publishing then reads the hook's own source again and replaces all. What was filed stays on record.
    hooking.duty-ended | 报送约定已取消。 | The agreement is ended.
    hooking.since | 起始期 | From
    hooking.since-hint | 含该日的一期为第一期。 | The period that holds this day is the first.
    hooking.deadline | 报送期限 | Deadline
    hooking.deadline-days | 期限：期满后第几个工作日 | Deadline: working days after the period
    hooking.deadline-days-hint | 0 表示期内最后一天。 | 0 is the last day of the period.
    hooking.deadline-nth | 期满后第 {days} 个工作日 | working day {days} after the period
    hooking.deadline-last-day | 期内最后一天 | the last day of the period
    hooking.remind-days | 提前提醒 | Remind before
    hooking.remind-days-hint | 到期前这么多个工作日起出现在待办中。 | So many working days before the deadline it is in the inbox.
    hooking.working-days | 个工作日 | working days
    hooking.days-range | 应为 0 到 {max} 的整数 | must be a whole number from 0 to {max}
    hooking.answer-unreadable | 请填写有效的值 | this is no possible answer
    hooking.board | 报送情况 | Filings due
    hooking.board-why | 约定了按期报送的挂接，以及最需要处理的一期。 | Every hook that gets a file each period, with the period that needs attention most.
    hooking.no-duties | 还没有约定按期报送的挂接。 | No hook gets a file each period.
    hooking.department | 单位 | Department
    hooking.periods-overdue | 逾期期数 | Periods overdue
    hooking.files-by-period | 该挂接接收报送的文件，不重新读取原数据源 | this hook gets files that are filed; its first source is not read again
    hooking.files-by-period-remedy | 请在“按期报送”中报送文件，或先取消报送约定和目录监视 | file a file, or first end the agreement and the watch
    hooking.no-duty | 该挂接没有约定按期报送 | nothing is agreed on filings of this hook
    hooking.no-duty-remedy | 请先约定报送周期和期限 | agree on how often and by when first
    hooking.period-needed | 请选择报送期 | say for which period
    hooking.period-unknown | “{text}”不是报送期，应写作 2026-11、2026-W48、2026-Q4 或 2026 | "{text}" is no period; write 2026-11, 2026-W48, 2026-Q4 or 2026
    hooking.period-not-owed | {period} 不是该挂接约定的报送期，或者还没有开始 | {period} is not owed for this hook, or has not begun
    hooking.period-settled | {period} 已经报送 | {period} is filed already
    hooking.period-settled-remedy | 确需更改的，请先撤回原来的报送 | take that filing back first
    hooking.reason-needed | 请写明零报的原因，不超过 {max} 字 | say why there is nothing to report, in up to {max} characters
    hooking.filed-before | 同一文件已经作为 {period} 报送，没有再次追加 | the same file was filed for {period}; it is not added a second time
    hooking.filed-before-remedy | 请核对是否选错了文件或报送期 | check the file and the period
    hooking.filing-not-found | 没有这次报送，或者您无权看到它 | there is no such filing, or it is not yours to see
    hooking.not-undoable | 这次报送不能撤回：它没有生成版本，已经撤回，或者之后又发布了新版本 | this filing cannot be taken back: it made no version, is taken back already, or a newer version is served
    hooking.not-undoable-remedy | 请从最近一次报送开始依次撤回 | take back the newest filing first
    hooking.nothing-before | 这是第一个版本，之前没有可以恢复的版本 | it is the first version: there is none before it to be served again
    hooking.nothing-before-remedy | 请报送正确的文件，整体替换 | file the right file, and let it replace all
    hooking.api.filed | 报送的数据文件。 | The file with the data.
    hooking.api.period | 报送期：2026-11、2026-W48、2026-Q4 或 2026。 | The period: 2026-11, 2026-W48, 2026-Q4 or 2026.
    hooking.api.manner | 留空按约定。 | Empty: as agreed.
    hooking.api.list-filings | 列出挂接的报送记录 | List the filings of a hook
    hooking.api.filings | 报送记录，最新在前。 | Filings, newest first.
    hooking.api.list-periods | 列出挂接各期的报送情况 | List the periods of a hook
    hooking.api.periods | 各期情况，最新在前。 | Periods, newest first.
    hooking.api.file | 报送一个文件 | File a file
    hooking.api.file-about | 以 multipart/form-data 发送文件；随后在后台读取、质检和发布，结果见该报送。同一文件为同一期再次发送，得到原来的报送。 | Send the file as multipart/form-data. It is read, checked and published in the background; the filing tells how that went. The same file for the same period is the filing that is there already.
    hooking.api.filing | 该次报送。 | The filing.
    hooking.api.file-nothing | 零报 | Say that there is nothing to report
    hooking.api.read-filing | 查看一次报送 | Read a filing
    """)
