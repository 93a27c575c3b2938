package import Kernel

package let applicationListWords = Words(
    """
    application.lists | 批量申请清单 | Lists of applications
    application.list-new | 批量申请（Excel） | Apply by a list (Excel)
    application.list-one | 批量申请清单：{file} | List of applications: {file}
    application.list-template | 下载模板 | Download the template
    application.list-template-name | 批量申请清单模板 | applications
    application.list-returned-name | 批量申请退回清单 | applications-returned
    application.list-sheet | 批量申请 | Applications
    application.list-file | 清单文件（Excel 或 CSV） | The list, as Excel or CSV
    application.list-bring | 导入并预览 | Bring it and look
    application.list-how-columns | 一行一个目录条目；列名与模板一致，顺序不限。目录条目填信息资源代码或名称。 | A row an entry. Titles as in the template, in any order. An entry is named by its code or its title.
    application.list-how-items | 信息项之间用顿号；需脱敏的写作“姓名：surname”，处理有 keep-6-4、keep-3-4、surname、year-only、year-month、pseudonym。 | Items with commas between them; a treatment after a colon: keep-6-4, keep-3-4, surname, year-only, year-month or pseudonym.
    application.list-how-rows | 数据条件例如 状态 = '在保'，空白为全部数据；供数方式填名称，可填多个。 | A row condition such as status = 'on'; empty means all rows. Deliveries by their names, several if need be.
    application.list-how-matter | 业务事项、用途、依据、期限、保存天数和联系岗位都相同的行合为一份申请，每份最多 {entriesMax} 个条目，多出的另成一份。 | Rows with the same matter, purpose, basis, term, retention and contact are one application of at most {entriesMax} entries; what is more becomes another.
    application.list-how-look | 每次最多 {rowsMax} 行。导入后先预览，确认才起草；有错的行逐格标明退回，不影响其他行。 | At most {rowsMax} rows at a time. You look before anything is drafted. Rows with faults come back marked by cell and keep none of the others.
    application.list-items | 信息项数 | Items
    application.list-number | “{text}”不是数字 | “{text}” is no number
    application.list-would | 可起草 {taken} 行，合为 {applications} 份申请；{refused} 行有错，起草时不计入。 | {taken} rows can be drafted, as {applications} applications; {refused} have faults and are left out.
    application.list-did | 已起草 {taken} 行，合为 {applications} 份申请；{refused} 行已标明错误退回。 | {taken} rows were drafted, as {applications} applications; {refused} were returned with their faults.
    application.list-draft | 起草 {applications} 份申请 | Draft {applications} applications
    application.list-draft-note | 起草后各份申请分别提交、签核。目录条目如有变动，以起草时为准。 | Each application is then submitted and signed off by itself. Entries are looked at again when it is drafted.
    application.list-is-drafted | 已起草 {applications} 份申请。 | {applications} applications were drafted.
    application.list-drop | 放弃这份清单 | Drop this list
    application.list-dropped | 清单已放弃，未起草任何申请。 | The list was dropped; nothing was drafted.
    application.list-returned | 下载退回的行 | Download the rows that come back
    application.list-returned-why | 清单中有错的行，末两列为原行号和错误。改正后可直接再次导入。 | The rows with faults; the last two columns say line and fault. Corrected, it can be brought again as it is.
    application.list-nothing | 没有可以起草的行 | No row can be drafted
    application.list-nothing-remedy | 请按退回清单改正后重新导入 | Correct the rows that came back and bring them again
    application.list-not-found | 未找到该清单，或您无权查看 | There is no such list, or you may not see it
    application.list-over | 该清单已办理，不能再次办理 | The list was drafted or dropped already
    application.list-state.open | 待确认 | To be confirmed
    application.list-state.drafted | 已起草 | Drafted
    application.list-state.dropped | 已放弃 | Dropped
    application.list-column.matter | 业务事项 | Matter
    application.list-column.entry | 目录条目 | Entry
    application.list-column.items | 信息项 | Items
    application.list-column.rows | 数据条件 | Row condition
    application.list-column.delivery | 供数方式 | Delivery
    application.list-column.expected | 预计行数 | Expected rows
    application.list-column.daily | 每日最多行数 | Rows a day
    application.list-column.purpose | 使用目的 | Purpose
    application.list-column.basis | 依据 | Basis
    application.list-column.from | 起始日期 | From
    application.list-column.to | 截止日期 | To
    application.list-column.retention | 保存天数 | Retention (days)
    application.list-column.contact | 联系岗位 | Contact post
    application.api-list-bring | 导入批量申请清单 | Bring a list of applications
    application.api-list-bring-about | 只预览，不起草；有错的行在 faults 中逐格列出。 | It is only looked at: nothing is drafted. Rows with faults are listed by cell in faults.
    application.api-list-read | 读取批量申请清单 | Read a list of applications
    application.api-list-draft | 起草清单中的申请 | Draft the applications of a list
    application.api-list-draft-about | 重复调用得到第一次的结果。isCommitted 须为 true，即每份申请的承诺。 | Called again it answers what the first call did. isCommitted has to be true: the promise of every application.
    """)
