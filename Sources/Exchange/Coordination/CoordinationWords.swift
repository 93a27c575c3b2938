package import Kernel

/// 协调: what the parties say, meetings and minutes, the outcome that binds.
package let coordinationWords = Words(
    """
    coordination.coordinations | 协调 | Coordination
    coordination.title | 协调：{subject} | Coordination: {subject}
    coordination.why | 申请方提出异议或数据主管部门提级办理的，由数据主管部门召集各方协调；协调结果约束双方。 | Where the applicant objects, or the bureau takes a silence up, the bureau hears both; the outcome binds them.
    coordination.name | 协调件 | Coordination
    exchange.kind.coordination | 协调件 | Coordination
    coordination.state.hearing | 协调中 | Being heard
    coordination.state.assent-applicant | 待申请方同意 | Before the applicant
    coordination.state.assent-provider | 待提供方同意 | Before the provider
    coordination.state.agreed | 协商一致 | Agreed
    coordination.state.ruled | 已裁定 | Ruled
    coordination.state.overtaken | 随申请办结 | Ended with the request
    coordination.act.open | 立件 | Opened
    coordination.act.pass-over | 无人可签，转下一签署人 | Nobody could sign: moved on
    coordination.act.succeeded | 单位变更 | Unit changed
    coordination.act.begin | 征求各方意见 | Positions asked for
    coordination.act.state-position | 陈述意见 | State a position
    coordination.act.invite | 邀请单位 | Invite a unit
    coordination.act.call-meeting | 召集协调会 | Call a meeting
    coordination.act.record-minutes | 登记会议纪要 | Record the minutes
    coordination.act.confirm-minutes | 确认会议纪要 | Confirm the minutes
    coordination.act.object-minutes | 对会议纪要提出异议 | Object to the minutes
    coordination.act.propose | 提出一致意见 | Propose an agreement
    coordination.act.assent | 同意（申请方） | Assent
    coordination.act.assent-provider | 同意（提供方） | Assent
    coordination.act.decline | 不同意（申请方） | Decline
    coordination.act.decline-provider | 不同意（提供方） | Decline
    coordination.act.recall | 收回一致意见 | Take the proposal back
    coordination.act.rule | 作出裁定 | Rule
    coordination.act.overtake | 随申请办结 | Ended with the request
    sharing-request.act.carry-grant | 按协调一致意见授权 | Granted as agreed
    sharing-request.act.carry-refusal | 按协调一致意见不予授权 | Not granted, as agreed
    exchange.clock.positions | 陈述意见期限 | Time to state positions
    exchange.clock.minutes | 纪要异议期限 | Time to object to the minutes
    exchange.clock.assent | 同意期限 | Time to assent

    coordination.dispute | 争议事项 | The dispute
    coordination.to-request | 查看申请 | The request
    coordination.to-coordination | 查看协调件 | The coordination
    coordination.of-request | 协调件：{state@coordination.state.}。 | Coordination: {state@coordination.state.}.
    coordination.invited | 受邀单位 | Invited units
    coordination.cause | 起因 | Cause
    coordination.cause-words | 理由 | Reason
    coordination.positions | 各方意见 | Positions
    coordination.positions-none | 尚无书面意见。 | Nobody has stated a position yet.
    coordination.position-late | 逾期提交 | After the day
    coordination.meetings | 协调会 | Meetings
    coordination.meetings-none | 尚未召集协调会。 | No meeting was called yet.
    coordination.meeting | 协调会 | Meeting
    coordination.meeting-number | 第 {number} 次协调会 | Meeting {number}
    coordination.meeting-on | 会议日期 | Day
    coordination.meeting-place | 时间和地点（方式） | Hour and place, or means
    coordination.place-hint | 如“14:30，市政务中心三楼”或“14:30，视频会议”。 | As “14:30, city hall, third floor”, or “14:30, by video”.
    coordination.meeting-chair | 主持人岗位 | In the chair (post)
    coordination.meeting-agenda | 议题 | Agenda
    coordination.meeting-attendees | 参会单位和人员岗位 | Who attended, for which unit
    coordination.attendees-hint | 每行一个：单位：岗位。 | One a line: unit: post.
    coordination.minutes | 会议纪要 | Minutes
    coordination.files | 附件 | Attachments
    coordination.files-hint | PDF、OFD、图片、Word、Excel 或文本，原件保存在平台，各方可查看和下载；先经病毒扫描（已设置的）。 | PDF, OFD, pictures, Word, Excel or text. The files are kept here for all parties to see, after a virus scan where one is set.
    coordination.files-many | 一次最多 {filesMax} 个附件 | At most {filesMax} files at a time
    coordination.file-bytes | 字节数 | Bytes
    coordination.file-view | 预览 | Preview
    coordination.file-look | 查看 | Look
    coordination.api.file | 下载会议纪要附件 | Download a file of minutes
    coordination.api.minutes | 登记会议纪要及附件 | Record minutes with their files
    coordination.api.minutes-revision | 所见的版本 | The revision that was seen
    coordination.file-name | 名称 | Name
    coordination.file-digest | SHA-256 | SHA-256
    coordination.stand.confirmed | 已确认 | Confirmed
    coordination.stand.objected | 有异议 | Objected
    coordination.stand.not-objected | 逾期未提异议 | Not objected in time
    coordination.stand.waiting | {due} 前可提异议 | May object until {due}
    coordination.outcome | 协调结果 | Outcome
    coordination.outcome.grant | 予以授权 | Grant
    coordination.outcome.refusal | 不予授权 | No grant
    coordination.outcome-elsewhere | 该结果不适用于本协调事项 | This outcome is not for this dispute
    coordination.outcome-how | 形成方式 | How
    coordination.outcome-how.propose | 一致意见（须双方首席数据官同意） | Agreement, on the assent of both chief data officers
    coordination.outcome-how.rule | 裁定 | Ruling
    coordination.basis-hint | 不予授权时必填。 | Needed where nothing is granted.
    coordination.order | 责令事项 | Ordered
    coordination.order-none | 无 | Nothing
    coordination.order-unit | 责令单位 | Order a unit
    coordination.order-hint | 责令事项自动立督办件，按限期督办。 | What is ordered is followed up as a supervision with that day.
    coordination.order-subject | 责令事项 | What it must do
    coordination.order-due | 限期 | By
    coordination.order-basis | 关于“{title}”的协调裁定 | 关于“{title}”的协调裁定
    coordination.grant | 授权 | Grant
    coordination.unit | 单位 | Unit
    coordination.none | 没有协调件。 | There is no coordination.
    coordination.next.hearing | 各方陈述意见，数据主管部门可召集协调会；之后提出一致意见请双方同意，或作出裁定。 | The parties state their positions and the bureau may call meetings; then it proposes an agreement, or rules.
    coordination.next.assent-applicant | 申请方首席数据官同意后，送提供方首席数据官；双方同意即按此办理。 | When the applicant's chief data officer assents it goes to the provider's; with both it is carried out.
    coordination.next.assent-provider | 提供方首席数据官同意后立即按此办理。 | When the provider's chief data officer assents it is carried out at once.
    coordination.next.agreed | 已按一致意见办理，双方均应遵守。 | It was carried out as agreed and binds both.
    coordination.next.ruled | 已按裁定办理，双方均应遵守。 | It was carried out as ruled and binds both.
    coordination.next.overtaken | 申请已直接办理，协调件随之办结。 | The request was decided itself, and this ended with it.
    coordination.words.position | 意见 | Position
    coordination.words.reason | 理由 | Reason
    coordination.words.remark | 意见（可不填） | Remark, if any
    coordination.words.objection | 异议内容 | Objection
    coordination.words.outcome | 协调意见 | Words of the outcome
    coordination.consequence.state-position | 意见记入协调件，各方可见。 | It is on record, and all parties read it.
    coordination.consequence.invite | 受邀单位可查看协调件、陈述意见、确认纪要。 | It sees this coordination, states positions and confirms minutes.
    coordination.consequence.call-meeting | 各方收到通知。 | All parties are told.
    coordination.consequence.confirm-minutes | 表示纪要属实。 | Says that the minutes are right.
    coordination.consequence.object-minutes | 异议附在纪要之后。 | The objection stands with the minutes.
    coordination.consequence.propose | 先由申请方首席数据官同意，再由提供方首席数据官同意；后者同意即办理。 | The applicant's chief data officer assents first, then the provider's, whereupon it is carried out.
    coordination.consequence.assent | 双方同意后立即按所列条款办理，不能再改。 | With both assents it is carried out exactly so and cannot be changed.
    coordination.consequence.decline | 回到协调。 | It goes back to be heard.
    coordination.consequence.recall | 回到协调。 | It goes back to be heard.
    coordination.consequence.rule | 立即按裁定办理申请，双方不得违反。 | The request is decided so at once, and binds both.
    coordination.told.invite | 邀请您单位参加“{title}”的协调 | Your unit is invited to the coordination of “{title}”
    coordination.told.call-meeting | “{title}”将召开协调会 | A meeting is called on “{title}”
    coordination.told.record-minutes | “{title}”的会议纪要已登记，请确认或提出异议 | The minutes on “{title}” are there to be confirmed
    coordination.told.propose | “{title}”的一致意见待双方同意 | An agreement on “{title}” waits for both assents
    coordination.told.assent | “{title}”已按一致意见办理 | “{title}” was carried out as agreed
    coordination.told.rule | “{title}”已裁定并办理 | “{title}” was ruled and carried out
    coordination.watch-news | 您关注的协调“{title}”：{state@coordination.state.} | Coordination “{title}”, which you watch: {state@coordination.state.}

    coordination.not-found | 未找到该协调件，或您无权查看 | There is no such coordination, or you may not see it
    coordination.not-a-party | 只有当事单位和受邀单位可以陈述意见 | Only parties and invited units state positions
    coordination.unit-wrong | 该单位不能选 | That unit cannot be chosen
    coordination.day-wrong | 日期不在可选范围 | That day cannot be chosen
    coordination.meetings-many | 协调会次数已达上限 | No more meetings can be called
    coordination.meeting-wrong | 没有这次协调会，或尚无纪要 | There is no such meeting, or it has no minutes
    coordination.binding | 该授权依协调结果作出，提供方不能自行停用或撤销 | The grant carries out an outcome that binds its provider
    coordination.binding-remedy | 确需变更的，请向数据主管部门提出 | Turn to the bureau if it must be changed
    coordination.api.list | 协调件清单 | List coordinations
    coordination.api.list-about | 只含可以查看的协调件，新的在前。 | Those that may be seen, newest first.
    coordination.api.standing | open 只列在办 | open: those that are not over
    coordination.api.read | 读取协调件 | Read a coordination
    coordination.api.act | 办理协调件 | Act in a coordination
    coordination.api.act-about | 须给出所见的 revision；重复调用时给出相同的 key。 | The revision that was seen is needed; the same key makes a repeated call find the first.
    """)
