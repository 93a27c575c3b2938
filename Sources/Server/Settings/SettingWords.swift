import Kernel

/// What each setting is for, in both languages. The English is the settings table's own.
let settingPurposeWords = Words(
    Setting.allCases.map { setting in
        "setting.purpose.\(setting.name) | \(chinesePurposes[setting.name] ?? "") | \(setting.purpose)"
    }.joined(separator: "\n").replacing("`", with: "") + "\n" + settingPageWords)

private let settingPageWords = """
    setting.settings | 设置 | Settings
    setting.settings-why | 当前生效的设置及其来源。设置在数据目录的 settings.json 或环境变量中修改，重启后生效；不能在网页上修改。 | What is in force and where it comes from. Settings are changed in settings.json of the data folder or in the environment, and take effect at the next start; never on this page.
    setting.setting | 设置项 | Setting
    setting.value | 值 | Value
    setting.origin | 来源 | Comes from
    setting.every-origin | 全部来源 | Everywhere
    setting.origin.standard | 默认 | standard
    setting.origin.file | 设置文件 | file
    setting.origin.environment | 环境变量 | environment
    setting.environment | 环境变量 | Environment
    setting.none-found | 没有符合条件的设置。 | No setting fits.
    """

private let chinesePurposes: [String: String] = [
    "serve.address": "`serve` 监听的地址。请保持为本机地址，由前置代理处理 TLS。",
    "serve.port": "`serve` 的 TCP 端口；0 表示任取一个空闲端口。",
    "serve.stop-seconds-max": "收到 SIGTERM 后，进行中的请求最多再用这么多秒，其后取消并记为未完成。",
    "database.url": "`postgres://user:password@host:port/name`。留空则使用数据目录内的 SQLite。",
    "database.connections-max": "到 PostgreSQL 的连接数，每个连接有自己的线程。",
    "database.wait-milliseconds-max": "一项变更等待他人占用的数据库多久后以“繁忙”拒绝，单位毫秒。",
    "serve.trusted-proxies": "可信代理的地址，采信其 `X-Forwarded-Proto` 和 `X-Forwarded-For`，以逗号分隔。",
    "hooking.upload-bytes-max": "可上传文件的最大字节数。",
    "hooking.inbox-folders": "可按路径挂接文件的文件夹，以冒号分隔。页面上，部门在以其名称、统一社会信用代码或标识命名的子文件夹中选择。上传始终允许。",
    "hooking.source-hosts": "可挂接数据库的 `host:port`，以逗号分隔。留空表示没有。",
    "hooking.odbc-sources": "`odbc.ini` 中可挂接的 ODBC 数据源，以逗号分隔。留空表示没有。驱动在单独的工作进程中运行。",
    "hooking.odbc-folder": "存放 `odbc.ini` 和 `odbcinst.ini` 的文件夹。留空则用系统的。",
    "hooking.live-hosts":
        "可逐次调用的 HTTP 接口的 `host:port`，以逗号分隔。留空表示没有。以名称填写的主机若解析到本机、链路本地或云元数据地址，则不连接。",
    "hooking.live-authorities-file": "PEM 文件，列出实时接口的证书可由哪些机构签发。留空则用系统的。",
    "lake.columns-max": "可挂接表的最大列数。",
    "lake.rejected-permille-max": "每千行中最多拒收多少行，超过则整个版本不予接收。",
    "lake.workers": "`serve` 保持的 `headwaters worker` 工作进程数。",
    "lake.worker-memory-mebibytes-max": "一个工作进程的引擎可用的内存，单位 MiB。",
    "lake.worker-threads": "一个工作进程的引擎线程数。",
    "lake.row-cache-mebibytes-max": "全部版本的行存最近所用数据块共用的内存，单位 MiB。",
    "lake.request-seconds-max": "一次工作进程请求的最长时间，单位秒。",
    "identity.session-idle-minutes-max": "会话闲置这么多分钟后结束。",
    "identity.session-hours-max": "会话最多持续这么多小时。",
    "identity.failed-sign-ins-max": "连续登录失败这么多次后，账号锁定一段时间。",
    "identity.lock-minutes": "账号锁定的时长，单位分钟。",
    "identity.second-factor-roles": "任这些角色的人员须启用动态码，以逗号分隔；未启用者登录后须先启用，方可办理其他事项。留空表示没有。",
    "identity.confirm-seconds-max": "签批类操作距会话上次输入密码或动态码超过这么多秒时，须再次输入。0 表示不要求。访问密钥不受影响。",
    "identity.password-characters-min": "密码的最少字符数。",
    "identity.password-classes-min": "密码须包含小写字母、大写字母、数字、其他字符中的至少这么多类。",
    "identity.passwords-remembered": "新密码不得与最近这么多个密码（含现密码）相同。0 表示不比对。",
    "identity.password-days-max": "密码使用超过这么多天后，登录后须先修改。0 表示不限。",
    "identity.providers-file": "描述统一身份认证平台（OpenID Connect）的 JSON 文件。留空表示不使用。格式见 accounts.md。",
    "identity.password-sign-in": "谁可以用密码登录。`administrators`：其他人一律经统一身份认证登录；密码仍可用于再次确认。",
    "identity.separate-administrators": "`on` 表示三员分立：系统管理员、安全管理员、审计员不得由同一岗位或同一人兼任。",
    "evidence.checkpoint-age-seconds-max": "记录等待签名检查点超过这么多秒时，停止供数。",
    "evidence.witness-file": "另一磁盘或主机上的文件，每个检查点都追加其中，以便发现被截断的存证。",
    "exchange.emergency-hours": "应急授权的有效时间，单位小时；到时仍未补办手续并经书面确认的，授权自动终止。",
    "case.late-entry-days-max": "纸质审批自签字之日起最多多少天内可以补录。",
    "case.late-entry-confirm-days": "补录的纸质审批须在多少个工作日内经签字人追认或他人复核；逾期提醒本单位，再逾同样天数报数据主管部门。",
    "exchange.running-months-max": "存量共享的过渡授权自签署之日起最长的月数。",
    "exchange.trial-seconds-max": "试算申请条款最多用时，单位秒。",
    "joint-test.rows-max": "一次联调测试最多生成的合成数据行数。",
    "letter.converter-file":
        "把公文转换为 PDF 的程序，调用方式为 `soffice --headless --convert-to pdf --outdir 文件夹 文件`。留空则只提供 .docx。",
    "letter.seal-file": "为公文加盖电子印章的程序，参数为 PDF 的路径和盖章后 PDF 或 OFD 的路径。留空则上传盖章扫描件。",
    "letter.scan-file":
        "病毒扫描程序，例如包装 `clamdscan` 的脚本，参数为文件路径：退出状态 0 为未感染，1 为感染，其他状态一律拒收。留空则不扫描公文的文件。",
    "letter.tool-seconds-max": "以上三个程序一次运行的最长时间，单位秒。",
    "letter.file-bytes-max": "公文盖章件或附件的最大字节数。",
    "release.lease-seconds": "已授权而在此时间内未结的供数记为结果不明，按预留量计量。",
    "release.push-hosts": "可推送数据的接收方数据库的 `host:port`，以逗号分隔。留空表示没有。",
    "release.lookup-keys-max": "一次批量查询的键数。",
    "release.live-keys-max": "实时接口条目一次查询的键数，每个键调用一次源接口。",
    "release.page-rows-max": "逐页接口一页的行数。",
    "release.list-bytes-max": "名单文件的最大字节数。",
    "release.list-rows-max": "一份名单的行数。",
    "release.lists-per-day-max": "一个单位在一项授权下每天可比对的名单数。",
    "release.list-keys-per-day-max": "一个岗位每天可比对的键数，每项授权分别计数。",
    "release.list-run-max": "名单中连续递增的公民身份号码达到这么多个时拒绝。",
    "release.list-unmatched-permille-max":
        "一项授权下所查的键每千个中未匹配超过这么多时，名单比对暂停，由提供部门或安全管理员恢复。1000 表示从不。",
    "release.list-unmatched-keys-min": "键数少于此数时不判断未匹配比例。",
    "release.list-unmatched-days": "统计未匹配比例的天数。",
    "reminder.mail-host": "发送提醒的邮件服务器（SMTP），名称或地址。留空则不发邮件。",
    "reminder.mail-port": "邮件服务器的 TCP 端口。",
    "reminder.mail-security":
        "`starttls`，或 `tls`（自始加密），均核验证书；`plain` 只可用于本机或内网的中继，且不带用户名。",
    "reminder.mail-authorities-file": "PEM 文件，列出邮件服务器的证书可由哪些机构签发。留空则用系统的。",
    "reminder.mail-sender": "提醒邮件的发件地址。留空则不发邮件。",
    "reminder.mail-user": "邮件服务器的用户名。留空则不认证。",
    "reminder.mail-password": "邮件服务器的密码。宜另放在单独的文件中。",
    "reminder.mail-password-file": "首行为邮件服务器密码的文件；优先于上一项。",
    "reminder.webhook-hosts":
        "单位的提醒可发往的 `host:port`，以逗号分隔；企业微信为 `qyapi.weixin.qq.com:443`。留空表示没有。以名称填写的主机若解析到本机、链路本地或云元数据地址，则不连接。",
    "reminder.webhook-authorities-file": "PEM 文件，列出这些主机的证书可由哪些机构签发。留空则用系统的。",
    "reminder.quiet-hours": "未另行选择的人员不受打扰的时段，北京时间。留空表示没有。",
    "reminder.quiet-days-off": "`on` 表示新设的提醒在休息日（按工作日历）不发送，可自行更改。",
    "reminder.titles": "`on` 表示提醒中写明事项标题。提醒会离开本平台；不写标题时只有事项种类、单位、日期和链接。",
    "reminder.keep-days": "发送记录保存的天数；其后仍未办理的再提醒一次。",
    "reminder.messages-per-hour-max": "一小时内发往同一处的条数，超过的合为一条稍后发送。",
    "reminder.give-up-hours": "超过这么多小时仍未送达的不再尝试，记为未送达。",
    "reminder.seconds-max": "发送一条提醒的最长时间，单位秒。",
    "web.language": "访客未选择语言且浏览器未指明可用语言时使用的语言。",
    "web.site-name": "页首和页面标题中的站点名称。留空则用产品名称。",
    "web.marked-pages": "哪些显示数据行的页面带可见水印（单位、查看人、时间）：`personal` 指含个人信息列的页面，`all` 指全部；由其导出的 Excel 在打印页脚带同样的文字。",
    "web.site-address":
        "浏览器访问本站的地址，如 `https://data.example.gov.cn`，不含路径：用于提醒中的链接，认证平台也据此把人送回。留空则二者皆不启用。",
    "web.secure-cookies": "Cookie 标记 `Secure` 的条件：`behind-tls` 指可信代理表明请求经由 https，或 `always`。",
    "quality.reveals-per-hour-max": "一个账号每小时最多说明理由查看明文的次数。",
    "grading.sensitive-floor": "含敏感个人信息的列的最低级别。GB/T 43697-2024 附录 H 为 L4；部分省份为 L3。",
    "log.level": "写入日志的最低级别。",
]
