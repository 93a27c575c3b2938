package import Kernel

package let sourceWords = Words(
    """
    source.outside-folders | 文件 {path} 不在允许读取的目录内。 | {path} is outside the folders that may be read.
    source.outside-folders.remedy | 请通过上传入口提交，或将文件放入已登记的接收目录。 | Upload the file, or put it into a configured inbox folder.
    source.host-not-allowed | 不允许连接 {host}。 | Connections to {host} are not allowed.
    source.host-not-allowed.remedy | 请管理员将该主机列入允许连接的数据源主机。 | Ask an administrator to add the host to the allowed source hosts.
    source.not-found | 未找到文件 {path}。 | There is no file {path}.
    source.not-a-file | {path} 不是普通文件。 | {path} is not a regular file.
    source.unreadable | 无法读取 {path}：{code}。 | {path} cannot be read: {code}.
    source.unwritable | 无法写入 {path}：{code}。 | {path} cannot be written: {code}.
    source.unwritable.remedy | 请检查磁盘剩余空间及目录权限；已有版本不受影响。 | Check free space and permissions; the last good version is untouched.
    source.file-too-large | 文件大小为 {bytes} 字节，超过上限 {max} 字节。 | The file has {bytes} bytes; at most {max} are taken.
    source.not-text | 该文件是 {format}，不是文本表格。 | This is a {format} file, not a text table.
    source.not-text.remedy | 请解压或另存为 CSV（UTF-8 或 GB18030）后重新提交。 | Unpack it, or save it as CSV (UTF-8 or GB18030), and submit it again.
    source.json-by-another-name | 该文件的内容是 JSON，不是文本表格。 | What this file holds is JSON, not a text table.
    source.json-by-another-name.remedy | 请将文件名改为以 .json、.ndjson、.geojson 结尾（压缩的以 .json.gz、.json.zip 结尾）后重新提交。 | Give it a name that ends in .json, .ndjson or .geojson (packed: .json.gz, .json.zip) and submit it again.
    source.packed-damaged | 工作簿或压缩文件已损坏（字节位置 {offset}）。 | The workbook or packed file is damaged (at byte {offset}).
    source.packed-damaged.remedy | 请重新传输，或重新另存、重新压缩后提交。 | Transfer it again, or save or pack it anew, and submit it.
    source.packed-too-tight | 压缩文件解压后超过原大小的 {ratio} 倍，已停止。 | The packed file unpacks to more than {ratio} times its size and was stopped.
    source.packed-too-tight.remedy | 请提交未压缩的文件；工作簿请在电子表格软件中重新另存后提交。 | Submit the file unpacked; save a workbook anew with a spreadsheet program.
    source.packed-empty | 压缩包中没有文件。 | There is no file in the archive.
    source.packed-empty.remedy | 请检查压缩包内容后重新提交。 | Look into the archive and submit it again.
    source.packed-several | 压缩包中有 {count} 个文件（{names}），无法判定取哪一个。 | There are {count} files in the archive ({names}): which one is meant cannot be told.
    source.packed-several.remedy | 请每个压缩包只放一个表。 | Put one table into each archive.
    source.packed-encrypted | 压缩包已加密。 | The archive is encrypted.
    source.packed-encrypted.remedy | 请提交未加密的压缩包。 | Submit it without a password.
    source.packed-unsupported | 不支持该压缩方式（{what}）。 | This way of packing is not supported ({what}).
    source.packed-unsupported.remedy | 请用 gzip 或普通 ZIP 压缩，或直接提交文件。 | Pack it with gzip or as a plain ZIP, or submit it unpacked.
    source.not-parquet | {path} 不是有效的 Parquet 文件。 | {path} is not a valid Parquet file.
    source.not-workbook | 该文件是 {format}，不是 xlsx 工作簿。 | This is a {format} file, not an xlsx workbook.
    source.not-workbook.remedy | 请在电子表格软件中打开并另存为“Excel 工作簿（*.xlsx）”，不要加密，再重新提交。 | Open it in a spreadsheet program, save it as an Excel workbook (*.xlsx) without a password, and submit that.
    source.workbook-damaged | 工作簿已损坏：{part}（第 {line} 行）{detail} | The workbook is damaged: {part} (line {line}) {detail}
    source.workbook-damaged.remedy | 请在电子表格软件中打开并重新另存为 xlsx，再重新提交。 | Open it in a spreadsheet program, save it as xlsx again, and submit that.
    source.workbook-forbidden | 工作簿中含有不允许的内容：{what}。 | The workbook holds what no workbook may: {what}.
    source.workbook-forbidden.remedy | 请在电子表格软件中重新另存为 xlsx 后提交。 | Save it as xlsx with a spreadsheet program and submit that.
    source.workbook-too-large | 工作簿的 {what} 超过上限 {max}。 | {what} of the workbook is beyond the limit of {max}.
    source.workbook-too-large.remedy | 请拆分工作簿，或导出为 CSV 后提交。 | Split the workbook, or export it as CSV.
    source.sheet-missing | 工作簿中没有工作表“{sheet}”；现有：{names}。 | The workbook has no sheet "{sheet}"; there are: {names}.
    source.sheet-missing.remedy | 请在读取设置中选择工作表。 | Choose the sheet in the reading settings.
    source.sheet-empty | 工作表“{sheet}”为空；现有：{names}。 | The sheet "{sheet}" is empty; there are: {names}.
    source.sheet-empty.remedy | 请在读取设置中选择其他工作表。 | Choose another sheet in the reading settings.
    source.shape-damaged | Shapefile 的 .{file} 文件在第 {offset} 字节处已损坏。 | The .{file} of the shapefile is damaged at byte {offset}.
    source.shape-damaged.remedy | 请从地理信息软件重新导出全部文件后提交。 | Export all of its files again and submit those.
    source.shape-without-table | 缺少属性表（.dbf）。 | The table of attributes (.dbf) is missing.
    source.shape-without-table.remedy | 请将 .shp、.dbf、.prj、.cpg 放在同一文件夹，或一并放入一个 ZIP。 | Put .shp, .dbf, .prj and .cpg into one folder, or together into one ZIP.
    source.shapes-differ | 图形与属性记录（{count} 条）数目不一致。 | There are not as many shapes as records of attributes ({count}).
    source.shapes-differ.remedy | .shp 与 .dbf 不属于同一次导出，请重新导出。 | The .shp and the .dbf are not of one export: export both again.
    source.datum-changed | 坐标基准由“{expected}”变为“{found}”。 | The coordinates referred to "{expected}" and now refer to "{found}".
    source.datum-changed.remedy | 不同基准的坐标不得混用：请转换后提交，或重新确认映射。 | Coordinates of two datums must not be mixed: convert them, or confirm the mapping anew.
    source.json-damaged | 第 {line} 行不是有效的 JSON。 | Line {line} is no valid JSON.
    source.json-damaged.remedy | 文件可能未传输完整或由程序拼接而成，请重新导出后提交。 | It may be incomplete, or put together by hand: export it again and submit that.
    source.json-too-deep | 第 {line} 行的嵌套超过 {max} 层。 | Line {line} is nested deeper than {max} levels.
    source.json-too-deep.remedy | 请按表格结构导出。 | Export it as a table.
    source.json-list-missing | 在“{path}”处没有记录列表。 | There is no list of records at "{path}".
    source.json-list-missing.remedy | 请更正记录列表所在的路径，如 data.items；留空由系统判定。 | Correct the path to the list, such as data.items, or leave it to detection.
    source.json-without-records | 文件中没有对象形式的记录。 | There are no records (objects) in the file.
    source.json-without-records.remedy | 请导出为对象列表，或每行一个对象。 | Export a list of objects, or one object a line.
    source.empty | 文件为空。 | The file is empty.
    source.no-rows | 数据源中没有任何数据行，未生成版本。 | The source has no rows; no version was made.
    source.no-rows.remedy | 请确认数据源是否导出完整。如表头设置有误，请更正后重试。 | Check that the export is complete and that the header row is set rightly.
    source.encoding-unknown | 无法判定文件的字符编码。 | The encoding of the file could not be told.
    source.encoding-unknown.remedy | 请手工指定编码。 | Choose the encoding yourself.
    source.converter-missing | 本机缺少 {encoding} 的字符转换表。 | This machine lacks the character table of {encoding}.
    source.invalid-bytes | 第 {line} 行（字节位置 {offset}）存在不符合 {encoding} 编码的内容。 | Line {line} (byte {offset}) holds bytes that are not {encoding}.
    source.invalid-bytes.remedy | 请核对编码设置，或请数源单位更正该行后重新提交。 | Check the chosen encoding, or have the provider correct that line.
    source.encoding-changes | 文件自第 {line} 行（字节位置 {offset}）起由 {from} 变为 {to} 编码。 | From line {line} (byte {offset}) the file changes from {from} to {to}.
    source.encoding-changes.remedy | 该文件可能由多个文件拼接而成，请统一编码后重新提交。 | It was probably joined from several files: bring them to one encoding and submit it again.
    source.line-too-long | 第 {line} 行超过 {max} 字节上限。 | Line {line} is longer than {max} bytes.
    source.line-too-long.remedy | 请检查换行符或引号是否缺失。 | Look for a missing line break or closing quote.
    source.quote-not-closed | 第 {line} 行开始的引号直至文件末尾未闭合。 | The quote that opens on line {line} is never closed.
    source.quote-not-closed.remedy | 请更正该行引号；如文件不使用引号，请在读取设置中关闭引号。 | Correct the quote, or switch quoting off for this file.
    source.too-many-columns | 文件有 {found} 列，超过上限 {max} 列。 | The file has {found} columns; at most {max} are taken.
    source.too-many-columns.remedy | 请核对分隔符，或拆分为多张表。 | Check the delimiter, or split the table.
    source.header-missing | 第 {line} 行没有可用的表头。 | There is no header on line {line}.
    source.header-changed | 第 {position} 列表头应为“{expected}”，实际为“{found}”。 | The header of column {position} should be "{expected}" and is "{found}".
    source.header-changed.remedy | 数据源结构已变化，请重新探查并确认映射。 | The source has changed: probe it again and confirm the mapping.
    source.too-many-rejects | 共读取 {read} 行，其中 {rejected} 行不合格，超过允许比例 {share}，未生成版本。 | {rejected} of {read} rows were rejected, more than the {share} allowed; no version was made.
    source.too-many-rejects.remedy | 请查看不合格明细，更正数据或调整列类型后重试。 | Look at the rejected rows, then correct the data or the column types.
    source.mapping-without-columns | 映射中没有选定任何列。 | The mapping includes no column.
    source.mapping-without-reading | 映射缺少编码或读取设置。 | The mapping lacks an encoding or a way of reading.
    source.column-name-invalid | 列名“{column}”无效。 | "{column}" cannot be the name of a column.
    source.column-name-twice | 列名“{column}”重复。 | The column name "{column}" is used twice.
    source.column-missing | 数据源中没有列“{column}”。 | The source has no column "{column}".
    source.date-format-missing | 日期列“{column}”未指定日期格式。 | The date column "{column}" has no date format.
    source.type-unsupported | 列“{column}”的类型“{type@policy.column-type.}”不受支持。 | Column "{column}" has the type {type@policy.column-type.}, which is not supported.
    source.type-unsupported.remedy | 请在数据源中转换该列类型，或在映射中不选该列。 | Convert the column at its source, or leave it out of the mapping.
    source.conversion-unsupported | 列“{column}”不能由“{from@policy.column-type.}”转换为“{to@policy.column-type.}”。 | Column "{column}" cannot be turned from {from@policy.column-type.} into {to@policy.column-type.}.
    source.changed-while-read | 读取期间文件 {path} 发生变化，未生成版本。 | {path} changed while it was read; no version was made.
    source.changed-while-read.remedy | 请待文件写入完成后重试。 | Try again when the file is complete.
    source.table-not-found | 未找到数据表 {table}。 | There is no table {table}.
    source.table-changed | 读取期间数据表 {table} 有行增减，未生成版本。 | Rows of {table} came or went while it was read; no version was made.
    source.table-changed.remedy | 请在该表停止写入时重试，或改为读取快照视图；已有版本不受影响。 | Try again when nobody writes to it, or read a snapshot of it; the last good version is untouched.
    source.not-sqlite | {path} 不是 SQLite 数据库文件。 | {path} is no SQLite database file.
    source.not-sqlite.remedy | 文件可能已加密、未传输完整或扩展名有误，请重新导出后提交。 | It may be encrypted, incomplete or misnamed: export it again and submit that.
    source.sqlite-damaged | SQLite 文件已损坏或无法读取：{detail} | The SQLite file is damaged or cannot be read: {detail}
    source.sqlite-damaged.remedy | 请在数源处以 VACUUM INTO 或 .backup 重新导出后提交。 | Export it again at its source with VACUUM INTO or .backup, and submit that.
    source.table-missing | 文件中没有数据表“{table}”；现有：{names}。 | The file has no table "{table}"; there are: {names}.
    source.table-missing.remedy | 请在读取设置中选择数据表。 | Choose the table in the reading settings.
    source.tables-missing | 文件中没有数据表。 | There is no table in the file.
    source.tables-missing.remedy | 请确认导出是否完整。 | Check that the export is complete.
    source.odbc-source-not-allowed | 未登记名为“{name}”的 ODBC 数据源。 | No ODBC data source called "{name}" is allowed.
    source.odbc-source-not-allowed.remedy | 请管理员将其列入 hooking.odbc-sources。 | Ask an administrator to add it to hooking.odbc-sources.
    source.driver-crashed | 数据源“{name}”的 ODBC 驱动程序崩溃（{how}），未生成版本。 | The ODBC driver of "{name}" crashed ({how}); no version was made.
    source.driver-crashed.remedy | 站点和已有版本不受影响。请管理员更新或更换该驱动程序后重试。 | The site and the last good version are untouched. Ask an administrator to update or replace the driver, then try again.
    source.connection-failed | 无法连接数据源：{detail} | The source cannot be reached: {detail}
    source.connection-failed.remedy | 请核对地址、端口、数据库名、账号和密码。 | Check address, port, database, user and password.
    source.source-lost | 读取过程中数据源连接中断，未生成版本：{detail} | The source was lost while it was read; no version was made: {detail}
    source.source-lost.remedy | 请待数据源恢复后重试；已有版本不受影响。 | Try again when it is back; the last good version is untouched.
    source.engine | 数据引擎处理失败：{detail} | The engine failed: {detail}
    source.cancelled | 操作已取消。 | The work was cancelled.
    source.drifted | 数据源结构有 {count} 处变化，已停止发布。 | The source has changed in {count} places; nothing was published.
    source.drifted.remedy | 请逐项核对变化，重新确认映射后再发布。 | Go through the changes and confirm the mapping anew.
    source.drift.added | 新增列“{column}”（{type@policy.column-type.}）。 | Column "{column}" ({type@policy.column-type.}) is new.
    source.drift.removed | 列“{column}”已不存在。 | Column "{column}" is gone.
    source.drift.renamed | 列“{from}”可能改名为“{to}”。 | Column "{from}" may have been renamed "{to}".
    source.drift.retyped | 列“{column}”的类型由“{from@policy.column-type.}”变为“{to@policy.column-type.}”。 | Column "{column}" changed from {from@policy.column-type.} to {to@policy.column-type.}.
    source.drift.moved | 列“{column}”由第 {from} 列移到第 {to} 列。 | Column "{column}" moved from position {from} to {to}.
    source.reject.cell-count | 第 {line} 行应有 {expected} 列，实际 {found} 列。 | Line {line} should have {expected} cells and has {found}.
    source.reject.text-after-quote | 第 {line} 行“{column}”列引号闭合后仍有内容：{excerpt} | Line {line}, column "{column}": text after the closing quote: {excerpt}
    source.reject.nul-byte | 第 {line} 行“{column}”列含有空字符。 | Line {line}, column "{column}" holds a NUL character.
    source.reject.cell-too-long | 第 {line} 行“{column}”列内容过长。 | Line {line}, column "{column}" is too long.
    source.reject.not-integer | 第 {line} 行“{column}”列不是整数：{excerpt} | Line {line}, column "{column}" is not a whole number: {excerpt}
    source.reject.not-decimal | 第 {line} 行“{column}”列不是符合精度的小数：{excerpt} | Line {line}, column "{column}" is not a decimal of the given precision: {excerpt}
    source.reject.not-double | 第 {line} 行“{column}”列不是数值：{excerpt} | Line {line}, column "{column}" is not a number: {excerpt}
    source.reject.not-boolean | 第 {line} 行“{column}”列不是“是/否”值：{excerpt} | Line {line}, column "{column}" is not a yes or no: {excerpt}
    source.reject.not-date | 第 {line} 行“{column}”列不是有效日期：{excerpt} | Line {line}, column "{column}" is not a date in the given form: {excerpt}
    source.reject.not-timestamp | 第 {line} 行“{column}”列不是有效时间：{excerpt} | Line {line}, column "{column}" is not a point in time in the given form: {excerpt}
    source.reject.damaged-by-spreadsheet | 第 {line} 行“{column}”列已被电子表格软件破坏：{excerpt} | Line {line}, column "{column}" was destroyed by a spreadsheet: {excerpt}
    source.reject.unknown-field | 第 {line} 行有映射之外的字段“{column}”：{excerpt} | Line {line} has the field "{column}", which the mapping does not know: {excerpt}
    source.reject.duplicate-field | 第 {line} 行的字段“{column}”重复：{excerpt} | Line {line} has the field "{column}" twice: {excerpt}
    source.reject.not-a-record | 第 {line} 行不是对象：{excerpt} | Line {line} is no object: {excerpt}
    source.reject.totals-row | 第 {line} 行是合计行，未作为数据行收入：{excerpt} | Line {line} adds up other rows and is not taken in: {excerpt}
    source.reject.cut-text | 第 {line} 条“{column}”列的文字按所选编码读不完整（多为字段宽度不足被截断）：{excerpt} | Record {line}, column "{column}": the text ends within a character; the field was too narrow, or the encoding is another: {excerpt}
    source.reject.not-text | 第 {line} 行“{column}”列不是有效的文本：{excerpt} | Line {line}, column "{column}" is no valid text: {excerpt}
    source.reject.formula-fault | 第 {line} 行“{column}”列的公式没有结果：{excerpt} | Line {line}, column "{column}": the formula has no value: {excerpt}
    source.warning.other-lists | 读取的是“{path}”处的记录；另有：{paths}。 | The records at "{path}" are read; there are also: {paths}.
    source.warning.other-sheets | 读取的是工作表“{sheet}”；另有：{names}。 | The sheet "{sheet}" is read; there are also: {names}.
    source.warning.other-tables | 读取的是数据表“{table}”；另有：{names}。 | The table "{table}" is read; there are also: {names}.
    source.warning.write-ahead-log | 该文件使用预写日志（WAL），最近的更改可能仍在 -wal 文件中而未随文件提交；请在数源处执行 PRAGMA wal_checkpoint(TRUNCATE) 或 VACUUM INTO 后再导出。 | The file keeps a write-ahead log: its last changes may stand in a -wal file that did not come along. Run PRAGMA wal_checkpoint(TRUNCATE) or VACUUM INTO at its source first.
    source.warning.merged | 有 {count} 处合并单元格跨多行，首例在 {cell}，其值将写入所跨的每一行。 | {count} merged cells span several rows, the first at {cell}: each of their rows gets the value.
    source.warning.encoding-unsure | 编码判定为 {encoding}，把握程度 {confidence}%，请核对示例行。 | The encoding is probably {encoding} ({confidence}%): check the sample rows.
    source.warning.header-blank | 第 {position} 列没有表头，暂定名为“{column}”。 | Column {position} has no header; it is called "{column}" for now.
    source.warning.header-twice | 第 {position} 列表头“{header}”重复，暂定名为“{column}”。 | The header "{header}" of column {position} is used twice; it is called "{column}" for now.
    source.warning.no-header | 未发现表头，列名为暂定。 | No header was found; the column names are provisional.
    source.warning.datum | 坐标基准为 {datum}（据 .prj）。来自互联网地图的数据常标为 WGS 84 而实为 GCJ-02，请向提供方核实；不同基准的数据不得叠用。 | The coordinates refer to {datum}, says the .prj. What comes from web maps is often called WGS 84 and is GCJ-02: ask the provider, and never lay data of two datums over each other.
    source.warning.datum-projected | 坐标为投影坐标（米），基准为 {datum}（据 .prj），不是经纬度。 | The coordinates are metres of a projection on {datum}, says the .prj, not degrees.
    source.warning.datum-geojson | 坐标基准为 {datum}（据 crs 成员，没有时据 RFC 7946）。来自互联网地图的数据常标为 WGS 84 而实为 GCJ-02，请向提供方核实；不同基准的数据不得叠用。 | The coordinates refer to {datum}, by the member crs or, without one, by RFC 7946. What comes from web maps is often called WGS 84 and is GCJ-02: ask the provider, and never lay data of two datums over each other.
    source.warning.datum-unknown | 没有 .prj，坐标基准不明；请向提供方核实，不得与其他坐标数据叠用。 | There is no .prj: nobody says what the coordinates refer to. Ask the provider before laying them over others.
    source.warning.headings | 表头占第 {first} 至 {last} 行，列名由上下各行合成，请核对。 | The header takes lines {first} to {last}; names are put together from them: please check.
    source.warning.totals | 样本中有 {count} 行合计（自第 {line} 行起），不作为数据行收入；可在读取方式中改为保留。 | Rows of totals in the sample, from line {line} on: {count}. They are not taken in as rows; keep them under how the source is read.
    source.warning.titles-skipped | 表头前的 {count} 行作为标题略去。 | Lines before the header, taken as titles and left out: {count}.
    source.warning.ragged | 抽样的 {rows} 行中有 {count} 行列数不一致，首例在第 {line} 行。 | {count} of {rows} sampled rows have another number of cells, the first on line {line}.
    source.warning.damaged | “{column}”列有 {count} 个值已被电子表格软件破坏，首例在第 {line} 行，无法恢复，请向数源单位索取原始数据。 | {count} values of "{column}" were destroyed by a spreadsheet, the first on line {line}; they cannot be recovered: ask the provider for the original.
    source.warning.misfits | “{column}”列按{type@source.type.}读取时有 {count} 个值不符，将列入不合格明细。 | {count} values of "{column}" are not {type@source.type.}; their rows will be rejected.
    source.type.integer | 整数 | a whole number
    source.type.decimal | 小数 | a decimal number
    source.type.double | 数值 | a number
    source.type.boolean | 是否值 | a yes or no
    source.type.date | 日期 | a date
    source.type.timestamp | 时间 | a point in time
    source.warning.date-ambiguous | “{column}”列日期的日、月次序无法判定，暂按文本处理。 | In "{column}" day and month cannot be told apart; it stays text for now.
    source.warning.unsupported | “{column}”列类型 {type} 不受支持，未选入。 | Column "{column}" has the type {type}, which is not supported; it is left out.
    source.encoding-other | 文件编码是 {found}，不是所选的 {said}：第 {line} 行（字节位置 {offset}）起可见。 | The file is {found} and not {said} as chosen: it shows from line {line} (byte {offset}).
    source.encoding-other.remedy | 请将编码改为 {found}，或留空由系统判定。 | Choose {found}, or leave the encoding to detection.
    source.warning.encoding-differs | 所选编码为 {chosen}，但内容更像 {encoding}，请核对示例行。 | {chosen} was chosen, but the content looks like {encoding}: check the sample rows.
    source.warning.rounded | “{column}”列有 {count} 个长号码自第 16 位起全为 0，首例在第 {line} 行，疑被电子表格软件截断，请向数源单位索取原始数据。 | {count} long numbers of "{column}" hold only zeros from the sixteenth digit on, the first on line {line}: a spreadsheet has probably cut them, ask the provider for the original.
    source.warning.grouped | “{column}”列有 {count} 个数值带千位分隔符，按文本处理；请导出不带分隔符的数值。 | {count} numbers of "{column}" have thousands separators and stay text: export them without.
    source.warning.shortened | “{column}”列多为 {digits} 位，有 {count} 个值少一位，可能丢失了前导零，请核对。 | Most values of "{column}" have {digits} digits and {count} have one less: leading zeros may be lost, check them.
    source.not-found.remedy | 请核对文件名，或重新上传。 | Check the name, or upload the file again.
    source.not-a-file.remedy | 请指定一个数据文件。 | Name a file that holds the table.
    source.unreadable.remedy | 请管理员检查文件权限和磁盘。 | Ask an administrator to check the file's permissions and the disk.
    source.file-too-large.remedy | 请拆分文件，或请管理员调整上限。 | Split the file, or ask an administrator to raise the limit.
    source.not-parquet.remedy | 文件可能未传输完整，请重新导出后提交。 | It may be incomplete: export it again and submit that.
    source.empty.remedy | 请确认导出是否成功，重新提交。 | Check that the export succeeded and submit it again.
    source.converter-missing.remedy | 请管理员安装系统字符转换表，或将文件另存为 UTF-8。 | Ask an administrator to install the system's character tables, or save the file as UTF-8.
    source.header-missing.remedy | 请在读取设置中更正表头所在行。 | Correct the header's line in the reading settings.
    source.mapping-without-columns.remedy | 请至少选定一列。 | Include at least one column.
    source.mapping-without-reading.remedy | 请重新探查并确认映射。 | Probe the source again and confirm the mapping.
    source.column-name-invalid.remedy | 列名不能为空，且不超过 200 字节。 | A name is not empty and has at most 200 bytes.
    source.column-name-twice.remedy | 请为其中一列改名。 | Give one of the columns another name.
    source.column-missing.remedy | 请重新探查数据源并确认映射。 | Probe the source again and confirm the mapping.
    source.date-format-missing.remedy | 请为该列选择日期格式，或改为文本。 | Choose the column's date format, or make it text.
    source.conversion-unsupported.remedy | 请选择能容纳原值的类型，或选文本。 | Choose a type that can hold its values, or text.
    source.table-not-found.remedy | 请核对模式名和表名，以及账号是否有读取权限。 | Check schema and table, and that the user may read it.
    source.reason.empty | 抽样中无值 | no value in the sample
    source.reason.whole-numbers | 全部为整数 | whole numbers
    source.reason.identifier-leading-zero | 有前导零，按标识处理 | leading zeros: an identifier
    source.reason.identifier-long | 数字过长，按标识处理 | too many digits for a quantity: an identifier
    source.reason.identifier-name | 列名表明是代码、编号或号码 | the name says code or number
    source.reason.decimals | 全部为小数，最多 {scale} 位 | decimals with at most {scale} digits after the point
    source.reason.exponents | 含科学记数 | written with exponents
    source.reason.booleans | 全部为是否值 | yes and no
    source.reason.dates | 日期，写法 {formats} | dates written {formats}
    source.reason.timestamps | 时间，写法 {formats} | points in time written {formats}
    source.reason.text | 文本 | text
    source.reason.damaged | 已被电子表格软件破坏 | destroyed by a spreadsheet
    source.reason.declared | 数据源声明的类型 {type} | declared by the source as {type}
    source.reason.day-month | 日、月次序无法判定 | day and month cannot be told apart
    """)
