import Kernel

let unitListWords = Words(
    """
    unit-list.lists | 机构名录 | Dated lists
    unit-list.why | 左边是当年文件所列的单位，右边是今天的单位；两者之间发生了什么，依据哪份文件，由市里逐条维护。名录本身不改变任何单位，须起草、预演、确认。 | The bodies as the decision of that year names them, beside the units of today. What happened in between, and by which decision, is kept line by line. Nothing changes by the list alone: draft, rehearse, confirm.
    unit-list.source | 名录来源 | Source of the list
    unit-list.lines | 单位数 | Bodies
    unit-list.name | 单位名称 | Name
    unit-list.column.name | 名录所列单位 | Body as listed
    unit-list.column.answer | 后来情况 | Since then
    unit-list.column.becomes | 改为（并入） | Becomes
    unit-list.column.from | 起始日期 | From
    unit-list.column.document | 依据文件 | Decision
    unit-list.column.comment | 备注 | Comment
    unit-list.today | 今日单位 | Unit today
    unit-list.standing | 办理状态 | State
    unit-list.every-standing | 全部状态 | Every state
    unit-list.answer.same | 未变 | same
    unit-list.answer.renamed | 更名 | renamed
    unit-list.answer.merged | 并入 | merged
    unit-list.answer.unknown | 待核实 | unknown
    unit-list.standing.same | 未变 | same
    unit-list.standing.unknown | 待核实 | unknown
    unit-list.standing.applied | 已办理 | applied
    unit-list.standing.planned | 已起草 | planned
    unit-list.standing.due | 待起草 | due
    unit-list.standing.missing | 查无此单位 | missing
    unit-list.standing.conflict | 与现状不符 | conflict
    unit-list.none | 名录中没有符合条件的单位。 | No body of the list fits.
    unit-list.draft | 起草待办变更 | Draft what is due
    unit-list.draft-question | 按名录起草 {count} 项单位变更？ | Draft {count} changes of units from the list?
    unit-list.draft-consequence | 只是草稿：每一项仍须预演、确认后才生效。与现状不符的和待核实的不起草。 | Drafts only: each is rehearsed and confirmed before it takes effect. Conflicts and unknown lines are left alone.
    unit-list.nothing-due | 没有待起草的变更。 | Nothing is due.
    unit-list.drafted | 已起草 {count} 项，请逐项预演、确认。 | {count} drafted: rehearse and confirm each.
    unit-list.touched | 涉及的单位 | Bodies concerned
    unit-list.no-difference | 与现有名录没有不同。 | Nothing differs from the list here.
    unit-list.bring | 带入新的名录 | Bring a newer list
    unit-list.bring-why | 从上表下载，改好后带回；也可带入与随附档案同格式的 .tsv。先看有何不同，再采用。 | Download the list above, change it and bring it back, or bring a .tsv as the profile has it. You see what differs first.
    unit-list.bring-question | 文件有 {lines} 行，其中 {count} 行与现有名录不同。采用这些行？ | The file has {lines} lines, {count} of which differ. Take these over?
    unit-list.bring-consequence | 文件中没有的单位保持不变；每行的旧内容留在其历史中。不改变任何单位。 | Bodies that the file does not name stay; what a line said before stays in its history. No unit changes.
    unit-list.bring-button | 采用 | Take over
    unit-list.look | 看有何不同 | See what differs
    unit-list.file | 名录文件 | List
    unit-list.file-hint | Excel、CSV 或 TSV，至多 500 行。 | Excel, CSV or TSV, at most 500 lines.
    unit-list.changes | 有改动 | changed
    unit-list.joins | 新增 | new
    unit-list.taken | 已采用 {count} 行。 | {count} lines taken over.
    unit-list.line | 名录：{name} | Listed: {name}
    unit-list.set | 已保存。 | Saved.
    unit-list.history | 历次内容 | What it said
    unit-list.changed | 时间 | When
    unit-list.becomes-hint | 更名填新名称，并入填承接单位名称。 | The new name, or the unit it went into.
    unit-list.document-hint | 只凭已公布的文件填写，写明文号。 | From a published decision only, by its number.
    unit-list.line-invalid | 请更正标出的内容。 | Correct what is marked.
    unit-list.text-invalid | 不超过 {max} 字，不能换行。 | At most {max} characters, in one line.
    unit-list.columns-missing | 文件缺少“名录所列单位”或“后来情况”列。 | The file lacks its columns of body or answer.
    unit-list.name-twice | “{name}”出现了两次。 | "{name}" is there twice.
    unit-list.cell-wrong | 第 {line} 行“{name}”的“{column}”填写有误或缺少内容。 | Line {line}, "{name}": {column} is wrong or missing.
    """)
