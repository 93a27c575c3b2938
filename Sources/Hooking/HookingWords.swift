package import Kernel

package let hookingWords = Words(
    """
    hooking.not-found | 没有这个挂接，或者您无权看到它 | there is no such hook, or it is not yours to see
    hooking.invalid | 挂接有 {count} 处需要更正 | What needs correction at the hook: {count}
    hooking.already-hooked | 该目录条目已经挂接 | the entry is hooked already
    hooking.already-hooked-remedy | 请修改现有挂接，不要新建 | change the existing hook instead of making another
    hooking.paused | 挂接已暂停 | the hook is paused
    hooking.paused-remedy | 恢复挂接后再发布新版本 | resume the hook, then publish
    hooking.already-publishing | 该挂接正在发布新版本，请等待其结束或取消 | a version of this hook is being made: wait for it or cancel it
    hooking.drifted | 数据源的结构与确认的映射有 {count} 处不同，没有发布 | the source's columns differ from the confirmed mapping ({count}), so nothing was published
    hooking.drifted-remedy | 请核对数据源；确属变更的，重新确认映射后再发布 | check the source; when the change is meant, confirm the mapping again and publish
    hooking.interrupted | 发布过程中断（进程停止），原版本继续提供服务 | the attempt was interrupted because its process stopped; the last version is still served
    hooking.run-again | 可以直接重新发布 | it can simply be run again
    hooking.cancelled | 发布已取消，原版本继续提供服务 | the attempt was cancelled; the last version is still served
    hooking.upload-too-large | 文件超过上限（{max} 字节） | the file is larger than {max} bytes
    hooking.upload-not-found | 没有这个上传文件，或者它属于其他单位 | there is no such upload, or it belongs to another unit
    hooking.upload-ending | “{name}”不是可以读取的表格文件 | "{name}" is no table that can be read
    hooking.upload-ending-remedy | 请上传 CSV、TSV、TXT、JSON（可用 gzip 压缩，文本表也可用 ZIP）、Excel（xlsx）、Parquet、SQLite，或 Shapefile（全部文件放入一个 ZIP）；旧式 xls、ods 请先另存为 xlsx | upload CSV, TSV, TXT or JSON (packed with gzip if you like, text tables with ZIP too), Excel (xlsx), Parquet, SQLite, or a shapefile (all of its files in one ZIP); save an old xls or an ods as xlsx first
    hooking.upload-empty | 文件是空的（0 字节） | the file is empty (0 bytes)
    hooking.upload-empty-remedy | 请确认导出已完成后重新上传 | check that the export has finished, then upload it again
    hooking.upload-unwritable | 无法保存上传的文件，请检查磁盘空间 | the uploaded file cannot be kept: check the free space
    hooking.secret-unreadable | 无法解密数据源口令 | the source's password cannot be decrypted
    hooking.secret-remedy | 请检查主密钥是否为本数据目录所用，或重新填写口令 | check that the master key is this data folder's, or enter the password again
    hooking.key-unknown | 查询键“{column}”不在映射的列中 | the look-up key "{column}" is no column of the mapping
    hooking.fault | 发布过程中出现内部错误，原版本继续提供服务 | a fault of ours ended the attempt; the last version is still served
    hooking.keys-max | 查询键不得重复，且最多 {max} 个 | look-up keys must differ, and there may be {max} at most
    hooking.catalogue | 数据目录 | Data catalogue
    hooking.hook | 挂接 | Hook
    hooking.version-number | 第 {number} 版 | version {number}
    hooking.step-source | 挂接数据：选择数据源 | Hook data: choose the source
    hooking.step-reading | 挂接数据：核对读取方式和数据列 | Hook data: check the reading and the columns
    hooking.by-file | 上传文件 | Upload a file
    hooking.by-table | 数据库表 | A database table
    hooking.file | 数据文件 | File
    hooking.upload | 上传并探查 | Upload and look at it
    hooking.discovery | 发现数据库中的表 | Find the tables of a database
    hooking.discovery-why | 列出一个数据库中可读取的全部表和视图，选定后生成目录条目草稿；不读取任何数据行。 | Lists all tables and views that may be read, and makes draft entries of those you choose. No row is read.
    hooking.discovery-words | 只看包含 | Only those with
    hooking.discovery-words-hint | 表名、模式或注释中的字词，可留空。 | Words of table, schema or comment; may be empty.
    hooking.discover | 列出 | List them
    hooking.discovered | 共 {count} 张表和视图 | {count} tables and views
    hooking.discovered-cut | 只列出前 {max} 张；请用模式缩小范围。 | Only the first {max} are listed: narrow them by schema.
    hooking.discovered-none | 没有符合条件的表；请核对数据库、账号权限和筛选字词。 | There is none: check the database, what the account may read, and the words.
    hooking.discovered-tables | 发现的表 | Tables found
    hooking.choose | 选择 | Choose
    hooking.choose-table | 选择 {name} | Choose {name}
    hooking.rows-about | 约有行数 | Rows, about
    hooking.view | 视图 | View
    hooking.already-hooked-mark | 已挂接 | Hooked already
    hooking.draft-candidates | 为选定的表生成条目草稿 | Draft entries for those chosen
    hooking.candidates-chosen | 请选择至少一张、至多 {max} 张表。 | Choose at least one table and at most {max}.
    hooking.candidates-drafted | 已生成 {count} 个条目草稿。 | Entries drafted: {count}.
    hooking.database-kind | 数据库类型 | Kind of database
    hooking.database-kind.postgres | PostgreSQL（含兼容库） | PostgreSQL, or what speaks like it
    hooking.database-kind.mysql | MySQL / MariaDB | MySQL or MariaDB
    hooking.database-kind.odbc | ODBC 数据源 | An ODBC data source
    hooking.odbc-source | 数据源名称 | Data source
    hooking.odbc-unknown | 该数据源不在允许使用的名单内。 | This data source is not on the list of allowed ones.
    hooking.schema-hint | PostgreSQL 通常为 public；ODBC 可留空。 | Often public in PostgreSQL; may be empty for ODBC.
    hooking.schema-all-hint | 留空则列出账号可见的全部模式。 | Empty: all that the account may see.
    hooking.password-kept | 已加密保留刚才的口令；留空即沿用。 | The password is kept, encrypted; leave this empty to use it.
    hooking.try-connection | 测试连接 | Test the connection
    hooking.connected | 连接成功，可读取 {count} 张表和视图。 | Connected: {count} tables and views can be read.
    hooking.host | 主机和端口 | Host and port
    hooking.database | 数据库 | Database
    hooking.schema | 模式 | Schema
    hooking.table | 表或视图 | Table or view
    hooking.user | 用户名 | User
    hooking.password | 口令 | Password
    hooking.password-hint | 加密保存，只用于连接数据源，不再显示。 | Kept encrypted, used only to connect, never shown again.
    hooking.look-at-table | 探查 | Look at it
    hooking.no-hosts | 尚未配置允许连接的数据库，请联系系统管理员（hooking.source-hosts、hooking.odbc-sources）。 | No database may be connected to yet. Ask the administrator (hooking.source-hosts, hooking.odbc-sources).
    hooking.host-unknown | 该主机不在允许连接的名单内。 | This host is not on the list of allowed hosts.
    hooking.reading | 读取方式 | How it is read
    hooking.look-again | 按此方式重新探查 | Look again this way
    hooking.detected | 自动识别 | As detected
    hooking.encoding | 字符编码 | Encoding
    hooking.delimiter | 分隔符 | Delimiter
    hooking.delimiter.comma | 逗号 | Comma
    hooking.delimiter.semicolon | 分号 | Semicolon
    hooking.delimiter.tab | 制表符 | Tab
    hooking.delimiter.bar | 竖线 | Bar
    hooking.quoting | 双引号 | Quotes
    hooking.quoting.yes | 用作包裹单元格 | Wrap cells
    hooking.quoting.no | 普通字符 | Are plain text
    hooking.records | 记录列表的路径 | Path to the records
    hooking.records-hint | 如 data.items；留空自动识别。 | Such as data.items; empty detects it.
    hooking.sheet | 工作表 | Sheet
    hooking.detected.sheet | 自动选取：{sheet} | Chosen: {sheet}
    hooking.header | 表头 | Header
    hooking.totals | 合计行 | Rows of totals
    hooking.totals.left-out | 不作为数据行收入 | Not taken in as rows
    hooking.totals.kept | 作为数据行收入 | Taken in as rows
    hooking.header.none | 没有表头 | No header
    hooking.header.line | 第 {line} 行 | Line {line}
    hooking.columns | 数据列 | Columns
    hooking.rows | 行数 | Rows
    hooking.warnings | 确认前请核对 | Please check before you confirm
    hooking.drift-heading | 数据源与现有挂接不同 | The source differs from the present hook
    hooking.include | 采用 | Use
    hooking.include-column | 采用列“{name}” | use column {name}
    hooking.source-name | 源列名 | In the source
    hooking.name | 列名 | Name
    hooking.name-of | 列“{name}”的列名 | name of column {name}
    hooking.type | 类型 | Type
    hooking.type-of | 列“{name}”的类型 | type of column {name}
    hooking.format-of | 列“{name}”的日期格式 | date format of column {name}
    hooking.null-markers | 空值标记（用竖线分隔） | No-value marks (separated by bars)
    hooking.null-of | 列“{name}”的空值标记 | no-value marks of column {name}
    hooking.key | 查询键 | Look-up key
    hooking.key-of | 以列“{name}”为查询键 | look up by column {name}
    hooking.filled-empty | 有值 {filled}，空值 {empty} | {filled} filled, {empty} empty
    hooking.damaged | {count} 个单元格已被电子表格软件损坏，首个在第 {line} 行 | Cells damaged by a spreadsheet: {count}, the first on line {line}
    hooking.keep-damaged | 按文本保留，不作为不合格行 | keep them as text instead of rejecting the row
    hooking.reason-unknown | 按数据源的定义 | as the source defines it
    hooking.sample-rows | 样例行 | Sample rows
    hooking.empty | （空） | (empty)
    hooking.other-source | 更换数据源 | Another source
    hooking.confirm | 确认挂接 | Confirm the hook
    hooking.confirmed | 挂接已确认。请核对质量规则后发布。 | The hook is confirmed. Check the quality rules, then publish.
    hooking.columns-changed | 数据源在填写期间发生变化，请重新核对各列 | the source changed while the form was filled in: check the columns again
    hooking.state.active | 启用 | active
    hooking.state.paused | 已暂停 | paused
    hooking.state.retired | 已停用 | retired
    hooking.source | 数据源 | Source
    hooking.kind.text | 文本文件 | text file
    hooking.kind.shape | Shapefile | shapefile
    hooking.kind.json | JSON 文件 | JSON file
    hooking.kind.workbook | Excel 工作簿 | Excel workbook
    hooking.kind.parquet | Parquet 文件 | Parquet file
    hooking.kind.sqlite | SQLite 文件 | SQLite file
    hooking.kind.mysql | MySQL / MariaDB 表 | MySQL or MariaDB table
    hooking.kind.odbc | ODBC 数据源的表 | table behind ODBC
    hooking.kind.postgres | PostgreSQL 表 | PostgreSQL table
    hooking.keys | 查询键 | Look-up keys
    hooking.defined | 确认时间 | Confirmed
    hooking.publish | 发布新版本 | Publish a version
    hooking.run-once-more | 重新发布 | Run again
    hooking.change-source | 更换文件或表 | Replace file or table
    hooking.change-mapping | 修改读取方式和列 | Change reading and columns
    hooking.rules | 质量规则 | Quality rules
    hooking.pause | 暂停 | Pause
    hooking.resume | 恢复 | Resume
    hooking.pause-question | 暂停后不再发布新版本。 | While it is paused no new version is published.
    hooking.pause-consequence | 现有版本继续按授权提供服务。 | The last version is still served under its grants.
    hooking.resume-question | 恢复后可以继续发布新版本。 | New versions can then be published again.
    hooking.pause-done | 挂接已暂停。 | The hook is paused.
    hooking.resume-done | 挂接已恢复。 | The hook is active again.
    hooking.comparison | 版本比较 | Versions compared
    hooking.comparison-why | 两个版本之间，数据列和数据行的增减与变化。示例值按定级脱敏。 | What came, went and changed between two versions, in columns and in rows. Sample values are masked by grade.
    hooking.comparison-before | 较早版本 | Earlier version
    hooking.comparison-after | 较晚版本 | Later version
    hooking.comparison-columns | 数据列的变化 | Columns
    hooking.comparison-needs-two | 至少有两个版本才能比较。 | Two versions are needed to compare.
    hooking.comparing | 正在比较两个版本 | Comparing the two versions
    hooking.comparing-seconds | 已用 {seconds} 秒 | {seconds} s so far
    hooking.comparison-cancelled | 比较已取消。 | The comparison was cancelled.
    hooking.rows-of | {rows} 行 | {rows} rows
    hooking.comparison-no-key | 没有可用的查询键（未设置，或有空值、重复值），因此按整行比较：内容有变化的行同时计入“减少”和“新增”。 | There is no key to tell rows apart (none is set, or it has blanks or doubles), so whole rows are compared: a row that changed counts as gone and as new.
    hooking.compare | 比较 | Compare
    hooking.change | 变化 | Change
    hooking.column-new | 新增 | new
    hooking.column-gone | 减少 | gone
    hooking.column-retyped | 类型改变 | other type
    hooking.columns-same | 数据列没有变化。 | The columns are the same.
    hooking.rows-new | 新增的行 | New rows
    hooking.rows-gone | 减少的行 | Rows gone
    hooking.rows-changed | 有变化的行 | Changed rows
    hooking.rows-same | 没有变化的行 | Rows that stayed
    hooking.rows-none | 没有。 | None.
    hooking.changes-by-column | 各列有变化的行数 | Changed rows by column
    hooking.compared-key | 键（{columns}） | Key ({columns})
    hooking.null | 空值 | empty
    hooking.versions | 版本 | Versions
    hooking.no-versions | 还没有发布版本。 | No version has been published yet.
    hooking.attempts | 发布记录 | Attempts
    hooking.no-attempts | 还没有发布记录。 | Nothing has been published yet.
    hooking.number | 版本号 | Number
    hooking.rejected | 不合格行 | Rejected
    hooking.digest | 内容摘要 | Content digest
    hooking.files-digest | 文件摘要 | Files digest
    hooking.published-at | 发布时间 | Published
    hooking.by | 办理人 | By
    hooking.started | 开始时间 | Started
    hooking.ended | 结束时间 | Ended
    hooking.outcome | 结果 | Outcome
    hooking.outcome.running | 进行中 | running
    hooking.outcome.published | 已发布 | published
    hooking.outcome.unchanged | 内容未变 | unchanged
    hooking.outcome.failed | 未发布 | not published
    hooking.outcome.cancelled | 已取消 | cancelled
    hooking.attempt | 发布 | Publication
    hooking.stage.probing | 探查 | Looking
    hooking.stage.staging | 读取 | Reading
    hooking.stage.checking | 质检 | Checking
    hooking.stage.digesting | 摘要 | Digesting
    hooking.stage.indexing | 建立索引 | Indexing
    hooking.stage.swapping | 切换 | Switching
    hooking.progress | 已读 {rows} 行 | {rows} rows read
    hooking.published-why | 新版本已发布，自现在起提供服务。 | The version is published and served from now on.
    hooking.cancel-asked | 已请求取消。 | Asked to cancel.
    hooking.rejects | 不合格行明细 | Rejected rows
    hooking.rejects-why | 含原始数据片段，仅本单位可见。 | Holds pieces of the data; only your own department sees it.
    hooking.rejects-none | 没有不合格行。 | No row was rejected.
    hooking.line | 行号 | Line
    hooking.column | 列 | Column
    hooking.reason | 原因 | Reason
    hooking.excerpt | 原始内容 | Excerpt
    hooking.way | 挂接步骤 | Steps
    hooking.way.source | 选择数据源 | Choose the source
    hooking.way.reading | 核对读取方式与数据列 | Check reading and columns
    hooking.way.publish | 质检并发布 | Check and publish
    hooking.step-source-why | 上传数据文件，选用接收目录中的文件，指定一张数据库表，或者登记一个实时接口。 | Upload a file, take one from the inbox, name a database table, or a service that is asked live.
    hooking.file-hint | 可将文件拖到下框。支持 CSV、TSV、TXT、JSON（可用 gzip 压缩，文本表也可用 ZIP，每包一个表）、Excel（xlsx）、Parquet、SQLite、Shapefile（全部文件放入一个 ZIP），最大 {max}；字符编码、分隔符和表头自动识别。 | A file can be dropped onto the box. CSV, TSV, TXT or JSON (packed with gzip if you like, text tables with ZIP too, one table each), Excel (xlsx), Parquet, SQLite, or a shapefile (all of its files in one ZIP), up to {max}; encoding, delimiter and header are detected.
    hooking.uploading | 上传进度 | Sent so far
    hooking.by-inbox | 接收目录中的文件 | A file from the inbox
    hooking.inbox-file | 本单位的文件 | Your department's files
    hooking.inbox-note | {bytes}，{changed} | {bytes}, {changed}
    hooking.look-at-file | 探查 | Look at it
    hooking.detected.encoding | 自动识别：{encoding}（把握 {percent}%） | Detected: {encoding} ({percent}% sure)
    hooking.detected.comma | 自动识别：逗号 | Detected: comma
    hooking.detected.semicolon | 自动识别：分号 | Detected: semicolon
    hooking.detected.tab | 自动识别：制表符 | Detected: tab
    hooking.detected.bar | 自动识别：竖线 | Detected: bar
    hooking.detected.quotes | 自动识别：包裹单元格 | Detected: they wrap cells
    hooking.detected.no-quotes | 自动识别：普通字符 | Detected: plain text
    hooking.detected.line | 自动识别：第 {line} 行 | Detected: line {line}
    hooking.detected.no-header | 自动识别：没有表头 | Detected: no header
    hooking.drift-remedy | 请逐列核对下表，确认后再发布新版本。 | Check each column below, confirm, then publish.
    hooking.still-served | 第 {number} 版继续提供服务，不受影响。 | Version {number} is still served and untouched.
    hooking.nothing-served | 尚无已发布的版本。 | No version has been published yet.
    hooking.extent | {columns} 列，约 {rows} 行 | {columns} columns, about {rows} rows
    hooking.sample-why | 前 20 行，按当前读取方式显示；涉及个人的内容已遮盖。 | The first 20 rows as they will be read; what is about persons is masked.
    hooking.items-missing | 目录信息项在数据源中没有对应的列： | Items of the entry without a column:
    hooking.becomes | 对应信息项 | Becomes the item
    hooking.item-of | 列“{name}”对应的信息项 | item of column {name}
    hooking.no-item | 目录之外，列名为： | none; it is called:
    hooking.distinct | ，不同值 {count} |, {count} distinct
    hooking.range | 范围 {low} … {high} | from {low} to {high}
    hooking.examples | 例：{list} | e.g. {list}
    hooking.hooks | 数据挂接 | Hooks
    hooking.hooks-why | 本单位目录条目的数据源、已发布的版本和最近一次发布的结果。 | Your department's sources, what they serve, and how their last attempts went.
    hooking.hooks-none | 还没有挂接数据源。 | Nothing is hooked yet.
    hooking.waiting | 待挂接的条目 | Entries without a source
    hooking.entry | 目录条目 | Entry
    hooking.state | 状态 | State
    hooking.version | 版本 | Version
    hooking.last-attempt | 最近发布 | Last attempt
    hooking.rules-needed | 还没有现行的质量规则。至少要有一条规则，数据才能发布。 | No quality rule is in force. At least one is needed before anything is published.
    hooking.rules-in-force | 发布前按 {count} 条现行质量规则检查，其中 {blocking} 条不通过即停止发布。 | {count} quality rules are checked first; {blocking} of them stop the version when they fail.
    hooking.rules-look | 查看规则 | Look at the rules
    hooking.rules-add | 添加质量规则 | Add a quality rule
    hooking.running-look | 查看正在进行的发布 | See the running attempt
    hooking.to-hook | 返回挂接 | Back to the hook
    hooking.to-entry | 查看目录条目 | See the entry
    hooking.to-report | 查看规则与检查结果 | See the rules and what they found
    hooking.unchanged-why | 数据源内容与现有版本相同，没有生成新版本。 | The source holds what the present version holds; no new version was made.
    hooking.cancelled-why | 发布已取消，没有生成新版本。 | The attempt was cancelled; no new version was made.
    hooking.rejects-download | 下载全部（CSV） | Download all (CSV)
    hooking.rejects-download-excel | 下载全部（Excel） | Download all (Excel)
    hooking.reject.cell-count | 应有 {expected} 列，实际 {found} 列 | should have {expected} cells, has {found}
    hooking.reject.text-after-quote | 引号闭合后仍有内容 | text after the closing quote
    hooking.reject.nul-byte | 含有空字符 | holds a NUL character
    hooking.reject.cell-too-long | 内容过长 | too long
    hooking.reject.not-integer | 不是整数 | not a whole number
    hooking.reject.not-decimal | 不是符合精度的小数 | not a decimal of the given precision
    hooking.reject.not-double | 不是数值 | not a number
    hooking.reject.not-boolean | 不是“是/否”值 | not a yes or no
    hooking.reject.not-date | 不是有效日期 | not a date in the given form
    hooking.reject.not-timestamp | 不是有效时间 | not a point in time in the given form
    hooking.reject.damaged-by-spreadsheet | 已被电子表格软件破坏 | destroyed by a spreadsheet
    hooking.reject.unknown-field | 映射之外的字段 | a field that the mapping does not know
    hooking.reject.duplicate-field | 字段重复 | a field that is there twice
    hooking.reject.not-a-record | 不是对象 | no object
    hooking.reject.not-text | 不是有效的文本 | no valid text
    hooking.reject.formula-fault | 公式没有结果 | the formula has no value
    """)
