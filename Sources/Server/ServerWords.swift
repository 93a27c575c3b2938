package import Kernel

package let serverWords = Words(
    """
    setting.faults | 有 {count} 项设置不正确，程序没有启动 | {count} settings are wrong, so nothing was started
    setting.unknown | 没有这一项设置（见 docs/settings.md） | there is no such setting (see docs/settings.md)
    setting.integer | “{value}”不是 {low} 至 {high} 之间的整数 | "{value}" is not a whole number from {low} to {high}
    setting.choice | “{value}”不是可选值之一：{choices} | "{value}" is none of {choices}
    setting.path | “{value}”不是以 / 开头的绝对路径 | "{value}" is not an absolute path, which begins with /
    setting.address | “{value}”不是 IP 地址 | "{value}" is not an IP address
    setting.odbc-source | “{value}”不是 ODBC 数据源的名称（至多 32 字节，不含空格、括号和 , ; ? * = ! @ / 反斜杠） | "{value}" is no name of an ODBC data source (at most 32 bytes; no space, bracket, backslash or any of , ; ? * = ! @ /)
    setting.role | “{value}”不是岗位角色 | "{value}" is no role of a post
    setting.host-and-port | “{value}”不是以冒号分隔的主机和端口（端口为 1 至 65535） | "{value}" is not host:port with a port from 1 to 65535
    setting.mail-address | “{value}”不是可用的电子邮箱地址 | “{value}” is no address that can be used
    setting.hours | “{value}”应为 22:00-07:30 的样子 | “{value}” must be like 22:00-07:30
    setting.site-address | “{value}”应为 https:// 加主机名（可带端口），不含路径 | “{value}” should be https:// and a host, perhaps with a port, and no path
    setting.postgres-url | 应为以 postgres:// 开头的数据库地址；留空则使用数据目录内的 SQLite | it should be a database URL that begins with postgres://; empty means SQLite in the data folder
    setting.name-unknown | 环境变量 {name} 不是本程序的设置，已忽略（见 docs/settings.md） | The environment's {name} is no setting of this program and is left out (see docs/settings.md)
    setting.file-unreadable | {path} 不是“名称：值”均为文本的 JSON 对象 | {path} is not a JSON object of text values
    node.exists | {path} 已经是一个节点的数据目录 | {path} is a node's data folder already
    node.folder-not-empty | {path} 不是空目录 | {path} is not empty
    node.folder-not-empty-remedy | 请指定一个空目录 | give an empty folder
    node.folder-unwritable | 无法创建或写入目录 {path} | the folder {path} cannot be made or written
    node.missing | {path} 不是节点的数据目录 | {path} is no node's data folder
    node.missing-remedy | 请先执行 headwaters init | run headwaters init first
    node.unreadable | 无法读取 {path}，或者它属于其他版本的程序 | {path} cannot be read, or belongs to another version of the program
    node.profile-unknown | 没有名为“{name}”的配置档案 | there is no profile "{name}"
    node.profile-file-missing | 配置档案缺少文件 {path} | the profile lacks the file {path}
    node.migrations-pending | 数据库结构需要升级：{names} | the database's schema is behind: {names}
    node.migrations-pending-remedy | 请先备份，再执行 headwaters migrate | take a backup, then run headwaters migrate
    backup.database | 正在复制数据库 | copying the database
    backup.files | 正在复制文件：{done}/{of} | copying files: {done} of {of}
    backup.verifying | 正在核验存证链 | verifying the evidence
    backup.target-exists | {path} 已存在，备份不覆盖任何文件 | {path} exists already; a backup overwrites nothing
    backup.file-failed | 无法读写 {path}：{reason} | {path} cannot be read or written: {reason}
    backup.version-damaged | 数据版本的文件 {path} 与其清单不符，未生成备份 | the version's file {path} is not what its manifest says; no backup was made
    backup.version-missing | 数据版本缺少文件 {path}，未生成备份 | the version lacks the file {path}; no backup was made
    backup.too-many-files | 文件数超过 {max} 个，未生成备份 | there are more than {max} files; no backup was made
    backup.none | {path} 不是备份目录，或备份未完成 | {path} is no backup, or one that was never finished
    backup.manifest-unreadable | 备份清单 {path} 已损坏或不完整 | the backup's manifest {path} is damaged or cut off
    backup.file-missing | 备份缺少文件 {path}，未恢复任何内容 | the backup lacks the file {path}; nothing was restored
    backup.file-damaged | 备份文件 {path} 与清单不符（已损坏、截断或被改动），未恢复任何内容 | the backup's file {path} is not what the manifest says (damaged, cut off or changed); nothing was restored
    backup.master-key-needed | 恢复需要指纹为 {fingerprint} 的主密钥 | the master key with the fingerprint {fingerprint} is needed
    backup.master-key-remedy | 请将其放入 {path}（权限 600），或设置环境变量 HEADWATERS_MASTER_KEY | put it into {path} (mode 600), or set HEADWATERS_MASTER_KEY
    backup.master-key-wrong | 主密钥不符：恢复需要指纹为 {fingerprint} 的主密钥 | this is another master key; the one with the fingerprint {fingerprint} is needed
    backup.signature-wrong | 备份清单 {path} 的签名无效，未恢复任何内容 | the signature of the backup's manifest {path} is not valid; nothing was restored
    node.bureau-missing | 尚未设置公共数据主管部门的审核岗位 | no post of a data bureau's reviewer has been set up
    command.fault | 程序内部错误：{fault} | a fault of ours: {fault}
    command.token-missing | 没有给出访问令牌 | no token was given
    command.token-missing-remedy | 请用 --token 或环境变量 HEADWATERS_TOKEN 给出令牌 | give one with --token or HEADWATERS_TOKEN
    command.token-unknown | 令牌无效、已撤销或已过期 | the token is unknown, revoked or past its time
    command.not-an-id | “{text}”不是 {kind} 的编号 | "{text}" is not the id of a {kind}
    command.algorithm-unknown | 不支持签名算法“{name}”，可用 sm2 或 ed25519 | "{name}" is no signature algorithm: sm2 and ed25519 are
    command.node-made | 节点 {node} 已创建于 {path}，导入 {units} 个单位 | node {node} made in {path}, with {units} units
    command.migrated | 数据库结构已是最新 | the schema is up to date
    command.file-missing | 没有文件 {path} | there is no file {path}
    command.evidence-holds | 存证完整：{leaves} 条记录，{checkpoints} 个检查点（其中见证核对 {witnessed} 个），截至 {at} | the evidence holds: {leaves} records, {checkpoints} checkpoints ({witnessed} compared with the witness), as of {at}
    command.answer-holds | 回答属实：供数 {release}，{rows} 行，检查点时间 {at} | the answer holds: release {release}, {rows} rows, under the checkpoint of {at}
    command.record-holds | 存证记录属实：{type}，序号 {index}，检查点时间 {at} | the record holds: {type}, number {index}, under the checkpoint of {at}
    command.receipt-holds | 回执属实：供数 {release}，{rows} 行，检查点时间 {at}；{file} | the receipt holds: release {release}, {rows} rows, under the checkpoint of {at}; {file}
    command.file-compared | 数据文件与回执一致 | the file is the one it describes
    command.file-not-compared | 未比对数据文件 | no file was compared
    command.trust-nobody | 没有给出可信任的公钥 | no key to trust was given
    command.trust-nobody-remedy | 用 --trust 给出公钥文件，或用 --data 指定数据目录 | give a public key with --trust, or a data folder with --data
    serve.running | 正在提供服务：{url} | serving {url}
    serve.cannot-listen | 无法在 {address} 上监听：{reason} | cannot listen on {address}: {reason}
    serve.cannot-listen-remedy | 请关闭占用该端口的程序，或用 --port 指定其他端口 | stop what uses the port, or choose another with --port
    demo.step.entries | 目录：{count} 个条目已编目、审核、发布 | catalogue: {count} entries drafted, reviewed and published
    demo.step.hook | 挂接：{file}，{columns} 列映射已确认 | hook: {file}, a mapping of {columns} columns confirmed
    demo.step.version | 版本：第 {number} 版，{rows} 行入库，{rejected} 行拒收（源数据中有 {planted} 个不存在的日期） | version {number}: {rows} rows in, {rejected} rejected ({planted} dates that do not exist in the source)
    demo.step.quality | 质量：{rules} 条规则已执行，其中 {failing} 条有不合格行 | quality: {rules} rules run, {failing} of them found failing rows
    demo.step.grade | 分级：{columns} 列已定级，条目为 {grade} | grade: {columns} columns decided, the entry is {grade}
    demo.step.request | 申请：用途“{purpose}”，已由本单位签核并提交 | request: purpose "{purpose}", signed off by the applicant's own unit and submitted
    demo.step.accepted | 审核：主管部门完整性审核通过，转提供部门 | check: complete, passed on to the provider
    demo.step.offered | 决定：提供部门提出脱敏条件，待申请方接受 | decision: the provider offers the data masked
    demo.step.granted | 授权：申请方接受，授权 {grant} 已签署 | grant: accepted and signed, {grant}
    demo.step.released | 供数：{rows} 行流出，{withheld} 行按条件保留，文件 {path} | release: {rows} rows out, {withheld} withheld, file {path}
    demo.step.receipt | 回执：{path} | receipt: {path}
    demo.step.verified | 核验：回执、两条存证记录、签名检查点（{at}）均属实，文件与回执一致 | verified: the receipt, both records and the signed checkpoint of {at} hold; the file is the one described
    demo.member-missing | 样例城市没有账户“{key}” | the sample city has no account "{key}"
    demo.unit-missing | 配置档案没有单位“{unit}” | the profile has no unit "{unit}"
    demo.entry-missing | 样例城市缺少目录条目 | the sample city lacks an entry
    demo.grant-missing | 申请没有形成授权 | the request did not become a grant
    demo.folder-taken | {path} 已有数据，样例需要一个空目录 | {path} holds data already: the demo needs an empty folder
    demo.done | 样例城市已就绪：{path} | the sample city is ready in {path}
    demo.accounts | 账户与口令见 {path} | accounts and passwords are in {path}
    site.filing-late | 提供单位尚未报送 {period} 的数据，现有内容可能不是最新。 | The department has not filed the data of {period} yet; what is served may be out of date.
    site.home | 首页 | Home
    site.welcome | 公共数据目录与共享 | Public data: the catalogue and its sharing
    site.promise | 每一行流出的数据都有授权、有回执、可核验。 | Every row that leaves has a grant, a receipt and a proof.
    site.search | 查找公共数据资源 | Find public data
    site.search-act | 查找 | Search
    site.figure.entries | 个目录条目 | entries
    site.newest | 最新发布 | Newest
    site.nothing-published | 还没有发布的目录条目。 | No entry has been published yet.
    site.figure.in-review | 个条目待审核 | entries to review
    site.figure.drafts | 个条目草稿 | drafts
    site.figure.waiting | 件待我办理 | wait for me
    site.figure.overdue | 件已超期 | overdue
    site.figure.open | 个无条件开放 | open to everyone
    site.figure.releases | 次供数 | releases
    site.figure.grants | 项授权 | grants
    site.way.catalogue | 查找全市公共数据资源，了解提供部门、共享与开放方式。 | Find the city's data: who keeps them, how they are shared and opened.
    site.way.inbox | 办理共享申请：签核、审核、决定、答复。 | Requests that wait: sign off, check, decide, answer.
    site.way.hooks | 把数据接入目录条目，发布新版本，查看质检结果与不合格行。 | Bring data to the catalogue's entries, publish versions, see checks and rejected rows.
    site.way.grants | 查看授权条款与用量，取用数据。 | See what is granted and used, and fetch data.
    site.way.receipts | 每次供数的记录与可离线核验的回执。 | Each release and its receipt, which can be verified offline.
    site.way.evidence | 决定与供数的存证记录、检查点与包含证明。 | What was decided and released, with checkpoints and proofs.
    site.quality-dimensions | 各维度质量得分 | Quality by dimension
    site.quality-history | 历次质量得分 | Quality over time
    site.rule-results | 规则检查结果 | What the rules found
    site.passed-share | 合格率 | Passed
    site.quality-score | 质量得分 | Quality score
    site.percent | % | %
    """)
