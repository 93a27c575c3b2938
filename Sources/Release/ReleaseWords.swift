package import Kernel

package let releaseWords = Words(
    """
    release.not-found | 没有这次供数，或者您无权看到它 | there is no such release, or it is not yours to see
    release.nothing-published | 该目录条目还没有已发布的数据版本 | the entry has no published version yet
    release.too-many-keys | 一次最多查询 {max} 个键值 | one look-up takes {max} keys at most
    release.split-remedy | 请分批查询。 | Ask in smaller parts.
    release.body-malformed | 请求体中的“{member}”缺失、类型不符或不被识别 | “{member}” in the body is missing, of the wrong type, or not known
    release.key-too-common | 第 {position} 个键值对应的行数超过 {max}，不能作为查询键 | key number {position} finds more than {max} rows and so is no key
    release.answer-too-large | 一次查询的结果超过 {max} 行 | the answer has more than {max} rows
    release.no-keys | 没有给出要查询的键值 | no key was given
    release.no-claims | 没有给出要核验的内容 | nothing is claimed
    release.too-many-claims | 一次最多核验 {max} 个信息项 | one verify call takes {max} columns at most
    release.claim-unknown | 本授权不能核验信息项“{column}” | “{column}” cannot be verified under this grant
    release.claim-malformed | “{column}”的内容不是“{type@policy.column-type.}”类型 | what is claimed for “{column}” is no value of type {type@policy.column-type.}
    release.key-malformed | 第 {position} 个键值不是“{type@policy.column-type.}”类型 | key number {position} is no value of type {type@policy.column-type.}
    release.key-too-long | 第 {position} 个键值超过 {max} 字节 | key number {position} is longer than {max} bytes
    release.page-too-large | 每页行数应为 1 至 {max} | a page has 1 to {max} rows
    release.cursor-unknown | 翻页标记无效，或者不属于本授权 | the cursor is not one of ours, or not of this grant
    release.cursor-outdated | 数据已发布新版本，翻页标记失效 | a new version is served, so the cursor leads nowhere
    release.cursor-grant-revised | 授权已变更，翻页标记失效 | the grant has changed since, so the cursor leads nowhere
    release.beyond-end | 全文没有 {bytes} 个字节，无从续读 | the whole text has fewer than {bytes} bytes, so nothing comes after them
    release.stream-unknown | 连续读取的参数“{parameter}”无法识别，或与其他参数不合 | the stream cannot be read as “{parameter}” says, or it does not go with the other parameters
    release.begin-again-remedy | 请从第一页重新读取。 | Begin again at the first page.
    release.engine-failed | 引擎未能执行本授权，没有数据流出 | the engine could not run this grant; nothing left
    release.engine-failed-remedy | 请提供单位以条款试算核对数据与条件。 | The provider should try the clauses on the data and look at the condition.
    release.lapsed | 本次供数超过时限才完成，按预留数量计量 | the release ended after its lease and is charged as reserved
    release.file-gone | 本次供数没有可下载的文件 | there is no file of this release to download
    release.format-unknown | 不支持的交付方式“{format}” | "{format}" is no way to deliver a file
    release.fault | 供数过程中出现内部错误，没有数据流出 | a fault of ours ended the release; nothing left
    receipt.malformed | 不是回执文件，或者文件不完整 | this is no receipt, or not a whole one
    receipt.other-leaf | 回执与存证记录（{leaf}）不是同一次供数 | receipt and record ({leaf}) are not of the same release
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
    release.delivery.verify | 核验（一致 / 不一致） | Verify (yes or no)
    release.delivery.pages | 分页读取 | Pages
    release.delivery.push | 库表推送 | Table push
    release.delivery.name-list | 名单比对 | Name list
    release.verify | 核验 | Verify
    release.verify-title | 核验：{entry} | Verify: {entry}
    release.verify-why | 填写键值和要核对的内容，系统只回答一致或不一致；查无记录也答不一致。 | Give a key and what you believe of it. The answer is yes or no; what is not on record is a no.
    release.verify-key-column | 按哪一项查找 | Find by
    release.verify-key | 键值 | Key
    release.verify-claim | {column} | {column}
    release.verify-claim-hint | 不填则不核对该项。 | Left empty, it is not compared.
    release.verify-yes | 一致 | Yes: it is so
    release.verify-yes-means | 所填内容与记录一致。 | What you gave is what is on record.
    release.verify-no | 不一致 | No: it is not so
    release.verify-no-means | 所填内容与记录不一致，或者查无记录。 | What you gave is not what is on record, or nothing is.
    release.verify-record | 存证记录 {leaf}，供数 {release} | Record {leaf}, release {release}
    release.verify-nothing | 本授权目前没有可核验的信息项。 | There is nothing to verify under this grant today.
    release.held | 我的数据 | What we hold
    release.held-why | 本单位获得的授权：有效到何时、已用多少、还剩多少。 | The grants of your unit: until when, how much is used, how much is left.
    release.held-ending | 有 {count} 项授权将在 {days} 天内到期。 | Grants that end within {days} days: {count}.
    release.held-empty | 本单位还没有获得授权。共享申请获批后会出现在这里。 | Your unit holds no grant yet. One appears when a request is decided.
    release.ends-soon | 即将到期 | ends soon
    release.use-per-day | 近 30 天每日用量 | Rows a day, the last 30 days
    release.use-rows | 行数 | Rows
    release.keys | 访问密钥 | Keys
    release.keys-why | 程序以密钥代替登录，只在您当前岗位的权限之内，到期自动失效。 | Programs act with a key instead of signing in: within your present post, and until it expires.
    release.keys-wrong | 填写有误。 | What you entered is not right.
    release.keys-empty | 还没有密钥。 | There is no key yet.
    release.key-label | 名称 | Name
    release.key-label-hint | 写明哪个系统使用，便于日后撤销。 | Which system uses it, so that it can be revoked later.
    release.key-scopes | 权限 | Scopes
    release.key-scope.release.make | 取数、查询、核验 | Get rows, look up, verify
    release.key-scope.joint-test.run | 联调测试 | Joint tests
    release.key-scope.receipt.read | 查看供数记录与回执 | Read releases and receipts
    release.key-scope.request.submit | 提交共享申请 | Submit requests
    release.key-days | 有效期 | Valid for
    release.key-unit-days | 天 | days
    release.key-made | 签发时间 | Made
    release.key-expires | 到期时间 | Expires
    release.key-used | 最近使用 | Last used
    release.key-act | 办理 | Act
    release.key-active | 有效 | valid
    release.key-expired | 已到期 | expired
    release.key-revoked | 已撤销 | revoked
    release.key-new | 新建密钥 | A new key
    release.key-make | 签发密钥 | Make the key
    release.key-secret | 新密钥已签发 | Your new key
    release.key-secret-once | 请立即保存：离开本页后不再显示。 | Keep it now: it is not shown again.
    release.key-revoke | 撤销 | Revoke
    release.key-revoke-question | 撤销密钥“{label}”？ | Revoke the key “{label}”?
    release.key-revoke-consequence | 使用它的程序立即不能再访问，撤销不可恢复。 | Programs that use it are shut out at once. This is final.
    release.key-revoke-done | 密钥已撤销。 | The key is revoked.
    release.test-call | 试用与示例代码 | Test call and code
    release.test-call-title | 试用：{entry} | Test call: {entry}
    release.test-call-why | 正式取数之前，用虚构数据了解返回的样子，并取得示例代码。 | Before the first real call: see with invented rows what comes back, and take the code.
    release.synthetic | 虚构数据 | invented rows
    release.synthetic-rows | 虚构的行 | Invented rows
    release.synthetic-column | {column} | {column}
    release.synthetic-means | 以下内容由字段类型生成，与任何真实数据无关；不计额度，不产生供数记录。 | These rows are made from the columns' types and have nothing to do with real data; they take no quota and are no release.
    release.synthetic-answer | 接口返回的样子（JSON） | As the interface answers (JSON)
    release.sample-code | 示例代码 | Code
    release.sample-code-how | 将 HEADWATERS_URL 设为本平台地址，将 HEADWATERS_TOKEN 设为访问密钥；密钥与查询键值都不出现在网址中。 | Set HEADWATERS_URL to this site and HEADWATERS_TOKEN to a key. Neither that nor a look-up key is ever in an address.
    release.api.stream-rows | 连续读取授权范围内的全部行（NDJSON 或 CSV） | Read all rows of the grant as one stream (NDJSON or CSV)
    release.api.stream-rows-about | 每一批各有存证、各计额度；数据换版或授权变更后不能续读。NDJSON：每一批先有一行对象（与分页读取相同，没有“rows”），再逐行给出数据（数组，与“columns”同序）；中断后用最后收到的“next”续读；提前结束时，最后一行是带“problem”的对象。CSV（format=csv，或 Accept: text/csv）：RFC 4180、UTF-8、CRLF，表头只在开头出现一次；电子表格会当作公式的单元格前加一个撇号，与文件供数相同；中断后以答复头 Headwaters-Cursor 的值作 after、已收到的字节数作 bytes 续读，所给的恰是缺少的字节（已收到一部分的那一行重新计一行额度）；末尾的 Headwaters-Rows 与 Repr-Digest 给出全文的行数与 SHA-256，Headwaters-Record 所指的存证记录（/api/v1/leaves/…/proof）同样载明；提前结束时连接中断，不会被当作完整。 | Each chunk has its own record and quota; nothing goes on after a new version or a change of the grant. NDJSON: each chunk is one line with an object, as a page without “rows”, then a line with an array for each row, in the order of “columns”; go on with the last “next” after a break; a stream that ends early says why in its last line, an object with “problem”. CSV (format=csv, or Accept: text/csv): RFC 4180, UTF-8, CRLF, the header once at the beginning; a cell that a spreadsheet would take for a formula begins with an apostrophe, as in files; after a break send the answer's Headwaters-Cursor as after and the bytes that arrived as bytes, and exactly the missing bytes come (a row that arrived in part is charged again); the trailers Headwaters-Rows and Repr-Digest give rows and SHA-256 of the whole text, and so does the record that Headwaters-Record names (/api/v1/leaves/…/proof); a stream that ends early breaks off, so that nobody takes it for whole.
    release.api.stream-format | ndjson 或 csv；不写则按 Accept，再不然为 ndjson | ndjson or csv; by Accept when left out, else ndjson
    release.api.stream-after | NDJSON：最后收到的“next”；CSV：第一次答复的 Headwaters-Cursor，与 bytes 一起使用 | NDJSON: the last “next”; CSV: Headwaters-Cursor of the first answer, together with bytes
    release.api.stream-bytes | 仅 CSV：已收到的字节数 | CSV only: bytes that have arrived
    release.api.stream-bom | 仅 CSV：以字节顺序标记开头，Excel 据此识别 UTF-8；续读时须与第一次相同 | CSV only: begin with a byte-order mark, by which Excel knows UTF-8; the same again when going on
    release.stream-csv | 连续读取（CSV，可断点续传） | As a stream (CSV, goes on after a break)
    release.api.synthetic-rows | 虚构的行：了解返回的样子 | Invented rows: what an answer looks like
    release.api.synthetic-rows-about | 由字段类型生成，并按授权的脱敏方式处理，与真实数据无关；不计额度，不产生供数记录。“synthetic”恒为 true。 | Made from the columns' types under the grant's masks, and unrelated to real data; takes no quota and is no release. “synthetic” is always true.
    release.suspend | 暂停授权 | Suspend
    release.suspend-question | 暂停用途为“{purpose}”的授权？ | Suspend the grant for "{purpose}"?
    release.suspend-consequence | 正在进行的供数立即停止；恢复后可以继续使用。 | Running releases stop at once; it can be resumed.
    release.suspend-done | 授权已暂停。 | The grant is suspended.
    release.resume | 恢复授权 | Resume
    release.resume-question | 恢复用途为“{purpose}”的授权？ | Resume the grant for "{purpose}"?
    release.resume-consequence | 使用方可以继续按原条款取数。 | The recipient can go on under the same clauses.
    release.resume-done | 授权已恢复。 | The grant is in force again.
    release.give-up | 交回授权 | Give up
    release.give-up-question | 不再使用，交回用途为“{purpose}”的授权？ | Give up the grant for “{purpose}”?
    release.give-up-consequence | 授权立即终止，不可恢复；已取走的数据须在时限内销毁并提交销毁证明。 | It ends at once and for good. What was taken away is destroyed, and certified in time.
    release.give-up-done | 授权已交回。 | The grant is given up.
    release.renew | 续期 | Renew
    release.change-terms | 申请变更 | Ask for a change
    release.announce-end | 预告终止 | Announce the end
    release.announced-end | 预告的最后供数日 | Announced last day
    release.end-announced | 提供方预告供数至 {day}，此后授权终止。 | The provider has announced {day} as the last day; then this grant ends.
    release.to-announced-end | 查看预告 | The announcement
    release.ended-as-announced | 已按提供方预告终止，最后供数日 {day}。原因：{reason} | Ended as its provider announced, after {day}. Reason: {reason}
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
    release.treatment.truncate | 只供出前 {first} 个字符 | First {first} characters only
    release.treatment.constant | 一律以“{text}”代替 | Always “{text}”
    release.treatment.year-month | 仅供出年月 | Year and month only
    release.treatment.band | 仅供出所在区间（宽度 {width}） | Range of {width} only
    release.treatment.step | 仅供出 {step} 的整数倍 | Whole multiples of {step}
    release.treatment.top-code | 高于 {high} 的以 {high} 供出 | {high} for all above
    release.treatment.bottom-code | 低于 {low} 的以 {low} 供出 | {low} for all below
    release.treatment.top-bottom-code | 限定在 {low} 至 {high} 之间供出 | Held between {low} and {high}
    release.treatment.county | 仅供出所属县区 | County only
    release.treatment.decimals | 仅保留 {places} 位小数 | {places} decimals only
    release.treatment.pseudonym | 以本用途专用的假名代替 | A pseudonym of this purpose
    release.treatment.drop | 不供出 | Does not leave
    release.reason-needed | 请填写理由（500 字以内）。 | Give a reason of at most 500 characters.
    release.nature.emergency | 应急 | Emergency
    release.nature.transitional | 过渡 | Transitional
    release.emergency-until | 应急授权有效至 | Emergency, in force until
    release.emergency-confirmed | 已补办手续并书面确认 | confirmed in writing
    release.emergency-lapsed | 应急授权已于 {at} 到时终止：时限内未补办手续。 | The emergency grant ended at {at}: its paperwork did not follow in time.
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
    release.download-keys | 下载本节点公钥 | Download the node's public keys
    release.verify-offline | 离线核验 | Verify offline
    release.verify-how | 回执可以脱离本系统核验，只需要本节点的公钥；同时给出数据文件，则一并比对。 | A receipt can be checked without this system, with nothing but the node's public key; give the file too and it is compared.
    release.its-evidence | 查看相关存证记录 | See its records in the evidence

    release.api.ok | 成功 | done
    release.api.list-grants | 列出您可以看到的授权 | List the grants you may know of
    release.api.read-grant | 查看一项授权：会执行什么、承诺什么、额度还剩多少 | One grant: what it does, what is promised, what is left of its quota
    release.api.read-grant-about | “controls”由系统强制执行，“promises”由使用方承诺履行，二者分列。 | Controls are enforced by the engine; promises bind the recipient. They are told apart.
    release.api.explain | 试算条款：签署前说明会执行什么 | What clauses would do to an entry, before they are signed
    release.api.explain-about | 不识别的条款、脱敏方式、成员按名称拒绝；不能执行的逐条列在“refusals”中。 | Unknown clauses, masks and members are refused by name; what cannot be enforced is listed in “refusals”.
    release.api.look-up | 按键查询 | Look up rows by key
    release.api.look-up-about | 一次至多 1,000 个键值，放在请求体中。不存在的键与授权不予供出的键，回答相同。剩余额度少于键值个数时不作回答。每次查询先写存证，后作回答；“leaf”是存证记录的摘要。 | Up to 1,000 keys at a time, in the body. A key that is not there and one that the grant keeps back are answered alike. When less quota is left than keys are asked, nothing is answered. Each look-up is on record before its answer leaves; “leaf” is that record's digest.
    release.api.verify | 核验：某个键值对应的内容是否一致 | Verify what is claimed of a key: yes or no
    release.api.verify-about | 只回答“yes”或“no”，不供出任何值；查无此键、授权不予核验的键、内容不符，回答相同。内容按授权的脱敏方式处理后比对。每次调用计一行额度；同一键值每日次数有限。先写存证，后作回答。 | The answer is yes or no, and no value leaves. A key that is not there, one that the grant keeps back and a claim that is wrong are answered alike. Claims are compared as the grant's masks leave values. A call is charged as one row, and tries for one key are limited by day. Each is on record before its answer leaves.
    release.api.claims | 以信息项为名，值一律写作文本 | By column, each as text
    release.api.read-rows | 分页读取授权范围内的全部行 | Read all rows of the grant, page by page
    release.api.read-rows-about | 数据换版或授权变更后，翻页标记失效，须从第一页重新读取。某一页可能少于所要的行数，“next”为空才是最后一页。 | A cursor ends with its version and with its grant's revision: begin again at the first page. A page may be shorter than asked; only the last has nothing in “next”.
    release.api.make-file | 生成文件 | Make a file
    release.api.make-file-about | 文件写完、存证落定后才能下载。Excel 文件不超过 1,048,575 行，超过的予以拒绝，请改用 CSV 或 Parquet。 | The file can be fetched when it is whole and settled. An Excel file has 1,048,575 rows at most; more is refused: take CSV or Parquet.
    release.api.suspension | 暂停授权，正在进行的供数一秒内停止 | Suspend a grant: running releases stop within a second
    release.api.resumption | 恢复被暂停的授权 | Resume a suspended grant
    release.api.surrender | 使用方不再使用，交回授权 | Give a grant up that is no longer needed
    release.api.revocation | 撤销授权，不可恢复 | Revoke a grant, for good
    release.api.made | 已生成 | made
    release.api.read-release | 查看一次供数 | One release
    release.api.read-file | 下载文件 | Fetch the file
    release.api.read-file-about | 每次下载均记入存证。授权被暂停或撤销的，下载随即中断。 | Every download is on record. It breaks off when the grant is suspended or revoked.
    release.api.read-receipt | 下载回执及其存证证明 | The receipt with the proofs of its evidence
    release.api.read-receipt-about | 可以用 headwaters verify 离线核验。 | Can be checked offline with headwaters verify.
    release.api.read-proof | 一条存证记录及其在检查点下的证明 | One record, and its proof under a signed checkpoint
    release.api.read-proof-about | 与查询的回答一并保存，可以用 headwaters verify --proof 离线核验。 | Keep it with the answer of a look-up: headwaters verify --proof checks both offline.
    release.api.read-keys | 本节点用于签名的公钥 | The public keys that this node signs with
    release.api.read-keys-about | 核验人应当通过其他途径核对公钥，不能只信被核验的一方。 | Whoever verifies should compare them by another way: the one who is checked is no witness of its own key.
    release.api.live | 实时接口条目：何时由哪个接口答复；此时没有 version | of a call-only entry: which source answered, and when; there is no version then
    release.api.proof-waiting | 检查点尚未生成，请按 Retry-After 稍后再取 | no checkpoint covers it yet: come back after Retry-After
    release.api.revision | 授权每变更一次加一 | Counts every change of the grant
    release.api.consumer | 为空表示社会公众 | Null: the public
    release.api.plan | 执行计划的摘要 | Digest of what the grant compiles to
    release.api.key-columns | 可以作为查询键的信息项 | Columns that can be looked up by
    release.api.leaf | 存证记录的摘要 | Digest of the record of this answer
    release.api.leaf-id | 凭此取存证证明 | Its proof is fetched by this
    release.api.rows | 与“columns”同序；小数为文本，日期时间为 ISO 8601 | In the order of “columns”; decimals as text, dates and times as ISO 8601
    release.api.salt | 与回答一并保存，核验时使用 | Keep it with the answer; verification needs it
    release.api.row-keys | 每一行由请求中的第几个键值查得，从 0 起 | Which key of the request found each row, from 0
    release.api.next | 下一页的翻页标记；为空表示没有下一页 | The cursor of the next page; nothing after the last
    release.api.column | 键所在的信息项 | The key's column
    release.api.keys | 键值，一律写作文本 | The keys, as text
    release.api.record | 存证记录的原文 | The record as it was digested
    release.all-of-the-api | 接口说明全文 | All of the API
    receipt.other-answer | 回答内容与存证记载的摘要不符 | the answer is not the one on record
    """)
