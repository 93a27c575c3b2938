package import Kernel

package let deliveryWords = Words(
    """
    delivery.list | 定时供数 | Scheduled deliveries
    delivery.one | 定时供数 | Scheduled delivery
    delivery.new | 设置定时供数 | Schedule a delivery
    delivery.why | 到时（或数据换版时）自动生成文件或推送库表；每次都以设置人当时的权限办理，受授权的额度、时段、频次约束，并有回执。 | Files are made, or tables pushed, at a time or when a version is served; each with the rights that whoever set it up has that day, within the grant's quota, hours and rate, and with its receipt.
    delivery.save | 保存 | Save
    delivery.saved | 定时供数已保存。 | The delivery is saved.
    delivery.when | 何时 | When
    delivery.when-new | 每当数据换版 | whenever a new version is served
    delivery.skip | 与上次相比没有新数据时不办理 | Make nothing when nothing is new since the last time
    delivery.as | 以谁的名义 | On behalf of
    delivery.next | 下一次 | Next
    delivery.last | 最近一次完成 | Last done
    delivery.retry | 下次重试 | Next try
    delivery.pause | 暂停 | Pause
    delivery.paused | 定时供数已暂停。 | The delivery is paused.
    delivery.resume | 恢复 | Resume
    delivery.resumed | 定时供数已恢复，从下一次开始。 | The delivery goes on from the next time.
    delivery.remove | 取消定时供数 | Remove the delivery
    delivery.remove-question | 取消这项定时供数？ | Remove this delivery?
    delivery.remove-consequence | 不再自动办理，办理记录一并删除；已生成的文件、已推送的数据、回执与存证不受影响。 | Nothing is made by itself any more, and its history goes. Files, pushed rows, receipts and evidence stay.
    delivery.removed | 定时供数已取消。 | The delivery is removed.
    delivery.state.active | 启用 | active
    delivery.state.paused | 已暂停 | paused
    delivery.state.ended | 已随授权终止 | ended with its grant
    delivery.failing | 上次未成 | last one failed
    delivery.late-chip | 迟到 | late
    delivery.late | 应办的供数没有办成，请确认服务和目标数据库在运行 | what was due is not done: see that the service and the target run
    delivery.alarming | 定时供数未成 | Deliveries in trouble
    delivery.none | 没有设置定时供数。 | No delivery is scheduled.
    delivery.history | 办理记录 | History
    delivery.no-runs | 还没有到时间。 | Nothing was due yet.
    delivery.due | 应办时间 | Due
    delivery.ended-at | 办结时间 | Ended
    delivery.outcome | 结果 | Outcome
    delivery.reason | 原因 | Reason
    delivery.outcome.running | 正在办理 | under way
    delivery.outcome.made | 已供数 | made
    delivery.outcome.skipped | 无新数据 | nothing new
    delivery.outcome.refused | 被拒绝 | refused
    delivery.outcome.failed | 未成 | failed
    delivery.invalid | 定时供数填写有误 | the delivery is not filled in right
    delivery.not-found | 没有这项定时供数，或者您无权查看 | there is no such delivery, or none that you may know of
    delivery.too-many | 一项授权最多设置 {max} 项定时供数 | a grant has at most {max} deliveries
    delivery.ended-with-grant | 授权已经终止，定时供数随之终止 | the grant is over, and the delivery with it
    delivery.moved | 这项定时供数已被他人修改 | somebody else has changed the delivery
    delivery.moved-remedy | 请重新打开后再改。 | Open it again, then change it.
    delivery.target-gone | 推送目标已被删除 | the push target was removed
    delivery.target-gone-remedy | 请改选推送目标并保存，此后自动恢复。 | Choose another target and save: it goes on from then.
    delivery.format-not-granted | 授权没有这种供数方式 | the grant does not give this out
    delivery.target-needed | 请选择推送目标 | choose a push target
    delivery.target-not-asked | 只有推送才需要选择目标 | only a push has a target
    delivery.target-hint | 本单位登记的推送目标；没有时请先登记。 | One that your unit has registered; register one first if there is none.
    delivery.push-unknown | 推送逾期未结，是否写入不明，按预留行数计量 | the push did not end in time; whether rows are there is unknown, and they are charged as reserved
    delivery.api-target | 供数方式为 push 时的推送目标 | The push target, when the format is push
    delivery.answer-unreadable | 无法识别 | cannot be read
    delivery.time-unreadable | 应写成 08:30 的样子 | must be written like 08:30
    delivery.holder-gone | 设置人已离岗或不再有权取数，自动办理已停止；请由现任人员重新保存 | whoever set it up has left the post or may no longer have the data; let the present holder save it again
    delivery.abandoned | 办理时中断 | it was broken off
    delivery.api-list | 一项授权的定时供数 | The scheduled deliveries of a grant
    delivery.api-add | 设置定时供数 | Schedule a delivery
    delivery.api-about | 到时自动生成文件或推送库表，与手动办理的相同；被拒绝的记明原因，并在待办中提醒。授权终止时随之终止。 | Makes files, or pushes, like those made by hand. What is refused is noted with its reason and told in the inbox. It ends with its grant.
    delivery.api-days | daily、working-days、weekly、monthly 或 new-version（每当换版） | daily, working-days, weekly, monthly, or new-version: whenever one is served
    delivery.api-read | 查看一项定时供数 | One delivery
    delivery.api-change | 修改定时供数，此后以修改人的名义办理 | Change a delivery; it runs on behalf of whoever did
    delivery.api-pause | 暂停定时供数 | Pause a delivery
    delivery.api-resumption | 恢复定时供数 | Resume a delivery
    delivery.api-remove | 取消定时供数 | Remove a delivery
    delivery.api-runs | 办理记录，新的在前 | Its occurrences, newest first
    """)
