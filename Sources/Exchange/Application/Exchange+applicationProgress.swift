package import Casework
package import Identity
package import Kernel
import Persistence

/// How far the requests of an application have come.
package struct ApplicationProgress: Sendable {
    package enum Standing: String, Sendable, Hashable, CaseIterable {
        /// Signed: rows may leave or have left.
        case granted
        /// Changed terms wait for the applicant.
        case offered
        /// Refused, given back, or not shared by law; also while an objection is possible.
        case refused
        /// Withdrawn, or an offer that was not taken.
        case givenUp = "given-up"
        case underWay = "under-way"
    }

    package struct Line: Sendable {
        package let request: SharingRequest
        package let standing: Standing
        /// It is over.
        package let isOver: Bool
        /// Whose turn it is; empty at the end.
        package let holders: [CaseHolder]
        package let due: CalendarDate?
        package let isOverdue: Bool
    }

    package let lines: [Line]

    package func count(_ standing: Standing) -> Int { lines.count { $0.standing == standing } }
    package var isOver: Bool { lines.allSatisfy(\.isOver) }
    /// The day by which all that runs is due.
    package var lastDue: CalendarDate? { lines.compactMap(\.due).max() }
}

extension SharingRequest {
    package var standing: ApplicationProgress.Standing {
        if grant != nil { return .granted }
        return switch file.state {
        case "offer": .offered
        case "refused", "not-shared", "closed", "returned": .refused
        case "withdrawn", "declined": .givenUp
        default: .underWay
        }
    }
}

extension Exchange {
    package func progress(of application: Application) async throws -> ApplicationProgress {
        let workflow = try cases.workflow(SharingWorkflow.kind)
        let (today, calendar) = (clock.now().date(), cases.calendar)
        let requests = try await database.read { try applications.children(of: application.id, in: $0) }
        return ApplicationProgress(
            lines: requests.map { request in
                let readings = request.file.clocks.filter(\.isOpen).map {
                    $0.reading(on: today, calendar: calendar)
                }
                return ApplicationProgress.Line(
                    request: request, standing: request.standing,
                    isOver: workflow.state(request.file.state)?.isFinal ?? true,
                    holders: request.file.holders(under: workflow), due: readings.compactMap(\.due).min(),
                    isOverdue: readings.contains { $0.status == .overdue })
            })
    }

    /// After an act on a request: an application whose last request has ended ends with it, in the same transaction.
    func finishApplication(
        of request: SharingRequest, at now: Instant, in connection: any Connection
    ) throws {
        guard let id = request.place?.application,
            try cases.workflow(SharingWorkflow.kind).state(request.file.state)?.isFinal == true,
            try applications.underWay(of: id, in: connection) == 0,
            let application = try applications.load(id, in: connection), application.file.state == "running"
        else { return }
        let standings = try applications.children(of: id, in: connection).map(\.standing)
        let counts = ApplicationProgress.Standing.allCases.map { standing in
            (standing.rawValue, JSON.integer(Int64(standings.count { $0 == standing })))
        }
        _ = try cases.perform(
            ActRequest(
                "finish", by: .platform, at: now, revision: application.file.revision,
                content: .object(Dictionary(counts, uniquingKeysWith: { first, _ in first })),
                facts: [ApplicationWorkflow.Fact.allEnded]), on: id, in: connection)
        try cases.tell(
            application.applicant, .consumer, of: id, occasion: "finish",
            Message("application.told-finish", ["title": application.file.title]), at: now, in: connection)
    }

    /// The act first, on record; then each request by itself, as if it were withdrawn alone. One that has been decided meanwhile stays.
    /// Pressed again it goes on with what is left.
    package func withdrawRest(
        of id: CaseID, seen revision: Int, by principal: Principal, _ opinion: Opinion, key: String? = nil
    ) async throws -> (withdrawn: Int, kept: Int) {
        let application = try await perform(
            .withdrawRest, onWhole: id, seen: revision, by: principal, opinion, key: key)
        var (withdrawn, kept) = (0, 0)
        let workflow = try cases.workflow(SharingWorkflow.kind)
        for line in try await progress(of: application).lines where !line.isOver {
            guard workflow.act("withdraw")?.from.contains(line.request.file.state) == true else {
                kept += 1
                continue
            }
            do {
                _ = try await perform(
                    RequestAct.withdraw, on: line.request.id, seen: line.request.file.revision, by: principal,
                    opinion, key: key.map { "\($0)-\(line.request.place?.position ?? 0)" })
                withdrawn += 1
            } catch is CaseError {
                // Decided while this went on.
                kept += 1
            }
        }
        return (withdrawn, kept)
    }

    /// Everything on record of an application, with proofs; its last signature names its requests.
    package func applicationDossier(
        of id: CaseID, for principal: Principal, secondsMax: Int = 3,
        names: @Sendable (Case) async throws -> [String: String]
    ) async throws -> CaseDossier {
        try await dossier(secondsMax: secondsMax, names: names) { connection in
            try visibleApplication(id, to: principal, in: connection).file
        }
    }
}
