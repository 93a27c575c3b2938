package import Kernel

package let releaseWords = Words(
    """
    release.not-found | 没有这次供数，或者您无权看到它 | there is no such release, or it is not yours to see
    release.nothing-published | 该目录条目还没有已发布的数据版本 | the entry has no published version yet
    release.too-many-keys | 一次最多查询 {max} 个键值 | one look-up takes {max} keys at most
    release.look-up-malformed | 请求体应为 只含 column（列名）与 keys（键值数组）的 JSON | the body must be JSON of the form column and keys, and nothing else
    release.no-keys | 没有给出要查询的键值 | no key was given
    release.key-malformed | 第 {position} 个键值不是“{type}”类型 | key number {position} is no value of type {type}
    release.key-too-long | 第 {position} 个键值超过 {max} 字节 | key number {position} is longer than {max} bytes
    release.page-too-large | 每页行数应为 1 至 {max} | a page has 1 to {max} rows
    release.cursor-unknown | 翻页标记无效，请从第一页重新开始 | the cursor is not one of ours: begin again at the first page
    release.cursor-outdated | 数据已发布新版本，请从第一页重新开始 | a new version is served: begin again at the first page
    release.lapsed | 本次供数超过时限才完成，按预留数量计量 | the release ended after its lease and is charged as reserved
    release.file-gone | 本次供数没有可下载的文件 | there is no file of this release to download
    release.format-unknown | 不支持的交付方式“{format}” | "{format}" is no way to deliver a file
    release.fault | 供数过程中出现内部错误，没有数据流出 | a fault of ours ended the release; nothing left
    receipt.malformed | 不是回执文件，或者文件不完整 | this is no receipt, or not a whole one
    receipt.record-changed | 回执中的存证记录（{leaf}）被改动过 | the record in the receipt ({leaf}) has been changed
    receipt.other-leaf | 回执与存证记录（{leaf}）不是同一次供数 | receipt and record ({leaf}) are not of the same release
    receipt.other-node | 回执与存证不属于同一节点 | receipt and evidence are not of the same node
    receipt.other-file | 数据文件与回执记载的摘要不符 | the file is not the one that the receipt describes

    release.grants | 授权 | Grants
    release.grants-empty | 还没有您可以看到的授权。共享申请获批后会出现在这里。 | There is no grant for you to see yet. One appears when a sharing request is decided.
    release.grant-title | 授权：{entry} | Grant: {entry}
    release.column.entry | 目录条目 | Entry
    release.column.consumer | 使用方 | Recipient
    release.column.provider | 提供方 | Provider
    release.column.purpose | 用途 | Purpose
    release.column.until | 有效期至 | Until
    release.column.state | 状态 | State
    release.column.name | 信息项 | Column
    release.column.grade | 级别 | Grade
    release.column.treatment | 流出方式 | How it leaves
    release.column.at | 时间 | At
    release.column.rows-out | 流出行数 | Rows out
    release.column.withheld | 保留行数 | Rows withheld
    release.public | 社会公众 | The public
    release.signed-at | 签署时间 | Signed
    release.valid-from | 生效日期 | From
    release.used-total | 累计用量 | Used in all
    release.used-today | 今日用量 | Used today
    release.rows | 行 | rows
    release.of-quota | 限额 {rows} 行，剩余 {left} 行 | of {rows}; {left} left
    release.revision | 修订号 | Revision
    release.plan | 执行计划摘要 | Plan digest
    release.no-grade | 未定级 | not graded
    release.columns | 信息项 | Columns
    release.columns-empty | 授权中没有可供出的信息项。 | No column leaves under this grant.
    release.controls | 系统强制执行的条款 | Controls: what the system enforces
    release.promises | 使用方承诺的条款 | Promises: what the recipient is bound to
    release.sql | 实际执行的语句 | What the engine runs
    release.refused-today | 按目前的数据与分级，本授权不能供数： | As data and grades stand today, nothing can leave under this grant:
    release.make | 生成文件 | Make the file
    release.made | 已生成文件，共 {rows} 行 | The file is made: {rows} rows
    release.format | 格式 | Format
    release.delivery.csv | CSV 文件 | CSV file
    release.delivery.excel | Excel 文件 | Excel file
    release.delivery.parquet | Parquet 文件 | Parquet file
    release.delivery.lookup | 按键查询 | Look-up by key
    release.delivery.pages | 分页读取 | Pages
    release.suspend | 暂停授权 | Suspend
    release.suspend-question | 暂停用途为“{purpose}”的授权？ | Suspend the grant for "{purpose}"?
    release.suspend-consequence | 正在进行的供数立即停止；恢复后可以继续使用。 | Running releases stop at once; it can be resumed.
    release.suspend-done | 授权已暂停。 | The grant is suspended.
    release.resume | 恢复授权 | Resume
    release.resume-question | 恢复用途为“{purpose}”的授权？ | Resume the grant for "{purpose}"?
    release.resume-consequence | 使用方可以继续按原条款取数。 | The recipient can go on under the same clauses.
    release.resume-done | 授权已恢复。 | The grant is in force again.
    release.revoke | 撤销授权 | Revoke
    release.revoke-question | 撤销用途为“{purpose}”的授权？ | Revoke the grant for "{purpose}"?
    release.revoke-consequence | 正在进行的供数立即停止，已生成的文件不再提供下载。撤销不可恢复。 | Running releases stop at once, and files already made can no longer be fetched. This is final.
    release.revoke-done | 授权已撤销。 | The grant is revoked.
    release.reason | 理由 | Reason
    release.grants-why | 谁可以为何种用途、在什么条件下取得哪些数据。 | Who may get which data, for what purpose and under which clauses.
    release.find-data | 查找并申请数据 | Find data and ask for them
    release.to-grants | 查看授权 | To the grants
    release.any | 不限 | Any
    release.signed | 签署授权 | Signed
    release.change.active | 恢复授权 | Resumed
    release.change.suspended | 暂停授权 | Suspended
    release.change.revoked | 撤销授权 | Revoked
    release.change.expired | 授权到期 | Expired
    release.ended-because | 本授权目前不能供数（{at}）：{reason} | Nothing leaves under this grant since {at}: {reason}
    release.history | 授权变动 | Its history
    release.withheld-columns | 以下信息项不供出：{columns} | These columns do not leave: {columns}
    release.interfaces | 接口取数 | By interface
    release.interfaces-how | 以访问令牌调用，查询键值放在请求体中，每次答复均有存证。 | Called with an access token; keys go in the body, and every answer is recorded.
    release.treatment.plain | 原样供出 | As it is
    release.treatment.keep-ends | 保留前 {first} 位和后 {last} 位，其余以 * 代替 | First {first} and last {last} characters; the rest becomes *
    release.treatment.surname | 保留姓氏，其余以 * 代替 | Surname; the rest becomes *
    release.treatment.year-only | 仅供出年份 | Year only
    release.treatment.pseudonym | 以本用途专用的假名代替 | A pseudonym of this purpose
    release.treatment.drop | 不供出 | Does not leave
    release.reason-needed | 请填写理由（500 字以内）。 | Give a reason of at most 500 characters.
    release.grant-state.active | 有效 | In force
    release.grant-state.suspended | 已暂停 | Suspended
    release.grant-state.revoked | 已撤销 | Revoked
    release.grant-state.expired | 已到期 | Expired
    release.releases | 供数与回执 | Releases and receipts
    release.receipt | 回执 | Receipt
    release.releases-why | 每次供数给谁、给了多少行、依哪一项授权，均有可离线核验的回执。 | What left, to whom and under which grant, each with a receipt that verifies offline.
    release.releases-empty | 还没有供数记录。 | Nothing has been released yet.
    release.release-title | 供数 {release} | Release {release}
    release.state.authorised | 进行中 | Under way
    release.state.settled | 已完成 | Settled
    release.state.failed | 未完成 | Failed
    release.state.unknown | 结果不明 | Unknown
    release.settled-at | 完成时间 | Settled
    release.rows-reserved | 预留行数 | Rows reserved
    release.version-number | 数据版本 | Version
    release.file-bytes | 文件大小 | File size
    release.file-sha256 | 文件摘要（SHA-256） | File digest (SHA-256)
    release.download-file | 下载文件 | Download the file
    release.download-receipt | 下载回执 | Download the receipt
    release.verify-offline | 离线核验 | Verify offline
    release.verify-how | 回执可以脱离本系统核验，只需要本节点的公钥；同时给出数据文件，则一并比对。 | A receipt can be checked without this system, with nothing but the node's public key; give the file too and it is compared.
    release.its-evidence | 查看相关存证记录 | See its records in the evidence
    """)
