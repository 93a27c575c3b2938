package import Kernel

/// Of the inbox: filters, several cases at once, what is watched, the calendar of deadlines.
package let inboxWords = Words(
    """
    exchange.inbox-search | 办件名称 | Title
    exchange.inbox-unit | 相关单位 | Other unit
    exchange.inbox-due | 期限 | Deadline
    exchange.inbox-since | 此日以后有变化 | Changed since
    exchange.inbox-due.overdue | 已超期 | Overdue
    exchange.inbox-due.soon | 三日内到期 | Due within three days
    exchange.inbox-due.week | 本周到期 | Due this week
    exchange.inbox-due.without | 无期限 | Without a deadline
    exchange.inbox-none-found | 没有符合条件的办件。 | No case is like that.
    exchange.inbox-sheet | 办件 | Cases
    exchange.inbox-parameter | 参数“{name}”的取值不对 | The parameter “{name}” cannot be that
    exchange.column.kind | 事项 | Kind
    exchange.column.waits-for | 等待 | Waits for
    exchange.column.waits-since | 等待起始 | Since
    exchange.kind.sharing-request | 数据共享申请 | Request for sharing
    exchange.batch-title | 批量办理 | Several cases at once
    exchange.batch-act | 对勾选的办件 | With the cases ticked
    exchange.batch-next | 下一步：核对 | Next: look it over
    exchange.batch-choose | 选择“{title}” | Choose “{title}”
    exchange.batch-would | 可以办理 {count} 件，不能办理 {refused} 件。尚未办理，请核对后确认。 | It can be done to {count} and not to {refused}. Nothing is done yet: look it over and confirm.
    exchange.batch-did | 已办理 {count} 件，未办理 {refused} 件。 | Done to {count}; not done to {refused}.
    exchange.batch-will | 将要办理 | Will be done
    exchange.batch-will-not | 不能办理 | Cannot be done
    exchange.batch-done | 已办理 | Done
    exchange.batch-refused | 未办理 | Not done
    exchange.batch-what | 办理 | Act
    exchange.batch-why | 原因 | Why not
    exchange.batch-each | 各件分别办理、分别留痕；其中一件不成，不影响其他各件。 | Each case is done and recorded by itself; one that fails leaves the others as they are.
    exchange.batch-comment-hint | 同一意见写入每一件。 | The same words go into every case.
    exchange.batch-again | 对勾选的再次核对 | Look at those ticked again
    exchange.batch-back | 返回待办 | Back to the inbox
    exchange.batch-none | 请先勾选办件。 | Tick some cases first.
    exchange.batch-too-large | 一次最多办理 {casesMax} 件 | At most {casesMax} cases at once
    exchange.batch-act-unknown | 该事项不能批量办理 | That cannot be done to several cases at once
    exchange.watch | 关注 | Watch
    exchange.unwatch | 取消关注 | Stop watching
    exchange.watched-done | 已关注：状态有变化时在消息中提示。 | Watched: you are told when its state changes.
    exchange.unwatched-done | 已取消关注。 | No longer watched.
    exchange.watch-news | 您关注的“{title}”：{state@sharing-request.state.} | “{title}”, which you watch: {state@sharing-request.state.}
    exchange.due-calendar | 期限月历 | Calendar of deadlines
    exchange.due-calendar-why | 每日到期的办件；数字可点开清单。 | What is due on which day; every figure opens its list.
    exchange.month | {year} 年 {month} 月 | {year}-{month}
    exchange.month-before | 上月 | Month before
    exchange.month-after | 下月 | Month after
    exchange.due-on | {day} 到期 {count} 件 | {count} due on {day}
    exchange.due-nature | 日别 | Day
    exchange.due-count | 到期件数 | Due
    exchange.due-none | 本月没有到期的办件。 | Nothing is due in this month.
    exchange.feed | 日历订阅 | In your own calendar
    exchange.feed-what | 手机或电脑上的日历凭此地址自动显示期限，只含办件名称、事项、单位和日期。地址即凭据，请勿转发；离任或失去权限后自动失效。 | A calendar on a phone or a computer shows the deadlines by this address: title, kind, unit and day, and nothing else. The address is all that it takes, so give it to nobody; it ends with your post or your rights.
    exchange.feed-none | 尚未开通。 | There is no address yet.
    exchange.feed-made | {at} 开通：{tray@casework.tray.}。 | Made {at}: {tray@casework.tray.}.
    exchange.feed-which | 显示 | Shows
    exchange.feed-make | 开通并显示地址 | Make an address
    exchange.feed-renew | 更换地址 | Renew the address
    exchange.feed-withdraw | 停用日历订阅 | Switch it off
    exchange.feed-withdrawn | 日历订阅已停用，原地址失效。 | It is switched off, and the address leads nowhere.
    exchange.feed-address | 订阅地址 | The address
    exchange.feed-once | 只显示这一次。原有地址（如有）已失效。 | It is shown this once. An earlier one leads nowhere from now on.
    exchange.feed-name | 公共数据办件期限 | Public data: deadlines
    exchange.feed-event | {clock@exchange.clock.}：{title}（{unit}，{kind@exchange.kind.}） | {clock@exchange.clock.}: {title} ({unit}, {kind@exchange.kind.})
    exchange.feed-too-often | 每小时最多读取 {readsMax} 次 | It can be read {readsMax} times an hour
    exchange.keys | 快捷键 | Keyboard
    exchange.keys-move | 下一件、上一件 | next and previous case
    exchange.keys-choose | 勾选或取消 | tick it or not
    exchange.keys-open | 打开 | open it
    exchange.keys-search | 查找 | search
    exchange.keys-help | 显示或收起本说明 | show or hide this
    exchange.keys-on | 使用快捷键 | Use these keys
    exchange.api.batch | 批量办理 | Do one act on several cases
    exchange.api.batch-about | 每件单独办理、单独校验版本；“preview”为真时只核对、不办理。同一请求重复提交，所得结果相同。 | Each case by itself and at the revision that is named; with “preview” nothing is done. The same call again answers the same.
    exchange.api.batch-done | 逐件的结果 | What became of each
    exchange.api.watch | 关注一个办件 | Watch a case
    exchange.api.unwatch | 取消关注 | Stop watching a case
    exchange.api.inbox | 列出待办 | List the inbox
    exchange.api.inbox-about | 与页面同一条件、同一次序；“next”为下一页的游标。 | By the same conditions and in the same order as the page; “next” is the cursor of the next page.
    exchange.api.inbox-counts | 各栏办件数 | Count the trays of the inbox
    exchange.api.inbox-counts-about | 每栏最多数到 {max}，更多时“isMore”为真。 | Each is counted to {max}; “isMore” says that there are more.
    exchange.api.inbox-tray | 栏目，默认“mine” | The tray; “mine” unless given
    exchange.api.inbox-q | 名称中的文字 | A part of the title
    exchange.api.inbox-kind | 事项类别 | The kind of case
    exchange.api.inbox-state | 办件状态 | The state
    exchange.api.inbox-unit | 另一相关单位的标识 | The id of another unit that has a part in it
    exchange.api.inbox-due | “overdue”“soon”“week”“without”或某一日期 | “overdue”, “soon”, “week”, “without” or a day
    exchange.api.inbox-since | 自该日起有变化 | Changed since the beginning of that day
    exchange.api.inbox-sort | “due”或“changed”，前加“-”为倒序 | “due” or “changed”, with “-” before it for descending
    exchange.api.inbox-after | 上一页所给游标 | The cursor that the page before gave
    """)
