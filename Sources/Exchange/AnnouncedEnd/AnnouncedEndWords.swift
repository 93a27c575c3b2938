package import Kernel

/// 预告终止: a provider says on which day a grant ends, and what is said of that.
package let announcedEndWords = Words(
    """
    exchange.kind.announced-end | 预告终止 | Announced end
    announced-end.title | 预告终止：{subject} | Announced end: {subject}
    announced-end.list | 预告终止 | Announced ends
    announced-end.list-why | 提供方因系统更换、数据停止归集、法规变化等，预告某日起不再提供。 | Where a provider has said on which day its sharing ends.
    announced-end.list-none | 没有预告终止的授权。 | No end is announced.
    announced-end.grants | 授权 | Grants
    announced-end.look | 查看预告 | The announcement
    announced-end.to-announcement | 查看预告终止 | The announced end
    announced-end.state.announced | 已预告 | Announced
    announced-end.state.objected | 使用方有异议 | Objected to
    announced-end.state.maintained | 维持预告 | Maintained
    announced-end.state.coordination | 协调中 | In coordination
    announced-end.state.settled | 协调已办结 | Settled
    announced-end.state.ended | 已终止 | Ended
    announced-end.state.withdrawn | 已撤回 | Withdrawn
    announced-end.state.overtaken | 授权已另行终止 | Ended otherwise
    announced-end.act.open | 预告终止 | Announced
    announced-end.act.object | 提出异议 | Object
    announced-end.act.maintain | 维持预告 | Maintain it
    announced-end.act.move | 调整终止日 | Put the day elsewhere
    announced-end.act.move-maintained | 调整终止日 | Put the day elsewhere
    announced-end.act.move-disputed | 调整终止日 | Put the day elsewhere
    announced-end.act.move-settled | 调整终止日 | Put the day elsewhere
    announced-end.act.withdraw | 撤回预告 | Withdraw it
    announced-end.act.dispute | 申请协调 | Ask for coordination
    announced-end.act.carry-upheld | 协调结果：维持预告 | Upheld in coordination
    announced-end.act.carry-moved | 协调结果：推迟终止日 | Put later in coordination
    announced-end.act.carry-withdrawn | 协调结果：撤回预告 | Withdrawn in coordination
    announced-end.act.end | 到日终止 | Ended on its day
    announced-end.act.overtake | 授权已另行终止 | The grant ended otherwise
    announced-end.act.succeeded | 单位承继 | Taken over by a successor
    announced-end.watch-news | 您关注的预告终止“{title}”：{state@announced-end.state.} | Announced end of “{title}”, which you watch: {state@announced-end.state.}
    announced-end.next.announced | 供数至 {day}（含当日），此后授权自动终止。使用方可在该日前提出一次异议；提供方可撤回或推迟。 | Data leave until {day}, that day included; then the grant ends by itself. Until then the recipient may object once, and the provider may withdraw or put it later.
    announced-end.next.objected | 供数至 {day}（含当日）。使用方已提出异议，待提供方答复：维持、调整终止日或撤回。 | Data leave until {day}, that day included. The recipient objects; the provider answers: maintain, another day, or withdraw.
    announced-end.next.maintained | 供数至 {day}（含当日）。提供方维持预告，使用方可申请协调。 | Data leave until {day}, that day included. The provider maintains it; the recipient may ask for coordination.
    announced-end.next.coordination | 供数至 {day}（含当日）。由数据主管部门协调；协调未办结的，到日仍终止。 | Data leave until {day}, that day included. The bureau coordinates; the day comes all the same unless that ends otherwise.
    announced-end.next.settled | 供数至 {day}（含当日）。协调已办结；提供方仍可推迟或撤回。 | Data leave until {day}, that day included. The coordination is over; the provider may still put it later or withdraw.
    announced-end.next.ended | 已按预告终止，最后供数日为 {day}。 | It ended as announced; {day} was the last day.
    announced-end.next.withdrawn | 预告已撤回，授权照原期限继续有效。 | The announcement was withdrawn; the grant goes on as it was.
    announced-end.next.overtaken | 授权已另行终止（交回、撤销或变更），预告随之办结。 | The grant ended otherwise (given up, revoked, replaced), and this with it.
    announced-end.what | 预告内容 | What was announced
    announced-end.day | 最后供数日 | Last day
    announced-end.first-day | 首次预告为 {day} | First announced: {day}
    announced-end.own-last-day | 授权原截止日期 | The grant's own last day
    announced-end.reason | 终止原因 | Reason
    announced-end.basis | 依据或文号 | Basis or document number
    announced-end.successor | 替代目录条目 | What takes its place
    announced-end.announced-at | 预告时间 | Announced
    announced-end.objection | 使用方异议 | The recipient's objection
    announced-end.announce | 预告终止 | Announce the end
    announced-end.announce-why | 使用方将收到通知，可提出一次异议。到日后授权自动终止，不再供数，已取走的数据须提交销毁证明。 | The recipient is told and may object once. After the day the grant ends by itself, nothing leaves any more, and what was taken away is certified as destroyed.
    announced-end.announce-all-why | 一次预告本条目下全部有效授权的终止，各使用方分别收到通知、分别可提异议。先核对下列授权再提交。 | Announces the end of all grants in force of this entry at once; each recipient is told and may object. Look at them first.
    announced-end.rule | 最后供数日不得早于 {earliest}（提前 {days} 个工作日，{clause}），也不得晚于授权自身截止日期。 | The day is {earliest} at the earliest ({days} working days, {clause}), and never after a grant's own last day.
    announced-end.day-hint | 当日仍供数，次日零时起停止。 | Data still leave on that day; they stop at its midnight.
    announced-end.reason-hint | 例如：业务系统更换、数据停止归集、法规调整。使用方可见。 | For example: the system is replaced, the table withdrawn, the law changed. The recipient reads it.
    announced-end.basis-hint | 有文件的填写文号，可不填。 | The number of the document, where there is one.
    announced-end.successor-hint | 资源代码或标题，可不填。 | Resource code or title of another entry; may stay empty.
    announced-end.affected | 受影响的授权 | Grants that it ends
    announced-end.column.recipient | 使用方 | Recipient
    announced-end.column.purpose | 用途 | Purpose
    announced-end.column.until | 截止日期 | Last day
    announced-end.column.deliveries | 供数方式 | Deliveries
    announced-end.column.last-use | 最近使用 | Last used
    announced-end.column.rows | 累计行数 | Rows so far
    announced-end.column.standing | 本次预告 | This announcement
    announced-end.scheduled | 定时供数 {count} 项 | {count} scheduled
    announced-end.suspended | 已暂停 | Suspended
    announced-end.never-used | 未使用 | Never
    announced-end.standing.open | 将预告终止 | Is announced
    announced-end.standing.ends-before | 自身截止日期在最早可预告日之前，到期自行终止 | Ends by itself before the earliest day that can be announced
    announced-end.standing.announced | 已预告，供数至 {day} | Announced already, until {day}
    announced-end.standing.bound | 依协调结果作出的授权，提供方不能自行终止 | Carries out an outcome that binds its provider
    announced-end.standing.unconfirmed | 应急授权，尚未书面确认 | An emergency that is not confirmed in writing
    announced-end.announced-done | 已预告终止，使用方已收到通知。 | The end is announced, and the recipient is told.
    announced-end.announced-all-done | 已预告 {count} 项授权终止，使用方已收到通知。 | The end of {count} grants is announced, and their recipients are told.
    announced-end.words.object | 异议理由 | Reason of the objection
    announced-end.words.maintain | 维持理由 | Why it is maintained
    announced-end.words.move | 说明 | Remark
    announced-end.words.withdraw | 撤回说明 | Why it is withdrawn
    announced-end.words.dispute | 申请协调的理由 | What is in dispute
    announced-end.move-hint | 现为 {day}。可随时推迟，至 {to} 为止；提前的不得早于 {earliest}。 | Now {day}. Later at any time, until {to}; sooner not before {earliest}.
    announced-end.consequence.object | 只能提出一次，由提供方答复；终止日不因异议顺延。 | Once only; the provider answers. The day does not move by itself.
    announced-end.consequence.maintain | 使用方可以申请协调。 | The recipient may then ask for coordination.
    announced-end.consequence.move | 使用方收到通知。 | The recipient is told.
    announced-end.consequence.withdraw | 授权照原期限继续有效。 | The grant goes on as it was.
    announced-end.consequence.dispute | 由数据主管部门召集双方协调，结果约束双方。 | The bureau hears both; the outcome binds.
    announced-end.outcome.upheld | 维持预告 | The announcement stands
    announced-end.outcome.moved | 推迟终止日 | A later day
    announced-end.outcome.moved-to | 推迟至 {day} | Put off until {day}
    announced-end.outcome.withdrawn | 撤回预告 | It is withdrawn
    announced-end.outcome-day-hint | 选择推迟终止日时必填。 | Needed for a later day.
    announced-end.coordination-over | 预告已撤回、授权已终止或预告已另行办结，协调件随之办结。 | The announcement was withdrawn or the grant has ended, and this ended with it.
    announced-end.told.announced | 提供方预告“{title}”供数至 {day}，此后授权终止；可提出异议 | The provider announces that “{title}” ends after {day}; you may object
    announced-end.told.object | 使用方对“{title}”预告终止提出异议，请答复 | The recipient objects to the announced end of “{title}”
    announced-end.told.maintain | 提供方维持“{title}”的预告终止；可申请协调 | The provider maintains the announced end of “{title}”; you may ask for coordination
    announced-end.told.move | “{title}”的最后供数日改为 {day} | The last day of “{title}” is now {day}
    announced-end.told.withdraw | 提供方撤回了“{title}”的预告终止 | The provider has withdrawn the announced end of “{title}”
    announced-end.told.dispute | 使用方就“{title}”的预告终止申请协调 | The recipient asks for coordination over the end of “{title}”
    announced-end.told.settled | “{title}”的预告终止已协调办结，最后供数日 {day} | The dispute over the end of “{title}” is settled; last day {day}
    announced-end.told.ended | “{title}”的授权已按预告终止 | The grant of “{title}” has ended as announced
    announced-end.renewal-past | 提供方已预告本授权供数至 {day}，续期或变更后的截止日期不得晚于该日；预告撤回后方可延长 | The provider has announced {day} as the last day: no renewal or change goes beyond it unless that is withdrawn
    announced-end.day-early | 不得早于 {earliest}（须满预告期） | Not before {earliest}: a full notice is owed
    announced-end.day-late | 不得晚于授权自身截止日期 {to} | Not after the grant's own last day, {to}
    announced-end.day-after-all | 晚于全部授权的截止日期，到期即终止，无需预告 | After the last day of every grant: they end by themselves
    announced-end.day-same | 与现预告日相同 | It is that day already
    announced-end.day-not-sooner | 已进入协调，不得提前 | Not sooner once it has gone to coordination
    announced-end.day-only-later | 须晚于现预告日 | Later than the announced day
    announced-end.ends-before | 授权将于 {to} 到期，早于最早可预告日 {earliest}，到期自行终止，无需预告 | It ends by itself on {to}, before {earliest}, the earliest day that can be announced
    announced-end.successor-unknown | 没有这个已发布的目录条目，或有多个同名条目 | No published entry is called that, or several are
    announced-end.successor-same | 替代条目不得是本条目 | It cannot take its own place
    announced-end.not-found | 未找到该预告，或您无权查看 | There is no such announcement, or you may not see it
    announced-end.announced-already | 该授权已有预告 | An end of this grant is announced already
    announced-end.announced-already-remedy | 可在预告页面调整终止日或撤回 | Put the day elsewhere or withdraw it on its page
    announced-end.moved | 本条目下的授权在此期间有变化 | The grants of this entry have changed since
    announced-end.moved-remedy | 请重新核对后再提交 | Look at them again
    announced-end.none-to-end | 没有可预告终止的授权。 | No grant whose end could be announced.
    announced-end.day-past | 预告的最后供数日 {day} 已过，授权正在终止 | The announced day {day} is past; the grant is being ended
    announced-end.api.list | 预告终止清单 | List announced ends
    announced-end.api.standing | open 只列在办 | open: those that are not over
    announced-end.api.grant | 只列该授权的预告 | Of this grant only
    announced-end.api.read | 读取预告终止 | Read an announced end
    announced-end.api.act | 办理预告终止 | Act on an announced end
    announced-end.api.act-about | act 为 object、maintain、move（附 day）、withdraw 或 dispute；须给出所见的 revision。 | act: object, maintain, move (with day), withdraw or dispute; the revision that was seen is needed.
    announced-end.api.announce | 预告终止授权 | Announce the end of a grant
    announced-end.api.announce-about | day 为最后供数日，不早于预告期满；successor 为替代条目的资源代码、标题或标识。 | day: the last one on which data leave, after a full notice; successor: code, title or id of an entry.
    announced-end.api.prospects | 预告终止将影响的授权 | What announcing the end for an entry would affect
    announced-end.api.announce-all | 预告终止条目下全部授权 | Announce the end of all grants of an entry
    announced-end.api.announce-all-about | grants 为核对过的授权，与现状不符时拒绝；不给出时为全部。 | grants: those that were looked at, refused where others stand now; all without it.
    """)
