import Casework
import Identity
import Kernel
import Policy
import Testing

@Suite struct `Casework: a case that goes round and round` {
    private let party = PartyID.new()

    private func workflow() throws -> Workflow {
        try Workflow(
            kind: "sample", version: 1, initial: "draft", seats: ["applicant"],
            supervisor: Workflow.Supervisor(
                seat: "applicant", desk: .bureauReviewer, role: .leader, action: .coordinateRequest),
            states: [
                Workflow.State("draft", seat: "applicant", roles: [.consumer]),
                Workflow.State("check", seat: "applicant", roles: [.consumer]), .final("done"),
            ],
            acts: [
                Workflow.Act("save", from: ["draft"], to: "draft", by: .seat("applicant", .requestShare)),
                Workflow.Act("submit", from: ["draft"], to: "check", by: .seat("applicant", .requestShare)),
                Workflow.Act(
                    "end", from: ["draft", "check"], to: "done", by: .seat("applicant", .requestShare)),
                Workflow.Act("lapse", from: ["draft", "check"], to: "done", by: .platform),
            ])
    }

    /// The error of each act at a history of so many acts; nil for what goes through.
    private func faults(at acts: Int) throws -> [String: CaseError] {
        let workflow = try workflow()
        let person = Principal(
            account: AccountID.new(), party: party, post: PostID.new(), roles: [.consumer],
            channel: .commandLine, displayName: "样例")
        let now = Instant(microseconds: 1_767_574_800_000_000)
        let opened = try Case(
            CaseOpening(
                id: .new(), kind: "sample", title: "样例", about: Case.Subject(kind: "entry", id: "1"),
                seats: ["applicant": party], by: person, at: now), under: workflow)
        let history = (1...acts).map { revision in
            CaseEvent(
                revision: revision, act: "save", from: "draft", to: "draft", at: now, account: person.account,
                party: party, post: person.post, comment: nil, legalBasis: nil, content: .object([:]))
        }
        let full = Case(opened, in: "draft", clocks: [], history: history)
        let world = CaseWorld(
            rules: try DeadlineRules([]), calendar: try WorkingDayCalendar(tsv: "year\t2026\t2026\tsample"),
            chain: { name, _ in throw CaseError.chainMissing(name) }, someoneHolds: { _, _ in true })
        var faults: [String: CaseError] = [:]
        for act in ["save", "submit", "end", "lapse"] {
            let request = ActRequest(
                act, by: act == "lapse" ? .platform : .principal(person), at: now, revision: full.revision)
            do { _ = try full.performing(request, under: workflow, in: world) } catch let error as CaseError {
                faults[act] = error
            }
        }
        return faults
    }

    @Test func `is stopped while it can still be decided, and can be ended and lapse for ever`() throws {
        let loops = Case.actsMax - Case.actsReserved
        #expect(try faults(at: loops - 1) == [:])
        #expect(try faults(at: loops) == ["save": .tooManyActs(actsMax: loops)])
        #expect(
            try faults(at: Case.actsMax) == [
                "save": .tooManyActs(actsMax: loops), "submit": .tooManyActs(actsMax: Case.actsMax),
            ])
    }
}
