package import Kernel

package let persistenceWords = Words(
    """
    database.constraint | 与已有数据冲突（约束：{name}），本次修改未保存。 | The change conflicts with data already stored (constraint {name}) and was not saved.
    database.busy | 系统繁忙，本次修改未保存，请稍后重试。 | The system is busy; the change was not saved. Try again in a moment.
    database.busy-remedy | 持续出现时，请系统管理员检查是否有其他程序长时间占用数据库。 | If it goes on, ask the administrator whether another program has held the database for long.
    database.unreachable | 数据库无法访问，业务暂停办理。 | The database cannot be reached; work is suspended.
    database.unreachable-remedy | 请系统管理员检查数据库服务与网络；恢复后请先核对上一次操作是否已生效。 | Ask the administrator to check the database service and the network; once it is back, check whether the last act took effect.
    database.full | 存储空间已满，本次修改未保存。 | Storage is full; the change was not saved.
    database.full-remedy | 请系统管理员清理或扩充数据目录所在磁盘。 | Ask the administrator to free or add space on the disk of the data folder.
    database.nul-in-text | 文本中有不能保存的字符（U+0000），请删除后重新提交。 | A text holds a character that cannot be kept (U+0000); remove it and send it again.
    database.fault | 系统内部数据处理出错，已记录，请联系系统管理员。 | Stored data could not be processed; the fault has been logged. Contact the administrator.
    database.not-empty | 目标数据库中已有数据表，拒绝恢复。 | The database to be restored into holds tables already.
    database.not-empty-remedy | 请指定一个空数据库（或空模式）。 | Name an empty database, or an empty schema.
    database.copy-unreadable | 无法读取 {path}：{reason}。 | {path} cannot be read: {reason}.
    database.copy-unwritable | 无法写入 {path}：{reason}。 | {path} cannot be written: {reason}.
    database.copy-malformed | {path} 第 {line} 行不是有效的备份内容。 | Line {line} of {path} is not what a backup holds.
    database.copy-columns | {path} 的数据表或列与本程序的数据库结构不一致。 | The table or the columns of {path} are not those of this program's schema.
    database.copy-without-key | 数据表 {name} 没有主键，无法备份。 | The table {name} has no primary key and cannot be copied.
    migration.edited | 数据库结构步骤 {name} 与本程序不一致，拒绝启动。 | Schema step {name} differs from the one that was applied; the program will not start.
    migration.edited-remedy | 请使用未经改动的正式版本。 | Use an unaltered release.
    migration.newer | 数据库已由更高版本使用（步骤 {name}），拒绝启动。 | The database has been used by a newer version (step {name}); the program will not start.
    migration.newer-remedy | 请升级本程序后再启动。 | Upgrade this program, then start it again.
    migration.named-twice | 程序包含重名的数据库结构步骤，拒绝启动。 | Two schema steps have the same name; the program will not start.
    """)
