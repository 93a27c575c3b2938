import Casework
import Identity
import Kernel
import Policy
import Web

extension ApplicationPage {
    static let sampleDraft: Application? = {
        let applicant = PartyID(high: 3 << 48, low: 1 << 63)
        let file = try? Case(
            CaseOpening(
                id: CaseID(high: 9 << 48, low: 1 << 63), kind: ApplicationWorkflow.kind, title: "低保家庭经济状况核对",
                about: Case.Subject(applicant),
                seats: [
                    ApplicationWorkflow.Seat.applicant: applicant,
                    ApplicationWorkflow.Seat.bureau: PartyID(high: 4 << 48, low: 1 << 63),
                ], by: .sample, at: Instant(microseconds: 1_795_600_000_000_000)),
            under: ApplicationWorkflow.declared())
        var wish = RequestWish(columns: ["id_number", "status"], rows: "status = '在业'", deliveries: [.csv])
        wish.treatments = ["id_number": "keep-6-4"]
        let content = ApplicationContent(
            common: RequestWish(businessItem: "低保家庭经济状况核对"),
            parts: [
                ApplicationPart(entry: RequestedEntry.sample.id, wish: wish),
                ApplicationPart(entry: EntryID(high: 8 << 48, low: 1 << 63)),
            ])
        return file.map { Application(file: $0, applicant: applicant, content: content) }
    }()

    package static let samples: [ApplicationPage] = {
        guard let draft = sampleDraft, let workflow = try? ApplicationWorkflow.declared() else { return [] }
        func around(
            _ acts: [String], faults: [Problem.Place] = [], progress: ApplicationProgress? = nil,
            search: Found? = nil, refused: RefusedAct? = nil
        ) -> Surroundings {
            Surroundings(
                party: { _ in "源城区人民政府" }, post: { _ in "审批科经办岗" }, say: { $0.key }, workflow: workflow,
                acts: acts, entries: [RequestedEntry.sample.id: .sample], faults: faults,
                progress: progress, search: search, key: "k", refused: refused)
        }
        let needed = Message("exchange.field-required")
        func event(_ act: String, _ from: String, _ to: String, _ content: JSON) -> CaseEvent {
            CaseEvent(
                revision: 2, act: act, from: from, to: to,
                at: Instant(microseconds: 1_795_600_000_000_000), account: nil, party: draft.applicant,
                post: nil, comment: "请核对范围", legalBasis: nil, content: content)
        }
        let signing = Application(
            file: Case(
                draft.file, in: "sign-off", clocks: [],
                history: draft.file.history + [
                    event("submit", "draft", "sign-off", [:]),
                    event("return-sign-off", "sign-off", "sign-off", ["step": 1]),
                ]), applicant: draft.applicant, content: draft.content)
        let running = Application(
            file: Case(draft.file, in: "running", clocks: [], history: draft.file.history),
            applicant: draft.applicant, content: draft.content)
        let missing = RefusedAct(
            name: "withdraw-rest", form: SubmittedForm(),
            problem: Problem(
                .invalid, Message("casework.input-missing"),
                places: [Problem.Place("comment", Message("casework.field-required"))]))
        var request = RequestPage.sampleFile.map { file in
            SharingRequest(
                file: file, entry: RequestedEntry.sample.id, applicant: draft.applicant,
                provider: RequestedEntry.sample.provider, wish: RequestWish(), offer: nil,
                grant: GrantID(high: 1 << 48, low: 1 << 63))
        }
        request?.place = ApplicationPlace(application: draft.id, position: 1)
        let lines = [request].compactMap(\.self).flatMap { request in
            [true, false].map { isOver in
                ApplicationProgress.Line(
                    request: request, standing: .granted, isOver: isOver, holders: [],
                    due: isOver ? nil : CalendarDate(daysSince1970: 20_790), isOverdue: !isOver)
            }
        }
        return [
            ApplicationPage(
                draft,
                around(
                    ["save", "submit", "withdraw"],
                    faults: [
                        Problem.Place("common.purpose", needed), Problem.Place("entries[1].entry", needed),
                        Problem.Place("entries[0].expectedRows", needed),
                    ], search: Found(words: "法人", entries: []))),
            ApplicationPage(
                Application(
                    file: draft.file, applicant: draft.applicant,
                    content: ApplicationContent(common: draft.content.common)),
                around(["save"], search: Found(words: "法人", entries: [.sample]))),
            ApplicationPage(signing, around(["sign-off", "send-back"])),
            ApplicationPage(
                running,
                around(
                    ["withdraw-rest"], progress: ApplicationProgress(lines: lines), refused: missing)),
            ApplicationPage(
                running, around([], progress: ApplicationProgress(lines: Array(lines.prefix(1))))),
        ]
    }()
}
