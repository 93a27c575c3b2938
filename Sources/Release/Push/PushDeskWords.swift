package import Kernel

package let pushDeskWords = Words(
    """
    pushing.not-found | 没有这次推送，或者您无权看到它 | there is no such push, or it is not yours to see
    pushing.target-not-found | 没有这个推送目标，或者它不属于本单位 | there is no such push target, or it is not your unit's
    pushing.too-many-targets | 一个单位最多登记 {max} 个推送目标 | a unit may register {max} push targets at most
    pushing.malformed | 此项为空、过长或含有不能使用的字符（上限 {max}） | this is empty, too long or holds characters that cannot be used (limit {max})
    pushing.host-unknown | 服务器 {host} 不在允许推送的范围内 | the server {host} is not among those that rows may be pushed to
    pushing.host-unknown-remedy | 请管理员将其列入设置 release.push-hosts | ask the administrator to name it in the setting release.push-hosts
    pushing.keys-needed | 按主键更新须写明主键字段 | to write over rows by key, name the key columns
    pushing.table-reserved | 以 {suffix} 结尾的表名留给联调测试使用 | table names that end with {suffix} are kept for joint tests
    pushing.credential-unreadable | 推送目标的口令无法解密 | the password of the push target cannot be read
    pushing.credential-unreadable-remedy | 请删除该目标后重新登记 | remove the target and register it again
    pushing.target-busy | 正有一次推送写入同一个目标表 | another push into the same table is under way
    pushing.target-busy-remedy | 请等它结束，或先取消它 | wait for its end, or cancel it first
    pushing.target-in-use | 还有推送未了结，不能删除该目标 | the target cannot be removed while a push into it is not settled
    pushing.target-in-use-remedy | 请等它结束后再试 | try again when it has ended
    pushing.not-running | 这次推送已经结束 | this push has ended
    pushing.target-scheduled | 有 {count} 项启用的定时供数推送到该目标，不能删除 | the target cannot be removed while active deliveries push into it; there are: {count}
    pushing.target-scheduled-remedy | 请先将这些定时供数改到别的目标、暂停或取消 | give these deliveries another target first, or pause or remove them
    pushing.target-deliveries | 推送到该目标的定时供数 | Scheduled deliveries into it
    pushing.target-deliveries-paused | 有 {count} 项已暂停的定时供数推送到该目标：设置和办理记录保留，恢复前须改选目标。 | Paused deliveries into it: {count}. Their terms and history stay; they need another target before they go on.
    pushing.key-reused | 同一个幂等键已用于另一项授权或另一个目标 | this idempotency key was used for another grant or target
    pushing.key-invalid | 幂等键为 1 至 {max} 个字符 | an idempotency key has 1 to {max} characters
    pushing.cancelled | 推送已取消 | the push was cancelled
    pushing.targets | 推送目标 | Push targets
    pushing.targets-why | 本单位自己的数据库表，可将授权的数据推送到其中。口令加密保存，不再显示。 | Tables of your unit's own databases that granted rows may be pushed into. Passwords are kept encrypted and never shown.
    pushing.targets-empty | 本单位还没有登记推送目标。 | Your unit has registered no push target yet.
    pushing.no-hosts | 管理员尚未允许向任何数据库服务器推送（设置 release.push-hosts）。 | The administrator allows pushes to no database server yet (setting release.push-hosts).
    pushing.target | 推送目标 | Push target
    pushing.target-new | 登记推送目标 | Register a push target
    pushing.target-new-why | 只能选择管理员允许的服务器。登记时不连接数据库，登记后可先做连接测试。 | Only servers that the administrator allows can be chosen. Nothing connects yet; try the connection afterwards.
    pushing.target-title | 推送目标 {label} | Push target {label}
    pushing.target-add | 登记 | Register
    pushing.target-added | 推送目标已登记，可以先测试连接。 | The target is registered; try the connection first.
    pushing.target-remove | 删除推送目标 | Remove the target
    pushing.target-remove-question | 删除推送目标“{label}”？ | Remove the push target “{label}”?
    pushing.target-remove-consequence | 地址和口令不再保存；已推送的数据和回执不受影响。 | Its address and password are forgotten; what was pushed and its receipts stay.
    pushing.target-removed | 推送目标已删除。 | The target is removed.
    pushing.target-test | 测试连接 | Try the connection
    pushing.target-test-why | 连接并查看目标表，不写入任何内容。 | Connects and looks at the table; writes nothing.
    pushing.label | 名称 | Name
    pushing.label-hint | 供本单位辨认，如“救助核对前置机”。 | For your unit to know it by.
    pushing.kind | 数据库类型 | Database
    pushing.kind-postgres | PostgreSQL | PostgreSQL
    pushing.kind-mysql | MySQL / MariaDB | MySQL / MariaDB
    pushing.server | 服务器 | Server
    pushing.database | 数据库 | Database name
    pushing.schema | 模式 | Schema
    pushing.schema-hint | 仅 PostgreSQL 需要。 | PostgreSQL only.
    pushing.table | 目标表 | Table
    pushing.table-hint | 没有时由平台按授权的数据项建立；已有时字段须相符。 | Made for the granted columns when it is not there; else its columns must fit.
    pushing.user | 用户 | User
    pushing.password | 口令 | Password
    pushing.password-hint | 加密保存，不再显示。 | Kept encrypted and never shown.
    pushing.password-kept | 已加密保存 | kept encrypted
    pushing.manner | 写入方式 | Manner
    pushing.manner-replace | 整体替换 | Replace the table
    pushing.manner-replace-hint | 目标表中只保留本次推送的行，在一个事务内完成。 | The table holds the rows of this push and no others, in one transaction.
    pushing.manner-upsert | 按主键更新 | Write over by key
    pushing.manner-upsert-hint | 主键相同的行被更新，新的行加入，其他行保留。 | Rows of the same key are written over, new ones are added, others stay.
    pushing.keys | 主键字段 | Key columns
    pushing.keys-hint | 多个字段用逗号分隔；由平台建表时作为主键。按主键更新时必填。 | Parted by commas; of a table that is made they become the primary key. Needed to write over by key.
    pushing.made-at | 登记时间 | Registered
    pushing.seen | 测试结果 | What was seen
    pushing.seen-server | 服务器版本 | Server
    pushing.seen-table | 目标表的字段 | Columns of the table
    pushing.seen-no-table | 尚无此表，首次推送时建立 | not there yet; the first push makes it
    pushing.seen-rights | 缺少的权限 | Rights missing
    pushing.seen-rights-none | 未发现缺少的权限 | none that the server tells of
    pushing.rights | 授权语句 | Rights
    pushing.rights-why | 由目标库管理员执行一次。除目标表外，平台只在同一模式中使用登记表 headwaters_push 和推送期间的暂存表。 | Run once by the target's administrator. Besides the table, the platform uses only its record headwaters_push and, during a push, a staging table in the same schema.
    pushing.pushes | 库表推送 | Table pushes
    pushing.pushes-why | 每次推送的进度、结果和回执。 | How far each push is, what came of it, and its receipt.
    pushing.pushes-empty | 还没有推送。 | Nothing was pushed yet.
    pushing.push-title | 推送 {number} | Push {number}
    pushing.begin | 开始推送 | Push
    pushing.no-target | 本单位还没有登记推送目标。 | Your unit has registered no push target.
    pushing.by | 发起人 | By
    pushing.tries | 尝试次数 | Tries
    pushing.digest | 读回的内容摘要 | Content digest, as read back
    pushing.stage-staging | 正在写入暂存表：{rows} / {total} 行 | Into the staging table: {rows} of {total} rows
    pushing.stage-finishing | 正在写入目标表并读回核对：{rows} / {total} 行 | Into the table, and read back: {rows} of {total} rows
    pushing.stage-waiting | 目标数据库暂时不可用，稍后自动继续：已暂存 {rows} / {total} 行 | The target does not answer for now; it goes on by itself: {rows} of {total} rows are staged
    pushing.stage-clearing | 正在清理目标库中的暂存表：{rows} / {total} 行 | The staging table is being cleared: {rows} of {total} rows
    pushing.stage-over | 已结束：{rows} / {total} 行 | Over: {rows} of {total} rows
    pushing.cancel-asked | 已请求取消；暂存表清理后，额度退回。 | It was asked to stop; the quota comes back when the staging table is gone.
    pushing.api.list-targets | 列出本单位的推送目标 | List your unit's push targets
    pushing.api.add-target | 登记推送目标 | Register a push target
    pushing.api.add-target-about | 服务器须在设置 release.push-hosts 之列。口令加密保存，任何接口都不返回。 | The server must be named in the setting release.push-hosts. The password is kept encrypted; nothing ever answers it.
    pushing.api.read-target | 读取一个推送目标 | Read one push target
    pushing.api.remove-target | 删除推送目标 | Remove a push target
    pushing.api.try-target | 测试推送目标的连接 | Try a push target
    pushing.api.try-target-about | 连接并查看目标表，不写入任何内容。 | Connects and looks at the table; writes nothing.
    pushing.api.manner | replace 整体替换；upsert 按主键更新。 | replace: the table holds these rows and no others; upsert: rows of the same key are written over.
    pushing.api.begin | 将授权的行推送到本单位的数据库表 | Push the rows of a grant into a table of your own
    pushing.api.begin-about | 先记录授权并预留额度，再在后台推送。带 Idempotency-Key 重复请求，返回同一次推送。 | The authorisation is recorded and the quota taken first; then it goes on in the background. The same Idempotency-Key answers the same push.
    pushing.api.begun | 已开始 | It has begun.
    pushing.api.stage | 正在做什么；over 表示目标库中没有未了之事。 | What is being done; over: nothing is left to do at the target.
    pushing.api.list | 列出推送，新的在前 | List pushes, newest first
    pushing.api.read | 读取一次推送的进度或结果 | Read how far a push is, or what came of it
    pushing.api.cancel | 取消推送 | Cancel a push
    pushing.api.cancel-about | 行尚未进入目标表的，暂存表被清理，额度退回；已经进入的，照常出具回执。 | Rows that are not in the table yet are cleared away and the quota comes back; those that are in it get their receipt.
    """)
