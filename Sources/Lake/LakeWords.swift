package import Kernel

package let lakeWords = Words(
    """
    lake.worker-died | 数据处理进程在执行“{task}”时意外终止（{how}），本次操作未完成，原有数据未受影响 | The data worker ended unexpectedly during "{task}" ({how}); the operation did not complete and existing data is untouched
    lake.worker-over-memory | 执行“{task}”所需内存超过上限 {mebibytes} MiB，已停止 | "{task}" needed more memory than its limit of {mebibytes} MiB and was stopped
    lake.worker-timed-out | 执行“{task}”超过 {seconds} 秒，已停止 | "{task}" took longer than {seconds} seconds and was stopped
    lake.worker-unavailable | 数据处理进程无法启动：{reason} | The data worker cannot be started: {reason}
    lake.queue-full | 等待处理的数据任务已达 {waiting} 项，请稍候 | {waiting} data tasks are already waiting
    lake.cancelled | 操作已取消 | The operation was cancelled
    lake.protocol-broken | 与数据处理进程的通信出错：{detail} | Communication with the data worker failed: {detail}
    lake.engine-refused | 数据引擎拒绝执行：{detail} | The data engine refused: {detail}
    lake.disk-full | 磁盘空间不足，无法写入 {path} | The disk is full: {path} cannot be written
    lake.file-unreadable | 无法读取文件 {path}：{detail} | The file {path} cannot be read: {detail}
    lake.version-missing | 未找到数据版本 {version} | Data version {version} was not found
    lake.version-damaged | 数据版本 {version} 的文件 {file} 与登记的摘要不符 | File {file} of data version {version} does not match its recorded digest
    lake.column-unknown | 数据中没有字段“{column}” | The data has no column "{column}"
    lake.column-type-unsupported | 字段“{column}”的类型“{type@policy.column-type.}”暂不支持 | Column "{column}" has the unsupported type {type@policy.column-type.}
    lake.row-store-missing | 数据版本 {version} 的查询缓存尚未建立 | The look-up cache of data version {version} has not been built
    lake.row-store-damaged | 数据版本 {version} 的查询缓存已损坏：{detail} | The look-up cache of data version {version} is damaged: {detail}
    lake.key-not-indexed | 未按字段 {columns} 建立查询索引 | There is no look-up index on {columns}
    lake.excel-too-many-rows | 结果共 {rows} 行，超过 Excel 工作表 {max} 行的上限 | The result has {rows} rows; an Excel sheet holds at most {max}
    lake.excel-text-too-long | 第 {row} 行有一格内容超过 {max} 个字符，Excel 放不下 | A cell of row {row} holds more than the {max} characters that a cell of Excel can
    lake.excel-failed | 无法生成 Excel 文件：{detail} | The Excel file could not be written: {detail}
    lake.rows-beyond-allowance | 结果共 {rows} 行，超过本次允许的 {max} 行，未输出任何数据 | The result has {rows} rows, {max} are allowed; nothing was given out
    lake.reference-unfit | 字段“{column}”与所引用的“{key}”类型不符，或其中的日期字段不是日期类型 | "{column}" and the key "{key}" it refers to are of different types, or a day is in a column that holds none
    lake.nothing-measured | 没有可执行的检查项 | There is nothing to check
    lake.metric-twice | 检查项编号“{id}”重复 | The check id "{id}" appears twice
    lake.try-again | 请稍后重试 | Try again shortly
    lake.raise-memory | 请缩小数据范围，或由管理员调高数据处理进程的内存上限 | Narrow the data, or ask the administrator to raise the worker's memory limit
    lake.raise-time | 请缩小数据范围，或由管理员调高任务时限 | Narrow the data, or ask the administrator to raise the time limit
    lake.free-disk | 请清理磁盘空间后重试 | Free disk space and try again
    lake.restore-version | 请从备份恢复该版本，或重新发布数据 | Restore this version from a backup, or publish the data again
    lake.rebuild-row-store | 系统将自动重建，请稍后重试 | It will be rebuilt automatically; try again shortly
    lake.merge-other-columns | 现有版本的数据列与挂接的映射不同，不能追加 | The version served has other columns than the hook's mapping, so nothing can be added to it
    lake.merge-other-columns-remedy | 请改用整体替换，或先按现有映射重新发布 | Replace the whole instead
    lake.merge-key-empty | 主键列“{column}”有 {count} 行为空，首个在第 {row} 行 | The key column "{column}" is empty in {count} rows, first in row {row}
    lake.merge-key-empty-remedy | 请补齐主键后重新报送 | Fill in the key and send the file again
    lake.merge-key-twice | 文件内主键（{columns}）重复：第 {row} 行与第 {other} 行 | The key ({columns}) stands twice in the file: in rows {row} and {other}
    lake.merge-key-twice-remedy | 请去掉重复的行后重新报送 | Take out the double and send the file again
    lake.merge-key-known | 有 {count} 行的主键（{columns}）在现有版本中已经存在，首个在第 {row} 行，没有追加 | The key ({columns}) of {count} rows is in the present version already, first in row {row}; nothing was added
    lake.merge-key-known-remedy | 确需更正的，请选择“同主键的行以本文件为准”后重新报送 | To correct those rows, send the file again so that rows of the same key give way
    lake.take-csv | 请改为下载 CSV | Download it as CSV instead
    lake.choose-csv | 请改用 CSV 或 Parquet 格式，或缩小数据范围 | Choose CSV or Parquet, or narrow the data
    """)
