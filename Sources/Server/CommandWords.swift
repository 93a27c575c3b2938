package import Kernel

/// What the command line says beside the words of the domains: `command.field.<member>` heads a column or a line.
package let commandWords = Words(
    """
    command.yes | 是 | yes
    command.no | 否 | no
    command.ask-password | 请输入口令： | Password:
    command.password-missing | 没有给出口令 | no password was given
    command.nothing-named | 没有名为“{name}”的对象 | there is nothing named "{name}"
    command.name-ambiguous | “{name}”对应多个对象，请用编号指定 | "{name}" fits several; say which by its id
    command.name-candidate | 可能的对象 | one of those that it fits
    command.not-a-day | “{text}”不是日期，应写作 2026-01-31 | "{text}" is no day; write 2026-01-31
    command.not-a-word | “{text}”不是可选值之一：{words} | "{text}" is none of {words}
    command.division-unknown | “{code}”不是行政区划代码 | "{code}" is no division code
    command.scope-unknown | 没有“{scope}”这一令牌权限 | there is no token scope "{scope}"
    command.password-set | 账户 {name} 的口令已更换，原有会话已结束 | {name} has a new password; its sessions have ended
    command.second-factor-reset | 账户 {name} 的动态码已重置，原有会话已结束 | the second factor of {name} is reset; its sessions have ended
    command.account-unlocked | 账户 {name} 已解除锁定 | {name} is unlocked
    command.account-disabled | 账户 {name} 已停用，会话已结束，令牌已撤销 | {name} is disabled; its sessions have ended and its tokens are revoked
    command.account-linked | 账号 {name} 已关联身份。 | {name} is linked.
    command.account-unlinked | 账号 {name} 的身份关联已解除。 | The link of {name} is gone.
    command.account-enabled | 账户 {name} 已重新启用 | {name} is enabled again
    command.appointed | 账户 {name} 的持有人已任职“{post}” | the person of {name} now holds the post {post}
    command.deputed | {name} 在 {day} 前代行“{post}”。 | {name} stands in for “{post}” until {day}.
    command.handed-over | “{post}”已移交给{name}，共 {count} 项。 | “{post}” is handed over to {name}: {count} items.
    command.dossier-holds | 卷宗“{title}”的 {acts} 步与存证一致（其中 {erased} 步的意见已按期删除），截至 {at} 的检查点 | all {acts} acts of the dossier “{title}” are those on record, {erased} of them without their words; as of the checkpoint of {at}
    command.post-abolished | 岗位“{post}”已撤销 | the post {post} is abolished
    command.post-restored | 岗位“{post}”已恢复 | the post {post} is there again
    command.vacated | “{post}”的任期截至 {day} | the term in the post {post} ends on {day}
    command.token-revoked | 令牌已撤销 | the token is revoked
    command.field.steps | 环节数 | steps
    command.field.variants | 特别情形数 | variants
    command.field.step | 环节 | step
    command.field.role | 角色 | role
    command.field.unit | 单位 | unit
    command.field.held | 有人可签 | somebody can sign
    command.field.lacks | 缺少 | lacks
    command.field.taken | 已收录 | taken
    command.field.applications | 申请 | applications
    command.field.isNeeded | 须上级部门同意 | needs consent
    command.field.superior | 上级部门 | superior
    command.field.basis | 依据 | basis
    command.field.refused | 未收录 | not taken
    command.field.signed | 已签 | signed
    command.field.granted | 已成授权 | granted
    command.field.releases | 供数次数 | releases
    command.field.daysWithUse | 有使用的天数 | days with use
    command.field.cell | 单元格 | cell
    command.field.line | 行号 | line
    command.field.year | 年份 | year
    command.field.document | 依据文件 | document
    command.field.isProvisional | 是否暂定 | provisional
    command.field.workingDays | 工作日天数 | working days
    command.field.closures | 停止办公 | closures
    command.field.text | 内容 | text
    command.field.by | 发布人 | by
    command.field.withdrawnBy | 撤回于 | withdrawn by
    command.field.moved | 变动的期限数 | moved
    command.field.moves | 变动的期限 | moves
    command.field.direction | 收发 | direction
    command.field.counterpart | 来文或主送单位 | from or to
    command.field.dated | 成文日期 | dated
    command.field.serial | 序号 | serial
    command.field.mark | 紧急程度 | urgency
    command.field.receivedOn | 收文日期 | received
    command.field.case | 所属事项 | case
    command.field.copies | 抄送 | copies to
    command.field.voidedBecause | 作废原因 | voided because
    command.field.files | 文件 | files
    command.field.addedAt | 添加时间 | added
    command.field.leaf | 存证记录 | record
    command.field.id | 编号 | id
    command.field.name | 名称 | name
    command.field.names | 历次名称 | names
    command.field.person | 人员 | person
    command.field.disabled | 停用 | disabled
    command.field.locked | 锁定 | locked
    command.field.title | 名称 | title
    command.field.party | 单位 | party
    command.field.roles | 角色 | roles
    command.field.holder | 任职人员 | holder
    command.field.secret | 令牌（仅显示一次） | secret (shown once)
    command.field.account | 账户 | account
    command.field.post | 岗位 | post
    command.field.label | 用途 | label
    command.field.scope | 管理范围 | scope
    command.field.scopes | 权限范围 | scopes
    command.field.expires | 到期时间 | expires
    command.field.revoked | 撤销时间 | revoked
    command.field.used | 最近使用 | last used
    command.field.kind | 类别 | kind
    command.field.hook | 挂接 | hook
    command.field.host | 主机 | host
    command.field.database | 数据库 | database
    command.field.schema | 模式 | schema
    command.field.table | 表 | table
    command.field.user | 用户 | user
    command.field.day | 日期 | day
    command.field.days | 日期 | days
    command.field.time | 时间 | time
    command.field.next | 下次读取 | next run
    command.field.lastRun | 最近一次 | last run
    command.field.lastSuccess | 最近成功 | last success
    command.field.failures | 连续失败 | failures in a row
    command.field.retry | 下次重试 | next try
    command.field.format | 供数方式 | format
    command.field.target | 推送目标 | push target
    command.field.weekday | 星期 | weekday
    command.field.workingDay | 第几个工作日 | working day
    command.field.skipsUnchanged | 无新数据时不办理 | only when there is news
    command.field.nextAt | 下次供数 | next
    command.field.mailServer | 邮件服务器 | mail server
    command.field.mailSecurity | 加密方式 | security
    command.field.mailSender | 发件地址 | sender
    command.field.webhookHosts | 放行的主机 | hosts allowed
    command.field.quietHours | 免打扰时段 | quiet hours
    command.field.receivers | 提醒接收处 | receivers
    command.field.troubled | 未送达 | in trouble
    command.field.messages | 近日发送 | messages
    command.field.sentAt | 最近一次发送 | last sent
    command.field.lastAt | 最近一次完成 | last done
    command.field.runs | 办理记录 | history
    command.field.late | 迟到 | late
    command.field.pattern | 文件名 | name of files
    command.field.folders | 目录 | folders
    command.not-a-time | “{text}”不是时间，应写作 02:30 | "{text}" is no time of day; write 02:30
    command.field.producer | 制作节点 | made by node
    command.field.signatory | 签字人 | signed by
    command.field.signedOn | 签字日期 | day signed
    command.field.through | 截止 | through
    command.field.counts | 已生效 | counts
    command.field.scan | 扫描件 | scan
    command.field.signer | 签名密钥 | signing key
    command.field.madeAt | 制作时间 | made
    command.field.recipient | 接收节点 | for node
    command.field.takenBy | 领取人 | taken by
    command.field.medium | 介质编号 | medium
    command.field.sealed | 已加密 | sealed
    command.field.volumes | 分卷 | volumes
    command.field.contentCompared | 内容已与回执比对 | content compared with the receipt
    command.field.unpacked | 解出的文件 | unpacked
    command.field.bytes | 字节数 | bytes
    command.hand-over-sensitive | 按分级含敏感内容：应以口令加密 | by its grades the content is sensitive: it ought to be sealed with a password
    command.hand-over-sensitive-remedy | 请给出 --password-file；确需不加密的，写明 --open。 | Give --password-file, or --open when it is to be open all the same.
    command.package-what | 请给出一个文件，或者用 --nothing 说明没有数据，二者取一 | give either a file or --nothing, not both
    command.field.cadence | 报送周期 | cadence
    command.field.deadlineDays | 期限（期满后工作日） | deadline (working days after)
    command.field.remindDays | 提前提醒（工作日） | reminder (working days before)
    command.field.manner | 报送方式 | manner
    command.field.rowKey | 行主键 | row key
    command.field.since | 起始期 | since
    command.field.period | 报送期 | period
    command.field.deadline | 期限 | deadline
    command.field.cameLate | 迟报 | came late
    command.field.filing | 报送 | filing
    command.field.channel | 途径 | channel
    command.field.problem | 问题 | problem
    command.field.filedAt | 报送时间 | filed
    command.field.undoneAt | 撤回时间 | taken back
    command.field.overdue | 逾期期数 | periods overdue
    command.field.uscc | 统一社会信用代码 | USCC
    command.field.division | 行政区划 | division
    command.field.parent | 上级单位 | parent
    command.field.founded | 设立日期 | founded
    command.field.dissolved | 撤销日期 | dissolved
    command.field.setting | 设置项 | setting
    command.field.value | 值 | value
    command.field.origin | 来源 | origin
    command.field.environment | 环境变量 | environment
    command.file-too-large | 文件 {path} 超过上限（{max} 字节） | {path} is larger than {max} bytes
    command.file-unwritable | 无法写入文件 {path} | {path} cannot be written
    command.not-an-assignment | “{text}”应写作“名称=值” | write "{text}" as name=value
    command.written | 已写入 {path} | written to {path}
    command.shown | 显示 {shown} 项，共 {total} 项 | {shown} of {total} shown
    command.none | 无 | none
    command.no-version | 该条目尚无已发布的数据版本 | the entry has no published version yet
    command.rule-retired | 规则已停用 | the rule is retired
    command.attempt | {stage}：{share}，已读 {rows} 行，拒收 {rejected} 行 | {stage}: {share}, {rows} rows read, {rejected} rejected
    command.attempt-cancelled | 发布已取消 | the attempt was cancelled
    command.no-rejects | 没有被拒收的行 | no row was rejected
    command.source-unreadable | “{text}”不是 postgres://用户@主机:端口/库/模式.表、mysql://用户@主机:端口/库/表 或 odbc://用户@数据源/模式.表 | "{text}" is not postgres://user@host:port/database/schema.table, mysql://user@host:port/database/table or odbc://user@source/schema.table
    command.table-unknown | 数据库中没有可读取的表 {table} | the database has no table {table} that can be read
    command.live-parameter | “{text}”不是参数：写作“位置 名称 = 值”。 | “{text}” is no parameter: write place name = value.
    command.mapping-unreadable | {path} 不是映射文件 | {path} is no mapping file
    command.unknown | 没有“{name}”这一命令：{words} | there is no command "{name}": {words}
    command.act-unknown | 没有“{text}”这一办理动作：{words} | there is no act "{text}": {words}
    command.option-missing | 缺少选项 {name} | the option {name} is missing
    command.format-unknown | “{text}”不是 csv、parquet 或 excel | "{text}" is none of csv, parquet, excel
    command.matching | 已比对 {rows} 行 | {rows} rows matched
    command.match-column | 授权 {grant} 可按多个信息项比对，请写明：{columns} | grant {grant} can be looked up by several columns; name one: {columns}
    command.releasing | 已写出 {rows} 行 | {rows} rows written
    command.rows-told | 共 {rows} 行；供数 {release}，存证 {leaf} | {rows} rows; release {release}, leaf {leaf}
    command.page-next | 下一页起点：--after {cursor} | the next page: --after {cursor}
    command.field.key | 键 | key
    command.backed-up | 已备份至 {path}：{files} 个文件，{bytes} 字节，{leaves} 条存证；恢复时需要指纹为 {fingerprint} 的主密钥 | backed up to {path}: {files} files, {bytes} bytes, {leaves} leaves; restoring needs the master key with the fingerprint {fingerprint}
    command.restored | 已恢复至 {path}：{madeAt} 的备份，{leaves} 条存证核验无误；其后的办理与供数不在其中 | restored to {path}: the backup of {madeAt}; its {leaves} leaves hold; what came after is not in it
    command.exported | 已导出 {leaves} 条存证至 {path} | {leaves} leaves exported to {path}
    command.field.state | 状态 | state
    command.field.proposal | 拟变更 | proposal
    command.field.revision | 修订号 | revision
    command.field.resourceCode | 资源代码 | resource code
    command.field.owner | 所属单位 | owner
    command.field.returnReason | 退回原因 | returned because
    command.field.changed | 变更时间 | changed
    command.field.at | 时间 | at
    command.field.act | 动作 | act
    command.field.actor | 经办 | actor
    command.field.reason | 理由 | reason
    command.field.changes | 变更项 | changes
    command.field.provider | 提供方 | provider
    command.field.shareType | 共享类型 | share type
    command.field.openType | 开放类型 | open type
    command.field.grade | 级别 | grade
    command.field.column | 列 | column
    command.field.suggested | 建议 | suggested
    command.field.certainty | 把握 | certainty
    command.field.reasons | 依据 | reasons
    command.field.gate | 质量关口 | gate
    command.field.keys | 不同号码 | keys
    command.field.repeated | 重复的行 | repeated
    command.field.blank | 无号码的行 | blank
    command.field.invalid | 号码无效的行 | invalid
    command.field.unreadable | 无法识读的行 | unreadable
    command.field.faults | 有问题的单元格 | faults
    command.field.parts | 各项授权 | parts
    command.field.out | 结果文件 | out
    command.field.rows | 行数 | rows
    command.field.version | 版本 | version
    command.field.rules | 规则 | rules
    command.field.category | 分类 | category
    command.field.providerDivision | 提供方区划 | division of provider
    command.field.providerUSCC | 提供方信用代码 | USCC of provider
    command.field.abstract | 摘要 | abstract
    command.field.formatClass | 格式分类 | format class
    command.field.formatType | 格式类型 | format type
    command.field.shareCondition | 共享条件 | share condition
    command.field.legalBasis | 法律依据 | legal basis
    command.field.shareMode | 共享方式 | share mode
    command.field.openCondition | 开放条件 | open condition
    command.field.updateCycle | 更新周期 | update cycle
    command.field.publishDate | 发布日期 | publish date
    command.field.relatedCodes | 关联资源 | related codes
    command.field.items | 信息项 | items
    command.field.comment | 注释 | comment
    command.field.entry | 目录条目 | entry
    command.field.source | 数据源 | source
    command.field.currentVersion | 当前版本 | current version
    command.field.keyColumns | 查询键 | look-up keys
    command.field.type | 类型 | type
    command.field.estimatedRows | 估计行数 | estimated rows
    command.field.encoding | 编码 | encoding
    command.field.columns | 列 | columns
    command.field.warnings | 提示 | warnings
    command.field.outcome | 结果 | outcome
    command.field.rowsRead | 读取行数 | rows read
    command.field.rowsRejected | 拒收行数 | rows rejected
    command.field.started | 开始时间 | started
    command.field.ended | 结束时间 | ended
    command.field.number | 版本号 | number
    command.field.rejectedRows | 拒收行数 | rejected rows
    command.field.contentDigest | 内容摘要 | content digest
    command.field.published | 发布时间 | published
    command.field.applicant | 申请方 | applicant
    command.field.grant | 授权 | grant
    command.field.due | 办理期限 | due
    command.field.openActs | 可办动作 | open acts
    command.field.consumer | 使用方 | consumer
    command.field.push | 库表推送 | push
    command.field.matched | 查得 | matched
    command.field.ambiguous | 多行 | ambiguous
    command.field.unmatched | 查无 | unmatched
    command.field.purpose | 用途 | purpose
    command.field.from | 起始 | from
    command.field.to | 截止 | to
    command.field.clauses | 条款 | clauses
    command.field.release | 供数 | release
    command.field.delivery | 交付方式 | delivery
    command.field.required | 供数前须联调 | required
    command.field.earliest | 最早可预告日 | earliest
    command.field.until | 截止日期 | until
    command.field.lastUse | 最近使用 | last used
    command.field.announcedEnd | 预告的最后供数日 | announced end
    command.field.announcedAt | 预告时间 | announced
    command.field.successor | 替代条目 | successor
    command.field.standing | 联调状态 | standing
    command.field.seed | 种子 | seed
    command.field.rowsMade | 合成行数 | rows made
    command.field.tests | 历次测试 | tests
    command.field.faultsTold | 已提问题 | faults told
    command.field.fault | 问题 | fault
    command.field.answer | 答复 | answer
    command.field.words | 双方意见 | verdicts
    command.field.rowsOut | 供出行数 | rows out
    command.field.rowsWithheld | 保留行数 | rows withheld
    command.field.file | 文件 | file
    command.field.receipt | 回执 | receipt
    command.field.sha256 | SHA-256 | SHA-256
    command.field.index | 序号 | index
    command.field.subjects | 对象 | subjects
    command.field.digest | 摘要 | digest
    command.field.size | 记录数 | leaves
    command.field.checkpointSize | 检查点覆盖 | checkpoint covers
    command.field.checkpoint | 检查点时间 | checkpoint
    command.field.waitingSince | 等待自 | waiting since
    command.field.payload | 内容 | payload
    """)
