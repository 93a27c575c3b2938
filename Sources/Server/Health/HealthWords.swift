import Kernel

let healthWords = Words(
    """
    health.health | 系统运行 | System health
    health.why | 节点能否工作、正在做什么、哪些定时任务失败。不含任何数据内容。 | Whether the node can work, what it is busy with, which rounds fail. Not a word about data.
    health.status.ready | 正常 | ready
    health.status.evidence-stale | 存证滞后，已停止供数 | evidence behind, nothing is released
    health.status.database-full | 磁盘已满 | disk full
    health.status.database-busy | 数据库繁忙 | database busy
    health.status.database-unreachable | 数据库不可用 | database unreachable
    health.status.evidence-unreadable | 存证不可读 | evidence unreadable
    health.database | 数据库 | Database
    health.database.sqlite | SQLite | SQLite
    health.database.postgres | PostgreSQL | PostgreSQL
    health.leaves | 存证记录 | Evidence records
    health.sealed | 其中已签检查点 | Under a checkpoint
    health.checkpoint-at | 最近检查点 | Last checkpoint
    health.witness | 见证文件 | Witness file
    health.witness-behind | 滞后 | behind
    health.witness-level | 同步 | level
    health.grants | 有效授权 | Grants in force
    health.publications | 正在制作的版本 | Versions being made
    health.workers | 工作进程 | Workers
    health.worker-crashes | 工作进程异常退出 | Worker crashes
    health.memory | 内存 | Memory
    health.disk-free | 数据盘可用空间 | Free disk space
    health.faults | 未预见的错误 | Unforeseen errors
    health.unforeseen | 未预见的错误，详见日志。 | An unforeseen error; the log has it.
    health.rounds | 定时任务 | Rounds
    health.round | 任务 | Round
    health.every | 间隔 | Every
    health.seconds | 秒 | s
    health.last-good | 最近成功 | Last success
    health.last-fault | 最近失败 | Last failure
    health.failing | 失败 | failing
    health.good | 正常 | good
    health.not-yet | 尚未运行 | not yet run
    health.requests | 请求（按状态） | Requests by status
    health.releases | 文件供数 | Releases of files
    health.refusals | 拒绝供数（按原因） | Refusals by reason
    health.what | 项目 | What
    health.count | 数量 | Count
    health.nothing | 自启动以来没有。 | None since the start.
    health.round.reminders | 提醒 | reminders
    health.reminders | 提醒（近 {days} 日） | Reminders (last {days} days)
    health.reminders-failing | {all} 个提醒接收处中有 {count} 个未送达；最近的原因：{key@} | Of {all} places that are reminded {count} do not get it; the last reason: {key@}
    health.round.lapsed-releases | 关闭逾期未结的供数 | Close releases past their lease
    health.round.abandoned-answers | 记录中断的应答 | Record answers that were cut off
    health.round.abandoned-publications | 关闭中断的版本制作 | Close publications that were cut off
    health.round.calendar | 工作日历 | Working-day calendar
    health.round.schedules | 定时读取 | Schedules
    health.round.deliveries | 定时供数 | Deliveries
    health.round.watched-folders | 监视收件夹 | Watched folders
    health.round.drop-tables | 读取前置库表 | Drop tables
    health.round.pushes | 库表推送 | Table pushes
    health.round.joint-tests | 清理联调测试表 | Remove tables of joint tests
    health.round.leftovers | 清理残留文件 | Remove leftovers
    health.round.ended-grants | 终止到期授权 | End grants that are over
    health.round.announced-ends | 终止到期的预告 | End what was announced for its day
    health.round.ends-of-use | 登记应提交的销毁证明 | Note certificates of destruction that are owed
    health.round.emergencies | 终止到时未补办手续的应急授权 | End emergencies whose paperwork did not follow
    health.round.verify-tries | 清理核验计数 | Forget counts of tries
    health.round.successions | 单位变更到期生效 | Carry out changes of units on their day
    health.round.sessions | 清理过期会话 | Remove sessions that are over
    health.round.deadlines | 办理期限 | Deadlines
    site.way.health | 查看节点状态、定时任务与设置。 | See how the node does, its rounds and its settings.
    health.separation-post | 三员分立：岗位“{post}”兼有系统管理员、安全管理员、审计员中的两个角色。 | Three administrators: the post “{post}” has two of the roles administrator, security officer and auditor.
    health.separation-person | 三员分立：{person}兼任系统管理员、安全管理员、审计员中的两个（{posts}）。 | Three administrators: {person} is two of administrator, security officer and auditor ({posts}).
    """)
