package import Kernel

package let runningWords = Words(
    """
    running.running | 存量共享 | Running exchanges
    running.why | 平台启用前已有的共享协议和接口。补全用途、依据和范围，经提供方和主管部门双方签署后，成为有期限的过渡授权。 | Agreements and interfaces from before the platform. Once purpose, basis and scope are complete, provider and bureau sign them into transitional grants with an end.
    running.new | 导入清单 | Bring a list
    running.template | 下载模板 | Download the template
    running.template-name | 存量共享清单模板 | running-exchanges
    running.returned-name | 存量共享退回清单 | running-exchanges-returned
    running.sheet | 存量共享 | Exchanges
    running.file | 清单文件（Excel 或 CSV） | The list, as Excel or CSV
    running.bring | 导入 | Bring it
    running.how | 填写说明 | How to fill it in
    running.how.columns | 一行一项共享；列名与模板一致，顺序不限。目录条目填信息资源代码或名称。 | A row an exchange. Titles as in the template, in any order. An entry is named by its code or its title.
    running.how.items | 信息项之间用顿号；需脱敏的写作“姓名：surname”，处理有 keep-6-4、keep-3-4、surname、year-only、year-month、pseudonym。 | Items with commas between them; a treatment after a colon: keep-6-4, keep-3-4, surname, year-only, year-month or pseudonym.
    running.how.scope | 范围填数据条件，例如 状态 = '在保'；确为全部数据的，填“全部”。 | The scope is a row condition, or “all”.
    running.how.lacks | 用途、依据或范围暂缺的也可导入，补全之前不能签署。 | Purpose, basis or scope may be missing; until they are complete nobody can sign.
    running.how.end | 过渡授权自签署之日起最长 {months} 个月。 | A transitional grant is in force for {months} months from its signing at most.
    running.column.provider | 提供方 | Provider
    running.column.recipient | 使用方 | Recipient
    running.column.entry | 目录条目 | Entry
    running.column.items | 信息项 | Items
    running.column.purpose | 使用目的 | Purpose
    running.column.basis | 依据 | Basis
    running.column.scope | 范围 | Scope
    running.column.delivery | 供数方式 | Delivery
    running.column.since | 起始日期 | Since
    running.column.until | 截止日期 | Until
    running.column.document | 文号 | Document number
    running.column.line | 清单行号 | Line
    running.column.faults | 错误 | Faults
    running.column.cell | 单元格 | Cell
    running.column.state | 状态 | State
    running.column.lacks | 尚缺 | Lacks
    running.column.signatures | 签署 | Signatures
    running.column.file | 清单 | List
    running.column.at | 导入时间 | Brought
    running.column.taken | 已导入 | Taken
    running.column.refused | 退回 | Returned
    running.state.open | 待签署 | To be signed
    running.state.granted | 已授权 | Granted
    running.state.dropped | 已移除 | Removed
    running.lack.purpose | 用途 | Purpose
    running.lack.basis | 依据 | Basis
    running.lack.scope | 范围 | Scope
    running.lack.any | 有缺项 | Lacking
    running.lack.none | 已补全 | Complete
    running.filter-lacks | 完整性 | Completeness
    running.side.provider | 提供方已签 | Provider signed
    running.side.bureau | 主管部门已签 | Bureau signed
    running.empty | 没有存量共享。 | There is no running exchange.
    running.batches | 已导入的清单 | Lists that were brought
    running.batches-empty | 还没有导入清单。 | No list was brought yet.
    running.brought | 已导入 {taken} 行，退回 {refused} 行。 | {taken} rows were taken, {refused} are returned.
    running.returned | 下载退回清单 | Download what is returned
    running.returned-why | 退回的行已在清单中逐格标明错误；更正后可将该清单再次导入。 | Each fault is marked with its cell; correct the returned list and bring it again.
    running.faults | 退回的行 | Returned rows
    running.faults-empty | 没有退回的行。 | No row is returned.
    running.sign-all | 签署全部（{count} 项） | Sign all of them ({count})
    running.sign-all-note | 每项分别签署，双方都签署后生效；不能由系统执行的条款，该项不予签署并说明原因。 | Each is signed by itself and in force once both have signed. One whose terms cannot be enforced is refused with its reason.
    running.sign | 签署 | Sign
    running.signed | 已签署 {signed} 项，其中 {granted} 项已授权，{refused} 项未能签署。 | {signed} signed, {granted} of them granted; {refused} could not be signed.
    running.signed-one | 已签署。 | Signed.
    running.moved | 清单中待签署的内容在您打开后已有变动，尚未签署。请查看各项后再签。 | What waits in this list has changed since you opened it, so nothing was signed. Look at it again, then sign.
    running.rows-of | 查看清单中的各项 | The exchanges of this list
    running.one | 存量共享：{entry} | Running exchange: {entry}
    running.capped | 过渡授权截止日期 | The grant would end on
    running.complete | 补全或更正 | Complete or correct
    running.complete-note | 保存后，已有的签署作废，双方重新签署。 | Whoever has signed signs again.
    running.save | 保存 | Save
    running.saved | 已保存。 | Saved.
    running.drop | 移除 | Remove
    running.drop-note | 已不再运行或重复登记的，从清单中移除，记录保留备查。 | It runs no longer, or was told twice. The record stays.
    running.drop-reason | 理由 | Reason
    running.dropped | 已移除。 | Removed.
    running.to-grant | 查看授权 | To the grant
    running.treatment-unknown | 没有名为“{treatment}”的处理 | There is no treatment “{treatment}”
    running.delivery-unknown | 没有名为“{delivery}”的供数方式 | There is no delivery “{delivery}”
    running.date-malformed | “{text}”不是日期，请写作 2026-01-31 | “{text}” is no date; write 2026-01-31
    running.unit-unknown | 没有名为“{name}”的单位 | There is no unit “{name}”
    running.unit-several | 有多个单位名为“{name}” | Several units are called “{name}”
    running.entry-unknown | 没有代码或名称为“{name}”的已发布条目 | There is no published entry “{name}”
    running.entry-elsewhere | 条目“{name}”不属于该提供方 | Entry “{name}” is not the provider's
    running.entry-several | 有多个条目名为“{name}”，请填信息资源代码 | Several entries are called “{name}”; give the code
    running.not-yours | 只能导入本单位提供的数据 | Only data that your own unit provides
    running.own-data | 使用方与提供方相同 | Recipient and provider are the same
    running.known | 该条目、使用方和文号的共享已登记 | This entry, recipient and document are listed already
    running.not-found | 未找到该项存量共享，或您无权查看 | There is no such running exchange, or you may not see it
    running.lacking | 用途、依据或范围尚未补全，不能签署 | Purpose, basis or scope is missing: it cannot be signed
    running.not-to-sign | 该项不由您签署，或已经签署 | This is not yours to sign, or it is signed
    running.columns-missing | 清单缺少以下各列：{columns} | The list lacks these columns: {columns}
    running.columns-missing-remedy | 请使用模板，列名不要改动 | Use the template, and leave its titles as they are
    running.sheet-empty | 清单中没有数据行 | The list has no rows
    running.sheet-too-long | 清单最多 {rowsMax} 行，请分次导入 | At most {rowsMax} rows at a time
    running.file-needed | 请选择清单文件 | Choose a file
    """)
