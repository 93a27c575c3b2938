package import Kernel

package let pushWords = Words(
    """
    push.host-not-allowed | 数据库地址 {host} 不在允许推送的范围内 | The database {host} is not among those that rows may be pushed to
    push.host-not-allowed-remedy | 请管理员将其列入 release.push-hosts | Ask the administrator to name it in release.push-hosts
    push.away | 目标数据库无法连接或连接中断：{detail} | The target database cannot be reached, or went away: {detail}
    push.away-remedy | 请检查主机、端口、用户、口令和网络；已写入暂存表的行会保留，恢复后自动续传 | Check host, port, user, password and network; rows already staged stay, and the push goes on by itself when the server is back
    push.refused | 目标数据库拒绝：{detail} | The target database refused: {detail}
    push.right-missing | 推送所用账号权限不足：{detail} | The account lacks a right at the target: {detail}
    push.right-missing-remedy | 请目标库管理员按推送说明授权 | Ask the target's administrator to grant it, as the page of the target says
    push.held | 目标表正被他人占用：{detail} | Somebody else holds the target table: {detail}
    push.held-remedy | 稍后会自动重试 | It is tried again by itself
    push.overtaken | 同一次推送已由另一进程接续 | Another process goes on with this push
    push.abandoned | 该次推送已在目标库中放弃 | This push was given up at the target
    push.not-a-table | {table} 不是普通数据表，不能写入 | {table} is no ordinary table, so nothing is written into it
    push.without-transactions | 目标表 {table} 的存储引擎 {engine} 不支持事务，无法保证恰好写入一次 | The table {table} is kept by {engine}, which has no transactions: nobody could say that rows are in it once
    push.without-transactions-remedy | 请目标库管理员改用 InnoDB（ALTER TABLE … ENGINE=InnoDB） | Ask the target's administrator for InnoDB (ALTER TABLE … ENGINE=InnoDB)
    push.table-unfit | 目标表 {table} 的字段与授权的数据项不符，未作任何改动。可按下列语句建表：{definition} | The columns of {table} are not those that were granted; nothing was touched. It could be made so: {definition}
    push.table-unfit-remedy | 请调整目标表，或在推送目标中另指定一个表名 | Change the table, or name another one in the push target
    push.misfit.missing | 目标表没有该字段 | the table does not have it
    push.misfit.other-type | 目标表声明为 {declared}，不能存放该字段的值 | the table declares {declared}, which cannot hold its values
    push.misfit.demanded | 目标表要求必填（{declared}），而授权中没有该字段 | the table demands a value ({declared}), and the grant has none
    push.misfit.other-characters | 目标表字段 {declared} 的字符集不能存放全部汉字 | the character set of {declared} cannot hold every character
    push.key-unknown | 授权的数据项中没有主键字段“{column}” | No granted column is the key "{column}"
    push.key-without-index | 目标表在（{columns}）上没有唯一索引，不能按主键更新。可执行：{definition} | The table has no unique index on ({columns}), so rows cannot be written over by key. It could get one: {definition}
    push.key-without-index-remedy | 请目标库管理员建立唯一索引 | Ask the target's administrator to create it
    push.key-repeated | 要推送的数据中主键（{columns}）有 {count} 个值重复 | The key ({columns}) repeats in the rows to be pushed: {count} values
    push.key-repeated-remedy | 请改用能区分各行的主键，或选择整体替换 | Choose a key that tells rows apart, or replace the whole table
    push.key-empty | 主键字段“{column}”在第 {row} 行为空 | The key column "{column}" is empty in row {row}
    push.value-unfit | 第 {row} 行字段“{column}”的值，目标表的 {type} 存不下 | In row {row} the value of "{column}" does not fit the target's {type}
    push.value-unfit-remedy | 请目标库管理员放宽该字段，或由提供单位更正数据 | Ask the target's administrator for a wider column, or the provider to correct the value
    push.name-too-long | 字段名“{name}”超过目标数据库 {max} 字节的上限 | The column name "{name}" is longer than the {max} bytes that the target takes
    push.content-differs | 写入后核对不一致：发出 {sent} 行，目标表读回 {found} 行，内容摘要不同。改动已撤销 | What the table holds is not what was sent: {sent} rows left, {found} were read back, or their content digest differs. The change was undone
    push.content-differs-remedy | 请检查目标表上的触发器、默认值、精度和排序规则 | Look for triggers, precision and collations on the target table
    push.record-differs | 目标库记录显示该次推送已完成，但内容摘要不同 | The target's own record says that this push is done, with other content
    push.test-table-foreign | 联调测试要用的表 {table} 已经存在，但不是本平台建立的，未作任何改动 | A table {table} is there already, and this platform did not make it; nothing was touched
    push.test-table-foreign-remedy | 请目标库管理员把该表改名或删除后再测试 | Ask the target's administrator to rename or remove it, then test again
    push.step.staging | 正在写入暂存表 | Writing into the staging table
    push.step.finishing | 正在替换并核对目标表 | Writing the table and reading it back
    """)
