import Casework
import Kernel
import Policy
import Testing
import Web

@testable import Exchange

@Suite struct `The forms on a request's page` {
    /// Acts that have a page of their own.
    private static let onTheForm: Set<String> = [
        "save", "resubmit", "save-paperwork", "confirm-mapping", "confirm-mapping-check",
    ]

    private static func request() throws -> SharingRequest {
        let entry = RequestedEntry.sample
        let file = try #require(RequestPage.sampleFile)
        return SharingRequest(
            file: file, entry: entry.id, applicant: entry.provider, provider: entry.provider,
            wish: RequestWish(columns: ["status"]), offer: nil, grant: nil)
    }

    @Test func `offer every act that a person does, with a field for everything it needs`() throws {
        let workflow = try SharingWorkflow.declared()
        let request = try Self.request()
        for act in workflow.acts where !Self.onTheForm.contains(act.name) {
            guard case .seat = act.performer else { continue }
            let forms = RequestActForm.forms([act.name], request, key: "k", refused: nil)
            let form = try #require(forms.first, "\(act.name) has no form")
            let fields = Set(form.fields.filter(\.isRequired).map(\.name))
            for need in act.needs {
                switch need {
                case .comment: #expect(fields.contains("comment"), "\(act.name) lacks its comment")
                case .legalBasis:
                    // Of what is not shared by law the entry itself names the basis.
                    #expect(
                        fields.contains("legalBasis") || act.name == "refuse-not-shared",
                        "\(act.name) lacks its basis")
                case .content(let member):
                    // What a leader said is asked for piece by piece; of a reply the registered letter says it.
                    let asked =
                        switch member {
                        case "approval": ["leader", "saidAt", "means", "words"]
                        case "number", "issuer", "date", "digest": ["reply"]
                        default: [member]
                        }
                    #expect(
                        fields.isSuperset(of: asked) || member == "clauses",
                        "\(act.name) lacks \(member)")
                }
            }
        }
    }

    @Test func `keep what was typed when it is refused, and say where it is wrong`() throws {
        let request = try Self.request()
        let problem = Problem(
            .invalid, Message("casework.input-missing"),
            places: [Problem.Place("legalBasis", Message("casework.field-required"))])
        let refused = RefusedAct(
            name: "refuse", form: SubmittedForm([("comment", "范围过大")]), problem: problem)
        let forms = RequestActForm.forms(["agree", "refuse"], request, key: "k", refused: refused)
        #expect(forms.map(\.name) == ["agree", "refuse"])
        #expect(forms.map(\.isOpen) == [false, true])
        let refusal = try #require(forms.last)
        #expect(refusal.fields.first { $0.name == "comment" }?.area?.value == "范围过大")
        #expect(refusal.fields.first { $0.name == "legalBasis" }?.error != nil)
        let link = try #require(refusal.errors?.items.first)
        #expect(refusal.fields.contains { "#\($0.id)" == link.href })
        #expect(link.label != nil)
    }

    @Test func `put what carries the request on first, and open nothing that ends it`() throws {
        let forms = RequestActForm.forms(
            ["withdraw", "refuse", "agree", "counter"], try Self.request(), key: "k", refused: nil)
        #expect(forms.map(\.name) == ["agree", "counter", "withdraw", "refuse"])
        #expect(forms.map(\.isOpen) == [true, false, false, false])
        #expect(forms.map(\.isDanger) == [false, false, true, true])
        let ending = RequestActForm.forms(["withdraw"], try Self.request(), key: "k", refused: nil)
        #expect(ending.map(\.isOpen) == [false])
    }
}

@Suite struct `A deadline on a request's page` {
    private let day = CalendarDate(daysSince1970: 20_783)  // Thursday 2026-11-26

    private func rule(_ days: Int) -> DeadlineRule {
        DeadlineRule(name: "r", effectiveFrom: day, workingDays: days, clause: "本平台数据共享工作规则")
    }

    @Test func `adds up: the days of its lines are the days counted`() throws {
        let calendar = try WorkingDayCalendar(tsv: "year\t2026\t2026\tsample")
        let clock = CaseClock(name: "answer", rule: rule(10), startedOn: day)
        let shown = RequestClock(clock, clock.reading(on: day.adding(days: 5), calendar: calendar))
        #expect(shown.sentence.key == "exchange.clock-counts-following")
        #expect(shown.sentence.arguments["counted"] == "3")
        #expect(shown.sentence.arguments["left"] == "7")
        #expect(shown.sentence.arguments["due"] == "2026-12-10")
        var sum = 0
        for row in shown.spans.rows {
            if case .count(let added)? = row.cells[3].cell.label { sum += added }
            #expect(row.cells[4].cell.label == .count(sum))
        }
        #expect(sum == 10)
        #expect(shown.provisional == nil)
    }

    @Test func `says when a year's holidays are not published yet`() throws {
        let calendar = try WorkingDayCalendar(tsv: "year\t2026\t2026\tsample")
        let clock = CaseClock(name: "answer", rule: rule(40), startedOn: day)
        let shown = RequestClock(clock, clock.reading(on: day, calendar: calendar))
        #expect(shown.provisional?.key == "casework.span.provisional")
    }

    @Test func `says that it waits while the other side completes`() throws {
        let calendar = try WorkingDayCalendar(tsv: "year\t2026\t2026\tsample")
        let clock = try CaseClock(name: "check", rule: rule(5), startedOn: day).paused(
            on: day.adding(days: 1), reason: "ask-supplement")
        let shown = RequestClock(clock, clock.reading(on: day.adding(days: 4), calendar: calendar))
        #expect(shown.sentence.key == "exchange.clock-waits")
        #expect(shown.sentence.arguments["counted"] == "1")
        #expect(shown.pauses.map(\.key) == ["exchange.clock-paused-since"])
    }
}
