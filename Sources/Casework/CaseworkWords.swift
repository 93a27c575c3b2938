package import Kernel

package let caseworkWords = Words(
    """
    casework.workflow-fault | 流程定义有误，系统不予启用：{fault} | The workflow is not sound and cannot be used: {fault}
    casework.case-not-found | 未找到该办件，或您无权查看 | There is no such case, or you may not see it
    casework.stale | 该办件已由他人处理，您看到的内容已不是最新 | Someone has acted on this case since you opened it
    casework.stale-remedy | 请刷新页面，核对最新情况后再办理 | Reload the page, look at what has changed, then act again
    casework.not-your-turn | 该环节不由您办理 | This step is not yours to do
    casework.same-hand | 经办人与审批人不得为同一人 | Whoever proposed this may not also approve it
    casework.same-hand-remedy | 请由本单位其他有权人员办理 | Ask another authorised person of your unit
    casework.input-missing | 有必填内容尚未填写 | Something that is required has not been filled in
    casework.field-required | 必填 | Required
    casework.text-too-long | 内容过长，最多 {charactersMax} 字 | Too long: at most {charactersMax} characters
    casework.act-unknown | 该类办件没有“{act}”这一环节 | Cases of this kind have no act called “{act}”
    casework.not-from-here | 办件目前所处环节不能进行该操作 | This cannot be done in the case's present state
    casework.done-before | 该操作在一个办件中最多进行 {timesMax} 次，已经用完 | This may be done {timesMax} time(s) in a case, and has been
    casework.too-many-acts | 该办件的办理记录已达 {actsMax} 条上限，请另行办理 | The case has reached its limit of {actsMax} acts; open a new one
    casework.seat-empty | 办件缺少当事单位：{seat} | The case lacks a party: {seat}
    casework.key-used-otherwise | 该提交标识已用于其他操作，请刷新页面后重新提交 | This submission key was used for another act; reload the page and submit again
    casework.chain-length | 审批流“{chain}”有 {steps} 步；须为 1 至 {stepsMax} 步 | Approval chain “{chain}” has {steps} steps; it needs 1 to {stepsMax}
    casework.chain-variants | 审批流“{chain}”有 {variants} 个例外情形，最多 {variantsMax} 个 | Approval chain “{chain}” has {variants} variants; it may have {variantsMax}
    casework.step-signatures | 第 {step} 步有 {signatures} 个签署人；须为 1 至 {signaturesMax} 个 | Step {step} asks for {signatures} signatures; it needs 1 to {signaturesMax}
    casework.step-signature-twice | 第 {step} 步的会签人重复 | Step {step} asks for the same signature twice
    casework.last-step-shared | 最后一步由一人决定，不能会签；请将会签放在前一步 | The last step decides and is one person's; let others sign in the step before it
    casework.chain-moved | 该审批流已被他人修改，您看到的不是最新内容 | Someone has set this approval chain since you opened it
    casework.chain-moved-remedy | 请重新打开审批流，核对后再保存 | Open the approval chain again, look at what has changed, then save
    casework.no-earlier-step | 当前是审批流的第一步，没有可退回的步骤 | This is the first step of the approval chain; there is none to return to
    casework.step-unknown | 第 {step} 步不能退回；可退回第 1 至 {last} 步 | Cannot return to step {step}; choose one from 1 to {last}
    casework.chain-missing | 没有名为“{chain}”的审批流 | There is no approval chain called “{chain}”
    casework.workflow-missing | 系统未启用该类办件：{kind} | Cases of this kind are not in use: {kind}
    casework.deadline-rule-missing | {day} 没有有效的时限规则“{rule}”，不能计时 | No deadline rule “{rule}” is in force on {day}, so no clock can start
    casework.clock-missing | 该办件没有正在计时的时限“{clock}” | The case has no clock “{clock}”
    casework.clock-not-running | 时限“{clock}”未在计时 | The clock “{clock}” is not running
    casework.clock-not-paused | 时限“{clock}”未暂停 | The clock “{clock}” is not paused
    casework.clock-overdue | 时限“{clock}”已经届满，不能再延长 | The clock “{clock}” has run out and cannot be extended
    casework.clock-paused-too-often | 时限“{clock}”暂停次数已达上限 | The clock “{clock}” has been paused too often
    casework.clock-extended-before | 时限“{clock}”只能延长一次，已经延长过 | The clock “{clock}” may be extended once, and has been
    casework.extension-too-long | 时限最多延长 {daysMax} 个工作日 | The extension may be at most {daysMax} working days
    casework.too-many-watches | 最多关注 {watchesMax} 个办件，请先取消一些 | At most {watchesMax} cases can be watched; stop watching some first
    casework.fault | 办件处理出现内部错误 | An internal fault occurred while working on the case
    casework.rule-days-out-of-range | 时限规则“{rule}”的天数超出 0 至 {daysMax} | Deadline rule “{rule}”: days must lie between 0 and {daysMax}
    casework.rule-clause-missing | 时限规则“{rule}”未注明依据条款 | Deadline rule “{rule}” does not cite its clause
    casework.rule-ends-before-it-begins | 时限规则“{rule}”的失效日期早于生效日期 | Deadline rule “{rule}” ends before it begins
    casework.rule-editions-overlap | 时限规则“{rule}”有两个版本的有效期重叠 | Two editions of deadline rule “{rule}” overlap in time

    casework.clock.running | 计时中 | Running
    casework.clock.paused | 已暂停 | Paused
    casework.clock.met | 按时办结 | Met
    casework.clock.overdue | 已超期 | Overdue
    casework.span.start | 起始日，不计入 | Day of the act, not counted
    casework.span.paused | 补正期间，不计入 | Paused, not counted
    casework.span.provisional | 该年度放假安排尚未公布，暂按双休日推算 | Holidays of this year are not yet published; reckoned by weekends only
    casework.standing.verified | 已核对原文 | Checked against the text
    casework.standing.setting | 本地设定，以现行文件为准 | Set locally; the text in force prevails

    casework.supervision.reminder | 催办 | Reminder
    casework.supervision.notice | 督办通知 | Supervision notice
    casework.supervision.leader | 报请领导协调 | Reported to the leader
    casework.overdue.reminder | 催办：“{title}”应于 {due} 前办结，已超期 {days} 个工作日 | Reminder: “{title}” was due on {due} and is {days} working day(s) late
    casework.overdue.notice | 督办通知：“{title}”应于 {due} 前办结，已超期 {days} 个工作日，请立即办理 | Supervision notice: “{title}” was due on {due} and is {days} working day(s) late; act at once
    casework.overdue.leader | 报请领导协调：“{title}”应于 {due} 前办结，已超期 {days} 个工作日 | For the leader: “{title}” was due on {due} and is {days} working day(s) late
    casework.passed-over | “{title}”原签署人的岗位已无人任职，现由您签署 | “{title}” is yours to sign now: nobody holds the post that was to sign it
    casework.escalated | “{title}”在其单位已无人可签，已上报领导签署；请提醒该单位配备人员 | Nobody in its unit can sign “{title}” any more, so it has gone to the leader; see that the unit fills its posts
    casework.escalation-vacant | “{title}”应由领导签署，但领导岗位无人任职；请尽快配备，否则该办件无法继续 | “{title}” waits for the leader, and nobody holds that post; have it filled, or the case cannot go on

    casework.tray.mine | 待我办理 | My turn
    casework.tray.unit | 本单位待办 | My unit's turn
    casework.tray.waiting | 等待他方 | Waiting for others
    casework.tray.watched | 我的关注 | Watched
    casework.tray.underway | 办理中 | Under way
    casework.tray.closed | 已办结 | Closed
    casework.dossier-malformed | 不是本系统的办件卷宗，或文件不完整。 | This is no dossier of a case, or not the whole of one.
    casework.dossier-act-missing | 第 {number} 步没有存证，或存证中多出一步。 | Act {number} is without a record, or a record has no act.
    casework.dossier-act-changed | 第 {number} 步与存证不符（{member}）。 | Act {number} is not what its record says ({member}).
    casework.dossier-record-foreign | 卷宗中有不属于本办件的存证（{type}）。 | A record is not of this case ({type}).
    casework.dossier-words-changed | 第 {number} 步的意见或内容与存证不符。 | The words of act {number} are not those on record.
    casework.dossier-scan-unknown | 卷宗所列扫描件“{name}”没有相应的存证。 | The dossier lists the scan “{name}”, of which there is no record.
    casework.dossier-state-wrong | 卷宗所称的状态与最后一步不符。 | The state is not where the last act led.
    """)
