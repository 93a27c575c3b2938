package import Casework
import Kernel

/// The day counts of a sharing request. None of them could be checked against the text of the 政务数据共享条例 or of 粤府令290号, so
/// each stands as a setting of the office, dated and with the clause it is set by; a new text is a new edition.
package enum SharingDeadlines {
    package static let check = "sharing.check"
    package static let answer = "sharing.answer-conditional"
    package static let answerUnconditional = "sharing.answer-unconditional"
    package static let supplement = "sharing.supplement"
    package static let offer = "sharing.offer"
    package static let objection = "sharing.objection"
    package static let coordination = "sharing.coordination"
    package static let delivery = "sharing.delivery"
    /// From the first delivery to its acceptance; silence is acceptance.
    package static let acceptance = "sharing.acceptance"
    /// For the provider, from an objection to what was delivered.
    package static let mending = "sharing.mending"
    /// For the bureau, to say whose a request is that came to the wrong provider.
    package static let transfer = "sharing.transfer"
    /// The longest time that a provider waits for the department above.
    package static let superior = "sharing.superior"
    /// From the end of a grant to the certificate of destruction.
    package static let destruction = "sharing.destruction"
    /// So long before its end a grant's recipient is reminded.
    package static let renewal = "sharing.renewal-reminder"
    /// So long before its day an end is announced.
    package static let endNotice = "sharing.end-notice"
    /// For the provider, from an objection to the announcement.
    package static let endObjection = "sharing.end-objection"
    /// From the first day of the year on, for the report on the last one's use.
    package static let useReport = "sharing.use-report"

    private static let state = "政务数据共享条例（国务院令第809号，2025-08-01 起施行）"
    private static let province = "广东省公共数据管理办法（粤府令第290号，2021-11-25 起施行）"
    private static let office = "本平台数据共享工作规则"

    /// Since 粤府令290号; 条例 editions follow it where both speak.
    package static func standard() throws(DeadlineRuleFault) -> DeadlineRules {
        let before = day(20_300)  // 2025-07-31
        let order290 = day(18_956)  // 2021-11-25
        let order809 = day(20_301)  // 2025-08-01
        func rule(
            _ name: String, _ days: Int, _ clause: String, from: CalendarDate? = nil, to: CalendarDate? = nil,
            extension extensionDaysMax: Int = 0
        ) -> DeadlineRule {
            DeadlineRule(
                name: name, effectiveFrom: from ?? order290, effectiveTo: to, workingDays: days,
                extensionDaysMax: extensionDaysMax, clause: clause)
        }
        return try DeadlineRules(
            SupervisionDeadlines.editions(from: order290, clause: office)
                + CoordinationDeadlines.editions(from: order290, clause: office) + [
                    rule(check, 5, province),
                    rule(answer, 10, province, to: before),
                    rule(answer, 10, state, from: order809, extension: 5),
                    rule(answerUnconditional, 5, province, to: before),
                    rule(answerUnconditional, 1, state, from: order809),
                    rule(supplement, 10, office),
                    rule(offer, 10, office),
                    DeadlineRule(
                        name: objection, effectiveFrom: order290, workingDays: 10, clause: office,
                        supervisionAfterDays: [:]),
                    rule(coordination, 10, office),
                    rule(delivery, 20, office, to: before),
                    rule(delivery, 20, state, from: order809),
                    DeadlineRule(
                        name: acceptance, effectiveFrom: order290, workingDays: 10, clause: office,
                        supervisionAfterDays: [:]),
                    rule(mending, 5, office),
                    rule(transfer, 3, office),
                    DeadlineRule(
                        name: superior, effectiveFrom: order290, workingDays: 30, clause: office,
                        supervisionAfterDays: [:]),
                    rule(destruction, 20, office),
                    rule(renewal, 20, office),
                    rule(endNotice, 20, office),
                    rule(endObjection, 5, office),
                    rule(useReport, 20, office),
                ])
    }

    private static func day(_ daysSince1970: Int) -> CalendarDate {
        CalendarDate(daysSince1970: daysSince1970)
    }
}
