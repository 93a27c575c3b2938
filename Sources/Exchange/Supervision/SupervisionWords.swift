package import Kernel

/// 督办: reminder, written notice, report to the leader, and what the unit answers.
package let supervisionWords = Words(
    """
    supervision.supervisions | 督办 | Supervision
    supervision.title | 督办：{subject} | Supervision: {subject}
    supervision.why | 办件逾期由平台自动立督办件，也可由数据主管部门立件；逐级提醒、发督办通知、报告领导，直至办结。 | A duty that lapsed is supervised by itself, or by the bureau's hand: reminder, written notice, report to the leader, until it is done.
    supervision.name | 督办件 | Supervision
    exchange.kind.supervision | 督办件 | Supervision
    supervision.state.open | 待办理 | To be done
    supervision.state.promise | 新期限待核 | Another day promised
    supervision.state.reported | 待领导批示 | Before the leader
    supervision.state.review | 办结待核 | Said to be done
    supervision.state.closed | 已办结 | Done
    supervision.state.overtaken | 随办件办结 | Ended with its case
    supervision.state.withdrawn | 已撤销 | Withdrawn
    supervision.act.open | 立件 | Opened
    supervision.act.succeeded | 单位变更 | Unit changed
    supervision.act.begin | 提醒 | Reminder
    supervision.act.notify | 升级为督办通知 | Raised to a notice
    supervision.act.issue-notice | 发出督办通知 | Issue a notice
    supervision.act.report | 报告领导 | Reported to the leader
    supervision.act.report-by-hand | 报告领导 | Report to the leader
    supervision.act.instruct | 批示 | Instruct
    supervision.act.acknowledge | 签收 | Acknowledge
    supervision.act.promise | 报告进展并承诺新期限 | Report progress and promise a day
    supervision.act.accept-promise | 同意新期限 | Accept the day
    supervision.act.decline-promise | 不同意新期限 | Decline the day
    supervision.act.report-done | 报告已办结 | Report it done
    supervision.act.send-back | 退回继续办理 | Send back
    supervision.act.confirm | 核实办结 | Confirm it done
    supervision.act.withdraw | 撤销督办 | Withdraw
    supervision.act.overtake | 随办件办结 | Ended with its case
    exchange.clock.task | 办理期限 | Day it is owed by
    exchange.clock.promise | 承诺期限 | Promised day
    exchange.clock.instruction | 批示期限 | Day of the instruction
    exchange.clock.leader | 领导批示时限 | Time for the leader
    exchange.clock.judgement | 核实时限 | Time to judge

    supervision.column.subject | 督办事项 | What is owed
    supervision.column.unit | 督办对象 | Supervised unit
    supervision.column.level | 督办等级 | Step
    supervision.column.state | 状态 | State
    supervision.column.due | 当前期限 | Present deadline
    supervision.column.promised | 承诺日期 | Promised day
    supervision.column.opened | 立件时间 | Opened
    supervision.column.mean-days | 平均历时（天） | Mean days
    supervision.column.in-time | 按时答复 | Answered in time
    supervision.column.late | 未按时答复 | Answered late
    supervision.column.share | 按时答复率 | Share in time
    supervision.standing | 情况 | Standing
    supervision.standing.open | 在办 | Open
    supervision.standing.overdue | 在办且已超期 | Open and overdue
    supervision.standing.closed | 已了结 | Over
    supervision.standing.in-time | 按时答复 | Answered in time
    supervision.standing.late | 未按时答复 | Answered late
    supervision.search | 督办事项 | What is owed
    supervision.none | 没有督办件。 | Nothing is supervised.
    supervision.none-found | 没有符合条件的督办件。 | No supervision is like that.
    supervision.overview | 督办按单位 | Supervision by unit
    supervision.overview-why | 各单位督办件的在办、超期、历时与按时答复情况；每个数字可点开清单。按时答复以立件后的首次答复为准。 | Open, overdue, duration and answers in time by unit; every figure opens its list. The first answer after opening counts.
    supervision.open | 立督办件 | Open a supervision
    supervision.opened | 督办件已立。 | The supervision is open.
    supervision.open-note | 立件即为提醒；期满次一工作日起升级为督办通知，第三个工作日起报告领导。 | Opening is the reminder. One working day after the day it is owed by it becomes a notice, after three it goes to the leader.
    supervision.choose-unit | 请选择 | Choose
    supervision.subject-hint | 写明要办成什么，一句话。 | What is to be done, in a sentence.
    supervision.basis-hint | 文件名称及条款，或领导批示。 | Document and clause, or a leader's instruction.
    supervision.basis | 督办依据 | Basis
    supervision.due | 应办结日期 | Owed by
    supervision.opened-how | 立件方式 | Opened
    supervision.opened-itself | 办件逾期，平台自动立件 | By itself, when the deadline lapsed
    supervision.opened-by-hand | 数据主管部门立件 | By the bureau
    supervision.answer-due | 应答复日期 | Answer due
    supervision.answered-on | 首次答复日期 | First answered
    supervision.notice-number | 督办通知文号 | Number of the notice
    supervision.owed | 督办事项 | What is owed
    supervision.to-case | 查看所督办的办件 | The case it is about
    supervision.to-supervision | 查看督办件 | The supervision
    supervision.by-itself | 办件时限届满未办，平台按时限规则自动立件并逐级升级；办件办理后督办件随之办结。 | The deadline of the case lapsed: the platform opened this and raises it by the rule of that deadline. It ends when what is owed is done.
    supervision.vacant | 督办对象无人担任应当答复的岗位，已直接报告领导。 | Nobody holds the post that must answer, so it went to the leader at once.
    supervision.leader-vacant | “{title}”的督办已报告领导，但无人担任领导岗位，请尽快处理。 | “{title}” was reported to the leader, and nobody holds the leader's post. Please see to it.
    supervision.overtaken | 所督办的办件已办理或办结。 | What was owed is done, or its case is over.
    supervision.overtaken-by | 所督办的办件已办理：{act@sharing-request.act.}。 | The case has moved: {act@sharing-request.act.}.
    supervision.instruction-is | 领导批示（{at}）：{comment} {until} | The leader's instruction ({at}): {comment} {until}
    supervision.next-step.reminder | 期限为 {due}；{day} 起再次提醒。 | Due {due}; from {day} on a reminder follows.
    supervision.next-step.notice | 期限为 {due}；仍未办理的，{day} 起升级为督办通知。 | Due {due}; if it is not done, a notice follows from {day} on.
    supervision.next-step.leader | 期限为 {due}；仍未办理的，{day} 起报告领导。 | Due {due}; if it is not done, it goes to the leader from {day} on.
    supervision.next-answer | 督办对象办理后报告，由数据主管部门核实办结。 | The unit reports what it did, and the bureau confirms it.
    supervision.next-promise | 数据主管部门同意后按新期限办理，期间不再升级；不同意的，继续按原期限督办。 | When the bureau accepts the day nothing is raised until it has passed; else the steps go on.
    supervision.next-reported | 领导批示后，督办对象按批示办理。 | The unit does what the leader instructs.
    supervision.next-review | 数据主管部门核实后办结，或退回继续办理。 | The bureau confirms it, or sends it back.
    supervision.words.instruct | 批示内容 | Instruction
    supervision.words.promise | 进展情况和原因 | Progress, and why it takes longer
    supervision.words.done | 办理结果 | What was done
    supervision.words.notice | 督办意见（列入通知正文） | What the notice says
    supervision.words.reason | 理由 | Reason
    supervision.words.remark | 意见（可不填） | Remark, if any
    supervision.day.promise | 承诺办结日期 | Day it will be done by
    supervision.day.instruct | 限期（可不填） | To be done by, if a day is set
    supervision.series | 发文字号 | Numbered under
    supervision.series-none | 不编文号，仅平台通知 | No number: a notice on the platform alone
    supervision.letter-title | 关于“{subject}”的督办通知 | 关于“{subject}”的督办通知
    supervision.consequence.instruct | 批示记入督办件，督办对象据此办理；设限期的，期满再次报告。 | It is on record and binds the unit; past its day it is reported again.
    supervision.consequence.confirm | 督办件办结。报告办结的人不能自己核实。 | The supervision is done. Whoever reported it cannot confirm it.
    supervision.consequence.accept-promise | 期限改为 {day}；在此之前不再升级。 | The day becomes {day}; nothing is raised before it has passed.
    supervision.consequence.report-done | 交数据主管部门核实。 | The bureau looks at it.
    supervision.consequence.promise | 交数据主管部门确认，还可承诺 {left} 次。 | The bureau says yes or no; {left} promise(s) are left.
    supervision.consequence.acknowledge | 表示已收到；不算答复。 | Says that it was received; that is no answer.
    supervision.consequence.issue-notice | 选定发文字号的，同时登记发文并取得文号。 | With a series, a letter is registered and takes its number.
    supervision.consequence.report-by-hand | 转到领导处批示。 | It goes to the leader.
    supervision.consequence.send-back | 督办对象继续办理，答复时限重新起算。 | The unit goes on, and its time to answer begins anew.
    supervision.consequence.decline-promise | 督办对象继续办理，答复时限重新起算。 | The unit goes on, and its time to answer begins anew.
    supervision.consequence.withdraw | 督办件撤销，理由留存。 | It is withdrawn, and the reason stays on record.
    supervision.told.confirm | “{title}”的督办已核实办结 | The supervision of “{title}” is done
    supervision.told.withdraw | “{title}”的督办已撤销 | The supervision of “{title}” is withdrawn
    supervision.told.accept-promise | “{title}”的新期限已获同意 | The day promised for “{title}” is accepted
    supervision.told.decline-promise | “{title}”的新期限未获同意 | The day promised for “{title}” is not accepted
    supervision.told.issue-notice | 督办通知：“{title}” | Notice of supervision: “{title}”
    supervision.told.instruct | 领导对“{title}”的督办作出批示 | The leader has instructed on “{title}”
    supervision.of-case | 督办（{opened} 立件）：{unit}，{level@casework.supervision.}，{state@supervision.state.}。 | Supervised since {opened}: {unit}, {level@casework.supervision.}, {state@supervision.state.}.
    supervision.of-case-promised | 督办（{opened} 立件）：{unit}，{level@casework.supervision.}，{state@supervision.state.}；承诺 {promised} 前办结。 | Supervised since {opened}: {unit}, {level@casework.supervision.}, {state@supervision.state.}; promised by {promised}.
    supervision.of-case-over | 督办（{opened} 立件）：{unit}，{state@supervision.state.}。 | Supervision of {opened}: {unit}, {state@supervision.state.}.
    supervision.watch-news | 您关注的督办“{title}”：{state@supervision.state.} | Supervision “{title}”, which you watch: {state@supervision.state.}

    supervision.not-found | 未找到该督办件，或您无权查看 | There is no such supervision, or you may not see it
    supervision.open-already | 该单位在此办件中已有在办的督办件，不重复立件 | The unit is supervised in this case already
    supervision.open-already-remedy | 请在督办件 {id} 中继续办理 | Go on in supervision {id}
    supervision.case-over | 该办件已办结，不再督办 | The case is over and is not supervised
    supervision.unit-not-in-case | 该单位不是此办件的当事单位 | The unit has no part in this case
    supervision.day-wrong | 须为今天起 {daysMax} 天内的日期 | Must be a day from today on, within {daysMax} days
    supervision.promise-wrong | 须为明天起 {daysMax} 天内的日期 | Must be a day from tomorrow on, within {daysMax} days
    casework.condition.supervision-opened-it | 只有立件人或领导可以撤销 | Only whoever opened it, or the leader, may withdraw it
    supervision.api.list | 督办件清单 | List supervisions
    supervision.api.list-about | 只含可以查看的督办件，新的在前。 | Those that may be seen, newest first.
    supervision.api.case | 所督办的办件 | The case it is about
    supervision.api.read | 读取督办件 | Read a supervision
    supervision.api.act | 办理督办件 | Act on a supervision
    supervision.api.act-about | 须给出所见的 revision；重复调用时给出相同的 key。 | The revision that was seen is needed; the same key makes a repeated call find the first.
    """)
