package import Kernel

package let nameListWords = Words(
    """
    name-list.not-found | 没有这份名单，或者您无权看到它 | there is no such list, or it is not yours to see
    name-list.ending-unknown | 不接受文件“{name}”，可用的扩展名：{allowed} | “{name}” is not taken; files may end in {allowed}
    name-list.file-empty | 文件是空的 | the file is empty
    name-list.file-too-large | 文件超过 {bytesMax} 字节 | the file is larger than {bytesMax} bytes
    name-list.file-unwritable | 文件未能收下，请稍后再试 | the file could not be taken; try again
    name-list.header-missing | 没有找到表头行 | no header row was found
    name-list.header-missing-remedy | 请在数据之上加一行列名，再上传。 | Add a row of column names above the data and bring it again.
    name-list.too-many-rows | 一份名单最多 {max} 行 | a list has {max} rows at most
    name-list.too-many-rows-remedy | 请拆分后分别上传。 | Bring it in smaller parts.
    name-list.too-many-attachments | 授权材料最多 {max} 份 | there may be {max} authorisation files at most
    name-list.column-unknown | 名单里没有这一列 | the list has no such column
    name-list.case-column-is-key | 业务编号列不能与号码列相同 | the column of case numbers cannot be that of the keys
    name-list.no-grant | 请至少选择一项授权 | Choose at least one grant
    name-list.too-many-grants | 一次最多比对 {max} 项授权 | a list is matched against {max} grants at most
    name-list.grant-twice | 同一项授权选了两次（{grant}） | a grant is chosen twice ({grant})
    name-list.grant-not-offered | 目前不能按所选信息项与这项授权比对（{grant}） | this grant cannot be matched by that column today ({grant})
    name-list.no-key-column | 授权的信息项中没有可用作查询键的号码 | none of the granted columns can be looked up by
    name-list.part-refused | “{entry}”的授权不能用于本次比对，整份名单都没有执行 | the grant of “{entry}” refuses; nothing of the list was run
    name-list.not-checked | 还没有说明号码列和要比对的授权 | nobody has said yet which column holds the keys and which grants to ask
    name-list.not-checked-remedy | 请先完成选择。 | Choose first.
    name-list.unreadable | 有 {count} 行的号码无法识读，整份名单都没有执行 | the keys of {count} rows cannot be read; nothing of the list was run
    name-list.unreadable-remedy | 请把这些单元格设为文本格式，重新填写号码，再上传。 | Format those cells as text, type the numbers again, and bring the list once more.
    name-list.no-keys | 名单里没有可以比对的号码 | the list has no key that could be matched
    name-list.counted | 从第 {place} 行起有 {run} 个号码依次递增，上限为 {max} 个：这不是名单，是试号 | from row {place} on, {run} numbers count up one by one (limit {max}): that is no list but a search for numbers
    name-list.counted-remedy | 确属业务名单的，请与数据提供单位联系。 | If it is a true list of cases, speak to the provider.
    name-list.case-numbers-missing | “{entry}”的授权要求逐行填写业务编号，还缺 {rows} 行 | the grant of “{entry}” demands a case number in every row; {rows} have none
    name-list.case-numbers-missing-remedy | 请选择业务编号所在的列，并补齐。 | Name the column of case numbers and fill it.
    name-list.too-many-lists | “{entry}”的授权下，今天的名单已达 {max} 份 | under the grant of “{entry}” today's {max} lists are used up
    name-list.too-many-lists-remedy | 请明天再来，或者合并名单。 | Come back tomorrow, or put lists together.
    name-list.too-many-keys | 本次要查询 {asked} 个，本岗位今天还剩 {left} 个（每天 {max} 个，按号码乘授权计） | the list asks {asked} keys and this post has {left} left today, of {max} a day (keys times grants)
    name-list.too-many-keys-remedy | 请拆分名单，或者明天再来。 | Bring a part of it, or come back tomorrow.
    name-list.held | “{entry}”的名单比对自 {since} 起暂停：未匹配的号码过多 | lists under “{entry}” rest since {since}: too many keys were nobody's
    name-list.held-remedy | 请与数据提供单位或安全管理员联系，由其核实后恢复。 | The provider or the security officer lifts it after a look.
    name-list.not-draft | 这份名单已经执行过了 | this list was released already
    name-list.not-running | 这份名单没有在执行 | this list is not being worked on
    name-list.key-reused | 同一个幂等键此前用于另一个文件 | the same idempotency key came with another file before
    name-list.key-invalid | 幂等键应为 1 至 {max} 字节 | an idempotency key has 1 to {max} bytes
    name-list.cancelled | 已取消：没有数据流出，也没有计量 | cancelled: nothing left and nothing is charged
    name-list.stopped | 处理被中断：没有数据流出，也没有计量 | the work was interrupted: nothing left and nothing is charged
    name-list.hold-not-found | 该授权下的名单比对没有暂停 | lists under this grant are not held
    name-list.fault-citizen-id | 不是有效的公民身份号码 | no valid citizen number
    name-list.fault-uscc | 不是有效的统一社会信用代码 | no valid credit code
    name-list.fault-other | 号码过长 | too long for a key
    name-list.fault-damaged-by-spreadsheet | 号码已被电子表格改成科学计数，末尾几位丢失 | a spreadsheet turned the number into an exponent; its last digits are lost
    name-list.fault-formula-fault | 公式没有得出结果 | a formula without a value
    name-list.fault-cell-count | 这一行的单元格比表头多 | the row has more cells than the header
    name-list.fault-nul-byte | 含有不可见的零字符 | holds a NUL character
    name-list.fault-cell-too-long | 单元格过长 | the cell is too long
    name-list.fault-text-after-quote | 引号之后还有文字 | text stands after a closing quote
    name-list.sheet | 名单 | List
    name-list.about-sheet | 比对说明 | About this matching
    name-list.column-state | 比对结果 | Result
    name-list.column-as-of | 数据日期 | As of
    name-list.state-matched | 已匹配 | Matched
    name-list.state-unmatched | 未匹配 | Unmatched
    name-list.state-ambiguous | 不唯一（{count} 条） | Ambiguous ({count} rows)
    name-list.state-ambiguous-many | 不唯一（超过 {count} 条） | Ambiguous (more than {count} rows)
    name-list.state-blank | 无号码 | No key
    name-list.state-invalid | 号码无效 | Invalid key
    name-list.fact-release | 供数编号 | Release
    name-list.fact-at | 比对时间 | At
    name-list.fact-file | 原文件 | File
    name-list.fact-key | 号码列 | Key column
    name-list.fact-case | 业务编号列 | Column of case numbers
    name-list.fact-rows | 行数 | Rows
    name-list.fact-keys | 不同号码 | Different keys
    name-list.fact-repeated | 重复的行 | Repeated rows
    name-list.fact-unasked | 未比对的行 | Rows not asked
    name-list.fact-receipt | 回执 | Receipt
    name-list.fact-grant | 授权及修订号 | Grant and revision
    name-list.fact-purpose | 用途 | Purpose
    name-list.fact-version | 数据版本 | Version
    name-list.fact-key-column | 查询键 | Looked up by
    name-list.fact-asked | 查询号码 | Keys asked
    name-list.fact-ambiguous | 不唯一 | Ambiguous
    name-list.fact-unmatched | 未匹配（含授权不予供出的） | Unmatched (with those that the grant keeps back)
    name-list.fact-columns | 供出的信息项 | Granted columns
    name-list.lists | 名单比对 | Name lists
    name-list.lists-why | 带着自己的名单来，与获批的几类数据一次比对，带回同一份表格。 | Bring a list of your own cases, match it against several grants at once, and take the same table back.
    name-list.lists-empty | 还没有名单。上传一份 Excel 或 CSV 名单，即可与本单位获批的数据比对。 | No list yet. Bring one as Excel or CSV and match it against what your unit was granted.
    name-list.new | 新建比对 | New list
    name-list.new-why | 第一步：上传名单。上传不等于比对，确认之前不会查询任何数据。 | First bring the list. Nothing is asked of anybody before you confirm.
    name-list.by | 经办人 | By
    name-list.grants-asked | 授权 | Grants
    name-list.list-title | 名单：{file} | List: {file}
    name-list.file | 名单文件 | The list
    name-list.file-hint | Excel（xlsx）或 CSV，最多 {rows} 行、{bytes}；号码列请设为文本格式 | Excel (xlsx) or CSV, at most {rows} rows and {bytes}; format the keys as text
    name-list.bring | 上传 | Bring it
    name-list.uploading | 上传进度 | Upload
    name-list.how | 比对怎么做 | How it goes
    name-list.step-1 | 上传名单，标题行和列的顺序都会保留。 | Bring the list; its titles and the order of its columns stay.
    name-list.step-2 | 选择号码列、业务编号列和要比对的授权，附上授权材料。 | Say which column holds the keys and which the case numbers, choose the grants, add the authorisations.
    name-list.step-3 | 核对行数、无效号码和将要占用的额度，再确认。 | Look at the rows, the invalid keys and the quota that will be taken; then confirm.
    name-list.step-4 | 下载原名单，每行之后加上各授权的比对结果、获批的信息项和数据日期；一次比对一份回执。 | Take your list back with each grant's result, the granted columns and the date of the data beside every row, and one receipt.
    name-list.reading | 列名不对？重新指定表头 | Wrong columns? Say where the header is
    name-list.header-line | 表头在第几行 | Row of the header
    name-list.header-number | 请填写行号，从 1 起 | Give the number of a row, from 1
    name-list.sheet-choice | 工作表 | Sheet
    name-list.read-again | 重新读取 | Read it again
    name-list.choose | 选择号码列和授权 | Keys and grants
    name-list.choose-why | 第二步：说明号码在哪一列，与哪些授权比对 | Second: where the keys are, and which grants to ask
    name-list.key-column | 号码列 | Column of the keys
    name-list.key-kind | 号码是 | The keys are
    name-list.kind-citizen-id | 公民身份号码 | Citizen numbers
    name-list.kind-uscc | 统一社会信用代码 | Credit codes
    name-list.kind-other | 其他号码 | Other numbers
    name-list.case-column | 业务编号列 | Column of the case numbers
    name-list.case-none | 没有业务编号 | None
    name-list.case-hint | 业务编号只以不可还原的摘要记入存证 | Evidence holds case numbers only as keyed digests
    name-list.authorisations | 授权材料 | Authorisations
    name-list.authorisations-hint | 申请人授权书、批文等，PDF、OFD 或图片，每份 20 MB 以内，加密保存，可以多选；已有 {count} 份 | Consents, orders: PDF, OFD or pictures of 20 MB at most, kept encrypted; several may be chosen; {count} there already
    name-list.grants | 比对的授权 | Grants to ask
    name-list.offer-hint | {provider}；按“{column}”比对；供出：{columns}；数据日期 {asOf} | {provider}; by “{column}”; gives {columns}; as of {asOf}
    name-list.offer-hint-quota | {provider}；按“{column}”比对；供出：{columns}；数据日期 {asOf}；剩余额度 {left} 行 | {provider}; by “{column}”; gives {columns}; as of {asOf}; {left} rows of quota left
    name-list.no-offer | 本单位目前没有可以用于名单比对的授权。 | Your unit has no grant that name lists can be matched against.
    name-list.refused | 今天不能用于比对的授权 | Grants that cannot be asked today
    name-list.refused-none | 没有 | None
    name-list.why-not | 原因 | Why
    name-list.check | 核对名单 | Look at the list
    name-list.discard | 放弃这份名单 | Give the list up
    name-list.discarded | 名单已放弃，文件已删除。 | The list is given up and its file deleted.
    name-list.stops | 这份名单还不能比对： | The list cannot be matched as it is:
    name-list.wanted | 将要比对 | What will be asked
    name-list.takes | 需要额度 | Takes
    name-list.left | 剩余额度 | Left
    name-list.no-quota | 不限 | No limit
    name-list.consequence | 将用 {keys} 个号码查询 {grants} 项授权，每项授权须有同样多的剩余额度，查到的才计入用量。 | {keys} keys will be asked of {grants} grants. Each needs as much quota left; only keys that are found are charged.
    name-list.release | 确认比对 | Match it
    name-list.edit | 修改选择 | Change the choice
    name-list.running | 正在比对：{rows}／{total} 行 | Matching: {rows} of {total} rows
    name-list.cancel-asked | 正在取消。 | It is being cancelled.
    name-list.answered | 比对结果 | What came of it
    name-list.unmatched | 未匹配 | Unmatched
    name-list.its-release | 供数 | Release
    name-list.faults | 有问题的单元格 | Cells with faults
    name-list.faults-none | 没有 | None
    name-list.place | 位置 | Where
    name-list.what-is-wrong | 问题 | What is wrong
    name-list.made-at | 上传时间 | Brought
    name-list.ended-at | 结束时间 | Ended
    name-list.blank | 没有号码的行 | Rows without a key
    name-list.invalid | 号码无效的行 | Rows with an invalid key
    name-list.download | 下载比对结果 | Take the workbook back
    name-list.list-state.draft | 待确认 | Not confirmed
    name-list.list-state.authorised | 比对中 | Under way
    name-list.list-state.settled | 已完成 | Done
    name-list.list-state.failed | 未完成 | Failed
    name-list.list-state.unknown | 结果不明 | Unknown
    name-list.state-why.draft | 第三步：核对后确认 | Third: look, then confirm
    name-list.state-why.authorised | 可以离开本页，稍后回来 | You may leave the page and come back
    name-list.state-why.settled | 结果表与上传的名单逐行对应 | Row by row as it was brought
    name-list.state-why.failed | 没有数据流出，没有计入用量 | Nothing left and nothing is charged
    name-list.state-why.unknown | 处理的进程中断，按预留数量计量 | Its process ended; charged as reserved
    name-list.held-notice | 自 {since} 起暂停名单比对：近期查询的 {keys} 个号码中有 {unmatched} 个未匹配。 | Name lists rest since {since}: of {keys} keys asked lately, {unmatched} were nobody's.
    name-list.its-list | 打开名单 | Open the list
    name-list.lift | 恢复名单比对 | Allow name lists again
    name-list.lift-question | 恢复该授权下的名单比对？ | Allow name lists under this grant again?
    name-list.lift-consequence | 使用方可以继续比对名单，未匹配的比例从现在起重新计算。 | The recipient can go on, and the unmatched share is counted from now on.
    name-list.expected | 该数据本来就多为未匹配，以后不再因此暂停 | Most keys are unmatched here by nature: do not hold for it again
    name-list.expected-hint | 例如死亡登记、行政处罚名单 | As with a register of deaths or of penalties
    name-list.lifted | 名单比对已恢复。 | Name lists are allowed again.
    name-list.api.list-offers | 列出可以比对的授权及其查询键 | List the grants that lists can be matched against, and by which columns
    name-list.api.list-lists | 列出本单位的名单 | List the name lists of your unit
    name-list.api.bring | 上传名单并核对，不查询任何数据 | Bring a list and have it looked at; nothing is asked yet
    name-list.api.bring-about | 同一个 Idempotency-Key 与同一个文件再次上传，回答同一份名单。 | The same Idempotency-Key with the same file answers the same list.
    name-list.api.list | Excel 或 CSV 文件 | An Excel or CSV file
    name-list.api.kind | citizen-id、uscc 或 other | citizen-id, uscc or other
    name-list.api.grants | 授权编号与查询键，以竖线分隔，可以重复 | Id of a grant and its key column, parted by a bar; may be repeated
    name-list.api.unreadable | 号码被电子表格改坏的行；有这样的行即不能比对 | Rows whose key a spreadsheet destroyed: they stop the list
    name-list.api.run | 依次递增的号码最多连续几个 | The longest run of numbers that count up
    name-list.api.ambiguous | 一个号码对应多行，一行也不供出 | Keys with several rows: none of them is given
    name-list.api.read | 查看一份名单 | One list
    name-list.api.discard | 放弃一份还没有比对的名单 | Give a list up that was not released
    name-list.api.release | 确认比对，一次占用所有授权的额度 | Release a list: every grant's quota is taken, or none
    name-list.api.release-about | 任何一项授权拒绝，整份名单都不执行，回答中写明是哪一项。比对在后台进行，请再查看名单的状态。 | When one grant refuses, nothing is run and the answer names it. The work goes on in the background; ask for the list again.
    name-list.api.begun | 已开始 | begun
    name-list.api.lift | 恢复因未匹配过多而暂停的名单比对 | Allow name lists again that rest because too many keys were nobody's
    name-list.api.lift-about | 由数据提供单位或安全管理员核实后恢复。 | An act of the provider or the security officer, after a look.
    name-list.api.cancel | 取消正在比对的名单 | Cancel a list that is being matched
    name-list.api.file | 下载比对结果 | Fetch the workbook
    name-list.api.file-about | 原名单的各行各列，加上每项授权的比对结果、获批的信息项和数据日期。任一授权被暂停或撤销后不能下载。 | The list as it was brought, with each grant's result, its columns and the date of its data. Not after one of its grants was suspended or revoked.
    name-list.api.receipt | 下载一份名单的回执 | The receipt of a list
    name-list.api.receipt-about | 一份回执，逐项写明每个授权。 | One receipt, with a part for each grant.
    name-list.receipt-how | 回执可在名单页面下载，用 headwaters verify 与本文件一并核验。 | Download it from the list's page; headwaters verify checks it against this file.
    """)
