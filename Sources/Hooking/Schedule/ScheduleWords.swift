package import Kernel

package let scheduleWords = Words(
    """
    hooking.schedule | 定时读取 | Schedule
    hooking.schedule-why | 到时自动读取数据源并发布；失败时重试，迟到或连续失败时在待办中提醒。 | Reads the source by itself and publishes; tries again when that fails, and tells the inbox when it is late or keeps failing.
    hooking.schedule-save | 保存 | Save
    hooking.schedule-done | 定时读取已保存。 | The schedule is saved.
    hooking.schedule-pause | 暂停定时 | Pause the schedule
    hooking.schedule-paused | 定时读取已暂停。 | The schedule is paused.
    hooking.schedule-resume | 恢复定时 | Resume the schedule
    hooking.schedule-resumed | 定时读取已恢复，从下一次开始。 | The schedule is active again, from the next run on.
    hooking.schedule-remove | 取消定时 | Remove the schedule
    hooking.schedule-removed | 定时读取已取消。 | The schedule is removed.
    hooking.schedule-state.active | 定时读取 | scheduled
    hooking.schedule-state.paused | 定时已暂停 | schedule paused
    hooking.schedule-as | 以谁的名义 | On behalf of
    hooking.schedule-holder-gone | 设置人已离岗或不再有权发布，自动读取已停止 | whoever set it up has left the post or may no longer publish; it stands still
    hooking.schedule-holder-gone-remedy | 请由现任人员重新保存，以其名义继续 | let the present holder save it again; it then runs on their behalf
    hooking.schedule-failing | 已连续 {count} 次读取失败，现有版本继续提供服务 | {count} runs in a row have failed; the last version is still served
    hooking.schedule-failing-remedy | 请打开最近一次发布查看原因 | open the last run to see why
    hooking.schedule-late | 最近一次应读取而没有成功，已超过约定的时间 | the last run that was due has not succeeded in time
    hooking.schedule-late-remedy | 请查看发布记录，确认服务在运行、数据源可以连接 | look at the attempts, and see that the service runs and the source can be reached
    hooking.schedules-alarming | 定时读取异常 | Schedules in trouble
    hooking.run-late | 迟到 | late
    hooking.run-failing | 连续失败 | failing
    hooking.retries | 失败后重试次数 | Tries after a failure
    hooking.retries-hint | 间隔 1 分钟、4 分钟、16 分钟，之后每小时一次；不超过下一次开始。 | After 1, 4 and 16 minutes, then every hour; never beyond the next run.
    hooking.alert-after | 连续失败几次后提醒 | Failures in a row before the inbox is told
    hooking.late-after | 超过多久没有成功算迟到 | Late when not done after
    hooking.minutes | 分钟 | minutes
    hooking.last-run | 最近一次 | Last run
    hooking.last-success | 最近成功 | Last success
    hooking.failures-in-a-row | 连续失败 | Failures in a row
    hooking.retry-at | 下次重试 | Next try
    hooking.next-runs | 接下来的读取 | Next runs
    hooking.starts | 开始 | Starts
    hooking.no-runs | 没有安排。 | Nothing is scheduled.
    hooking.scheduled | 该挂接设有定时读取，不能同时接收报送的文件 | a schedule reads the hook's source; it cannot get files as well
    hooking.scheduled-remedy | 请先取消定时读取 | remove the schedule first
    hooking.no-schedule | 该挂接没有设置定时读取 | the hook has no schedule
    hooking.api.read-schedule | 查看挂接的定时读取 | Read the schedule of a hook
    hooking.api.set-schedule | 设置定时读取 | Set the schedule of a hook
    hooking.api.set-schedule-about | 以本次调用的身份运行，每次运行时重新核对其权限。带 revision 时，定时已被他人修改则拒绝。 | It runs as whoever calls, whose rights are asked again at each run. With a revision it is refused when somebody changed the schedule since.
    hooking.api.pause-schedule | 暂停定时读取 | Pause the schedule of a hook
    hooking.api.resume-schedule | 恢复定时读取，从下一次开始 | Resume the schedule of a hook, from the next run on
    hooking.api.remove-schedule | 取消定时读取 | Remove the schedule of a hook
    hooking.api.schedule | 定时读取现在的情况。 | The schedule as it is now.
    hooking.api.removed | 已取消。 | It is removed.
    hooking.api.time | 北京时间，如 02:30。 | Beijing time, such as 02:30.
    hooking.api.weekday | weekly 用：1 为星期一。 | Of weekly: 1 is Monday.
    hooking.api.working-day | monthly 用：每月第几个工作日，1 到 15。 | Of monthly: which working day, 1 to 15.
    hooking.api.field-unknown | 没有这一项 | There is no such field.
    hooking.api.word | 应为以下之一：{words} | Must be one of: {words}
    hooking.api.revision | 读到的修订号；没有时填 0。 | As it was read; 0 where there was none.
    hooking.api.read-watch | 查看监视的接收目录 | Read what is watched for a hook
    hooking.api.set-watch | 设置监视接收目录 | Watch the inbox folder for a hook
    hooking.api.set-watch-about | 本单位接收目录中符合名称的文件，以本次调用的身份自动报送。 | Files of that name in the department's inbox folder are filed by themselves, as whoever calls.
    hooking.api.remove-watch | 停止监视接收目录 | Watch no longer
    hooking.api.watch | 监视现在的情况。 | The watch as it is now.
    hooking.api.unclassified | 声明：今后由此送来的文件和数据不含国家秘密和工作秘密，须为 true。 | The declaration that what comes in this way holds neither state secrets nor work secrets; must be true.
    hooking.api.pattern | 文件名，至多一个星号。 | Name of the files, with one star at most.
    hooking.api.read-drop-table | 查看挂接的前置库 | Read the drop table of a hook
    hooking.api.set-drop-table | 设置前置库 | Set the drop table of a hook
    hooking.api.set-drop-table-about | 先连接并核对两张表和列，再保存；口令加密保存，不再显示。 | The server is connected to and its tables and columns are looked at first. The password is kept encrypted and never shown.
    hooking.api.drop-password | 留空沿用已保存的口令。 | Absent: the one that is kept.
    hooking.api.remove-drop-table | 停用前置库 | Remove the drop table of a hook
    hooking.api.drop-table | 前置库现在的情况。 | The drop table as it is now.
    hooking.watch | 监视接收目录 | Watched folder
    hooking.watch-why | 本单位的系统把文件传到接收目录（如 SFTP），符合名称的文件自动报送；收下的移入 archive，不收的移入 refused 并附原因。 | The department's systems drop files into its inbox folder (SFTP and the like); those of the name are filed by themselves. What is taken moves to archive, what is not to refused, with the reason beside it.
    hooking.watch-save | 保存 | Save
    hooking.watch-done | 监视已保存。 | The watch is saved.
    hooking.watch-remove | 停止监视 | Stop watching
    hooking.watch-removed | 已停止监视，目录中的文件不再自动报送。 | The folder is watched no more; files stay where they are.
    hooking.watch-places | 放置文件的目录 | Where files must land
    hooking.watch-place | 服务器上的目录 | Folder on the server
    hooking.watch-no-place | 还没有本单位的接收目录。请系统管理员在 hooking.inbox-folders 下建立以单位名称、统一社会信用代码或编号命名的子目录。 | The department has no inbox folder yet. Ask the administrator to make one below hooking.inbox-folders, named like the department, its USCC or its id.
    hooking.watch-arrived | 收到的文件 | What arrived
    hooking.pattern | 文件名 | Name of the files
    hooking.pattern-hint | 可用一个星号代表任意文字，如“低保-*.csv”；按期报送的，文件名中须写明报送期，如“低保-2026-11.csv”。写完后改名，或另放一个同名加 .ready 的空文件，即视为完整；否则一分钟没有变化后才读取。 | One star stands for anything, as in list-*.csv; where a file is owed each period its name says which, as in list-2026-11.csv. Rename it when it is whole, or put an empty file of the same name and .ready beside it; else it is taken when nothing touched it for a minute.
    hooking.pattern-invalid | 应为文件名（不含路径），最多一个星号，并以可读取的表格格式或 .hwp 结尾 | must be the name of a file without a path, with one star at most, that ends like a table or .hwp
    hooking.name-without-period | 文件名中没有写明报送期，应如 {example} | the file's name does not say its period, such as {example}
    hooking.no-watch | 该挂接没有监视接收目录 | no folder is watched for the hook
    hooking.inbox-unwritable | 无法在接收目录中移动文件：{folder} | files in the inbox folder cannot be moved: {folder}
    """)
