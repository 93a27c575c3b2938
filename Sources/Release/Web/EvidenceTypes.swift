import Kernel
import Web

/// The types of records in the words of the office; the code itself stays beside it, because exports and proofs write the code.
package enum EvidenceTypes {
    package static let all = [
        "release.asked", "release.authorised", "release.settled", "release.failed", "release.unknown",
        "release.refused",
        "release.downloaded", "grant.signed", "grant.refused", "grant.suspended", "grant.resumed",
        "grant.revoked", "grant.expired", "grant.confirmed", "grant.lapsed",
        "grant.replaced", "grant.given-up", "grant.ended-by-provider", "destruction.owed",
        "destruction.certified", "use-report.given",
        "application-list.brought", "application-list.drafted", "application-list.dropped",
        "entry-consent.set", "entry-consent.ended", "exchange.brought", "exchange.signed",
        "exchange.completed", "exchange.dropped", "case.acted",
        "case.supervised", "feed.made", "feed.withdrawn",
        "case.deadline-moved",
        "approval-chain.set", "paper-approval.entered", "paper-approval.compared", "paper-approval.confirmed",
        "paper-approval.objected", "paper-approval.lapsed", "paper-approval.overdue", "calendar.published",
        "calendar.closed", "calendar.withdrawn",
        "entry.drafted", "entry.revised", "entry.submitted", "entry.recalled", "entry.discarded",
        "entry.published", "entry.returned", "entry.withdrawn", "hook.defined", "hook.redefined",
        "hook.active", "hook.paused", "hook.retired", "hook.live-probed", "hook.breaker-reset",
        "upload.received", "version.published",
        "version.refused", "rule.added", "rule.revised", "rule.retired", "quality.judged",
        "quality.rows-seen", "quality.row-revealed",
        "grade.decided",
        "account.created", "account.disabled", "account.enabled", "account.locked", "account.unlocked",
        "account.password-changed", "account.signed-in", "account.sign-in-failed", "account.signed-out",
        "account.sessions-ended", "account.second-factor-on", "account.second-factor-off",
        "account.second-factor-reset", "account.recovery-code-used", "account.confirmed",
        "account.confirmation-failed", "account.linked", "account.link-completed", "account.link-failed",
        "account.unlinked",
        "party.created", "party.renamed", "party.placed", "party.succeeded", "party.members-set",
        "person.registered", "post.created", "post.filled", "post.vacated", "post.chosen",
        "post.scope-set", "unit-list.set", "token.issued", "token.revoked", "filing-duty.set",
        "filing-duty.ended", "filing.received", "filing.nothing",
        "filing.undone", "schedule.set", "schedule.paused", "schedule.resumed", "schedule.removed",
        "folder-watch.set", "folder-watch.removed", "drop-table.set", "drop-table.removed",
        "letter.registered", "letter.numbered", "letter.voided", "letter.sealed", "letter.attached",
        "letter.series-set", "letter.series-ended", "letter.template-set", "letter.template-ended",
        "delivery.set", "delivery.paused", "delivery.resumed", "delivery.removed", "delivery.ended",
        "joint-test.made", "joint-test.fault-told", "joint-test.fault-answered", "joint-test.passed",
        "joint-test.waived", "joint-test.push-begun", "joint-test.push-failed", "joint-test.table-dropped",
    ]

    /// A type that a later program wrote is shown as it is.
    static func label(_ type: String) -> Label {
        all.contains(type) ? .word(Message("evidence.type.\(type)")) : .data(type)
    }
}

/// The kinds of things that records are about, and where a reader finds them.
enum EvidenceSubjects {
    static let all = [
        "entry", "hook", "version", "rule", "quality-run", "case", "grant", "release", "party", "person",
        "exchange-batch", "post", "account", "session", "token", "upload", "filing", "delivery", "calendar",
        "joint-test", "joint-test-fault", "paper-approval",
        "letter", "letter-series", "letter-template", "letter-file",
    ]

    static func label(_ kind: String) -> Label {
        all.contains(kind) ? .word(Message("evidence.kind.\(kind)")) : .data(kind)
    }

    /// All records of the same thing.
    static func recordsHref(_ kind: String, _ id: String) -> String {
        "/evidence?kind=\(SubmittedForm.encoded(kind))&subject=\(SubmittedForm.encoded(id))"
    }
}
