import Casework
import Identity
import Kernel
import Policy
import Web

extension RequestPage {
    /// A draft nobody has submitted yet.
    static let sampleFile = try? Case(
        CaseOpening(
            id: CaseID(high: 1 << 48, low: 1 << 63), kind: SharingWorkflow.kind, title: "法人单位基本信息",
            about: Case.Subject(RequestedEntry.sample.id),
            seats: [
                SharingWorkflow.Seat.applicant: PartyID(high: 3 << 48, low: 1 << 63),
                SharingWorkflow.Seat.provider: RequestedEntry.sample.provider,
                SharingWorkflow.Seat.bureau: PartyID(high: 4 << 48, low: 1 << 63),
            ], by: .sample, at: Instant(microseconds: 1_795_600_000_000_000), content: [:]),
        under: SharingWorkflow.declared())

    package static let samples: [RequestPage] = {
        let wish = RequestWish(columns: ["status"], purpose: "行政审批核验")
        let (applicant, day) = (PartyID(high: 3 << 48, low: 1 << 63), CalendarDate(daysSince1970: 20_782))
        let entry = RequestedEntry.sample
        let explanation = try? Explanation(
            wish.clauses() + [.noRedistribution], facts: entry.facts, on: day)
        let signable = try? Explanation(
            RequestWish(
                columns: ["status"], purpose: "行政审批核验", deliveries: [.csv], expectedRows: 10,
                from: day, to: day, isCommitted: true
            ).clauses(), facts: entry.facts, on: day)
        let workflow = try? SharingWorkflow.declared()
        let calendar = try? WorkingDayCalendar(tsv: "year\t2026\t2026\tsample")
        let rule = try? SharingDeadlines.standard().rule(SharingDeadlines.answer, on: day)
        guard let calendar, let rule, let workflow,
            let drafted = sampleFile
        else { return [] }
        func request(_ file: Case, grant: GrantID?, offer: Bool = false) -> SharingRequest {
            SharingRequest(
                file: file, entry: entry.id, applicant: applicant, provider: entry.provider, wish: wish,
                offer: offer ? [.columns(["status"])] : nil, grant: grant)
        }
        func around(
            _ acts: [String], _ explanation: Explanation?, lacks: [Problem.Place] = [],
            refused: RefusedAct? = nil, trial: TrialView? = nil, tried: TriedTerms? = nil
        ) -> Surroundings {
            Surroundings(
                party: { _ in "源城区人民政府" }, post: { _ in "首席数据官" }, say: { $0.key }, workflow: workflow,
                isUnconditional: false, acts: acts, explanation: explanation, lacks: lacks, today: day,
                calendar: calendar, key: "k", refused: refused, trial: trial, tried: tried,
                templates: [.sample], letters: acts.isEmpty ? nil : .sample,
                jointTest: .sample,
                supervisions: Supervision.sample.map { [CaseSupervision(supervision: $0, mayOpen: true)] }
                    ?? [],
                coordinations: acts.isEmpty
                    ? [] : [Coordination.sample(isFull: false)].compactMap { $0 })
        }
        let lack = Problem.Place("purpose", Message("exchange.field-required"))
        let draft = RequestPage(
            request(drafted, grant: nil), around(["save", "submit"], explanation, lacks: [lack]))
        let pause = try? CaseClock(name: "check", rule: rule, startedOn: day).paused(
            on: day, reason: "ask-supplement")
        let met = try? CaseClock(name: "offer", rule: rule, startedOn: day).stopped(on: day)
        let late = CaseClock(name: "answer", rule: rule, startedOn: day.adding(days: -40)).supervised(.notice)
        let asked = CaseEvent(
            revision: 4, act: "ask-supplement", from: "check", to: "supplement",
            at: Instant(microseconds: 1_795_600_000_000_000), account: nil, party: applicant, post: nil,
            comment: "请补正使用目的", legalBasis: "政务数据共享条例", content: ["fields": ["purpose"]])
        let signing = Case(
            drafted, in: "sign-off",
            chain: ChainPosition(
                chain: SharingWorkflow.signOffChain, party: applicant,
                steps: [ApprovalStep(role: .steward), ApprovalStep(role: .departmentCDO)], step: 0),
            clocks: [], history: drafted.history)
        let file = Case(
            drafted, in: "supplement", clocks: [late] + [pause, met].compactMap { $0 },
            history: drafted.history + [asked])
        let problem = Problem(
            .invalid, Message("casework.input-missing"),
            places: [Problem.Place("legalBasis", Message("casework.field-required"))])
        let refused = RefusedAct(name: "refuse", form: SubmittedForm(), problem: problem)
        let decided = request(file, grant: nil)
        var urgent = decided
        urgent.place = ApplicationPlace(application: CaseID(high: 9 << 48, low: 1 << 63), position: 2)
        urgent.replaces = GrantID(high: 1 << 48, low: 1 << 63)
        urgent.emergency = Emergency(
            circumstance: "强降雨转移安置独居老人", askedAt: asked.at,
            approval: OralApproval(
                leader: PostID(high: 6 << 48, low: 1 << 63), saidAt: asked.at, means: .telephone,
                words: "同意先行提供"), leaderParty: entry.provider,
            endsAt: asked.at + .seconds(259_200), outcome: nil)
        var whole = around([], nil)
        whole.maySeeWhole = true
        whole.papers = [.sample(.confirmed, counted: 2), .sample(.objected)]
        whole.paperWho = { _, _ in "源城区人民政府 · 首席数据官" }
        whole.mayEnterPaper = true
        let came = Transfer(
            from: CaseID(high: 9 << 48, low: 1 << 63), title: "低保对象信息", provider: entry.provider,
            reason: "非本单位数据", daysLost: 3, missing: ["income"], passed: 1)
        let entered = CaseEvent(
            revision: 2, act: "enter-mapping", from: "draft", to: "mapping", at: asked.at, account: nil,
            party: nil, post: nil, comment: nil, legalBasis: nil, content: came.json)
        let mapping = request(
            Case(drafted, in: "mapping", clocks: [], history: drafted.history + [entered]), grant: nil)
        let passedOn = request(
            Case(drafted, in: "transferred", clocks: [], history: drafted.history), grant: nil)
        let questioned = CaseEvent(
            revision: 3, act: "ask-superior", from: "decision", to: "decision", at: asked.at, account: nil,
            party: applicant, post: nil, comment: nil, legalBasis: nil,
            content: SuperiorQuestion(letter: "河民函〔2026〕12号", superior: "省民政厅", sentOn: day).json)
        let asking = request(
            Case(drafted, in: "decision", clocks: [], history: drafted.history + [questioned]), grant: nil)
        var linked = around(["confirm-mapping"], nil)
        linked.earlier = came.from
        linked.successor = came.from
        let noVersion = TrialView(of: decided, ExchangeError.nothingToTry.problem)
        let notEnforceable = TrialView(of: decided, ExchangeError.fieldsInvalid([lack]).problem)
        let counted = signable.map { TrialView(of: decided, .sample($0)) }
        return [
            draft, RequestPage(request(signing, grant: nil), around([], explanation)),
            RequestPage(urgent, whole), RequestPage(mapping, linked),
            RequestPage(asking, around(["ask-superior", "superior-replied", "misdirected", "pass-on"], nil)),
            RequestPage(passedOn, linked),
            RequestPage(decided, around(["agree", "counter"], signable, trial: noVersion)),
            RequestPage(decided, around(["agree", "counter"], signable, trial: notEnforceable)),
            RequestPage(
                decided,
                around(
                    ["counter"], signable, trial: counted,
                    tried: TriedTerms(act: "counter", form: SubmittedForm()))),
            RequestPage(
                request(file, grant: nil, offer: true),
                around(
                    ["agree", "counter", "refuse", "ask-supplement", "extend"], signable, refused: refused)
            ),
            RequestPage(
                request(file, grant: GrantID(high: 1 << 48, low: 1 << 63)), around(["resubmit"], nil)),
        ]
    }()
}

extension Principal {
    static let sample = Principal(
        account: AccountID(high: 5 << 48, low: 1 << 63), party: PartyID(high: 3 << 48, low: 1 << 63),
        post: PostID(high: 6 << 48, low: 1 << 63), roles: [.consumer], channel: .commandLine, displayName: "")
}
