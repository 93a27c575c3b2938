import Casework
import Foundation
import Hummingbird
package import Identity
package import Kernel
import Persistence
import Policy
package import Web

/// What a grant may become before it ends, and what its end leaves to do.
package struct LifeSite: Sendable {
    private static let uploadBytesMax = 64 << 20

    private let exchange: Exchange
    private let ends: UseEnds
    private let entryTitle: @Sendable (EntryID) async throws -> String
    private let partyName: @Sendable (PartyID) async throws -> String
    private let digest: @Sendable (_ path: String) throws -> String

    /// `digest` is the SHA-256 of a file, in hex.
    package init(
        _ exchange: Exchange, ends: UseEnds,
        entryTitle: @escaping @Sendable (EntryID) async throws -> String,
        partyName: @escaping @Sendable (PartyID) async throws -> String,
        digest: @escaping @Sendable (String) throws -> String
    ) {
        self.exchange = exchange
        self.ends = ends
        self.entryTitle = entryTitle
        self.partyName = partyName
        self.digest = digest
    }

    package func routes(_ routes: inout Routes) {
        routes.get("/grants/:id/renewal", .action(.requestShare)) { visit in
            try visit.page(try await renewal(visit))
        }
        routes.post("/grants/:id/renewal", .action(.requestShare)) { visit in
            do {
                guard let last = visit.form.date("to") else {
                    throw ExchangeError.fieldsInvalid([
                        Problem.Place("to", Message("exchange.field-required"))
                    ])
                }
                let request = try await exchange.renew(visit.id(), until: last, by: visit.principal)
                return visit.redirect(
                    to: "/requests/\(request.id)", saying: Notice(.done, Message("life.renewal-drafted")))
            } catch let error as ExchangeError where error.problem.kind == .invalid {
                return try visit.page(
                    try await renewal(visit, errors: FormErrors(error.problem)),
                    status: .unprocessableContent)
            }
        }
        routes.get("/grants/:id/change", .action(.requestShare)) { visit in
            let grant = try await grant(visit)
            return try visit.page(
                ConfirmPage(
                    title: Message("life.change"),
                    question: Message("life.change-question", ["purpose": grant.purpose]),
                    consequences: [Message("life.change-consequence")],
                    action: "/grants/\(grant.id)/change", button: Message("life.change-ask"),
                    backHref: "/grants/\(grant.id)"))
        }
        routes.post("/grants/:id/change", .action(.requestShare)) { visit in
            let request = try await exchange.change(visit.id(), by: visit.principal)
            return visit.redirect(
                to: "/requests/\(request.id)/wish", saying: Notice(.done, Message("life.change-drafted")))
        }
        routes.get("/end-of-use", .action(.readReceipt)) { try await list($0) }
        routes.get("/end-of-use/:id", .action(.readReceipt)) { visit in
            let end = try await ends.find(visit.id(), for: visit.principal)
            return try visit.page(
                EndOfUsePage(
                    try await line(end), on: visit.now.date(),
                    mayCertify: ends.mayCertify(end, visit.principal)))
        }
        routes.post(
            "/end-of-use/:id/certificate", .action(.requestShare),
            body: .upload(bytesMax: Self.uploadBytesMax, door: .certificate)
        ) { try await certify($0) }
    }

    private func grant(_ visit: Visit) async throws -> Grant {
        let id: GrantID = try visit.id()
        let (grants, scope) = (
            exchange.grants, exchange.permissions.scope(of: .grant, for: visit.principal)
        )
        return try await exchange.database.read { try grants.find(id, scope: scope, in: $0) }
    }

    private func renewal(_ visit: Visit, errors: FormErrors? = nil) async throws -> ConfirmPage {
        let grant = try await grant(visit)
        let id = grant.id
        let typed = visit.form["to"]
        let proposed = grant.validity?.to.adding(months: 12).description ?? ""
        var field = Field.date(
            "to", Message("life.renewal-until"), value: typed.isEmpty ? proposed : typed
        ).required()
        if let end = grant.announcedEnd {
            field = field.hint(Message("announced-end.renewal-past", ["day": end.description]))
        }
        if let errors { field = field.checked(errors) }
        return ConfirmPage(
            title: Message("life.renewal"),
            question: Message(
                "life.renewal-question",
                ["purpose": grant.purpose, "to": grant.validity?.to.description ?? ""]),
            consequences: [Message("life.renewal-consequence")], action: "/grants/\(id)/renewal",
            fields: [field], errors: errors?.summary(of: [field]), button: Message("life.renewal-ask"),
            backHref: "/grants/\(id)")
    }

    private func list(_ visit: Visit) async throws -> Response {
        let asked = TableQuery(visit, sortable: [], order: "due")
        let (found, count) = try await ends.list(
            EndFilter(standing: EndOfUse.Standing(rawValue: asked.value("standing"))),
            for: visit.principal, after: asked.isExport ? nil : asked.after.flatMap(EndOfUse.Place.init),
            linesMax: asked.limit)
        let page = EndOfUseListPage(
            try await lines(found), count: count, on: visit.now.date(), query: asked,
            next: found.count == asked.limit ? found.last.map { EndOfUse.Place($0).text } : nil)
        if asked.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page)
    }

    private func line(_ end: EndOfUse) async throws -> EndOfUseListPage.Line {
        EndOfUseListPage.Line(
            end: end, entry: try await entryTitle(end.entry), provider: try await partyName(end.provider),
            recipient: try await partyName(end.recipient))
    }

    private func lines(_ found: [EndOfUse]) async throws -> [EndOfUseListPage.Line] {
        var lines: [EndOfUseListPage.Line] = []
        for end in found { lines.append(try await line(end)) }
        return lines
    }

    private func certify(_ visit: Visit) async throws -> Response {
        let grant: GrantID = try visit.id()
        do {
            let attachments = try visit.form.files("attachments").filter { $0.bytes > 0 }.map {
                DestructionCertificate.Attachment(
                    name: $0.fileName, bytes: $0.bytes, sha256: try digest($0.path))
            }
            guard let day = visit.form.date("on") else {
                throw ExchangeError.fieldsInvalid([
                    Problem.Place("on", Message("exchange.field-required"))
                ])
            }
            try await ends.certify(
                grant,
                DestructionCertificate(
                    what: visit.form["what"], how: visit.form["how"], on: day, byWhom: visit.form["byWhom"],
                    witness: visit.form["witness"], attachments: attachments), by: visit.principal)
        } catch let error as any ProblemConvertible
            where error is UploadRefused || (error as? ExchangeError)?.problem.kind == .invalid
        {
            let end = try await ends.find(grant, for: visit.principal)
            return try visit.page(
                EndOfUsePage(
                    try await line(end), on: visit.now.date(), mayCertify: true, typed: visit.form,
                    errors: FormErrors(error.problem)), status: .unprocessableContent)
        }
        return visit.redirect(
            to: "/end-of-use/\(grant)", saying: Notice(.done, Message("life.certified")))
    }

    /// What waits beside cases: certificates that are owed, and the unit's own grants that end soon.
    package func reminders(for principal: Principal) async throws -> [Table] {
        guard exchange.permissions.mayEver(.readReceipt, principal) else { return [] }
        let now = exchange.clock.now()
        var tables: [Table] = []
        let (owed, count) = try await ends.list(
            EndFilter(isPressing: true), for: principal, linesMax: Self.remindedMax)
        if !owed.isEmpty {
            tables.append(
                EndOfUseListPage.table(
                    try await lines(owed), count: count, on: now.date(),
                    caption: Message("life.owed-reminder")))
        }
        if let soon = try await ending(for: principal, at: now) { tables.append(soon) }
        return tables
    }

    private static let remindedMax = 20

    private func ending(for principal: Principal, at now: Instant) async throws -> Table? {
        guard let party = principal.party, exchange.permissions.mayEver(.requestShare, principal) else {
            return nil
        }
        let today = now.date()
        let rule = try exchange.cases.rules.rule(SharingDeadlines.renewal, on: today)
        let last = try exchange.cases.calendar.deadline(from: today, workingDays: rule.workingDays).date
        let (grants, requests) = (exchange.grants, exchange.requests)
        let soon = try await exchange.database.read { connection in
            try grants.ending(
                for: party, until: last, on: today, linesMax: Self.remindedMax, in: connection
            ).filter { try requests.openReplacement(of: $0.id, in: connection) == nil }
        }
        guard !soon.isEmpty else { return nil }
        var rows: [[Table.Cell]] = []
        for grant in soon {
            rows.append([
                Table.Cell(.data(try await entryTitle(grant.entry)), href: "/grants/\(grant.id)"),
                Table.Cell(.data(grant.purpose)),
                Table.Cell(grant.lastDay.map { .date($0) } ?? .nothing),
                grant.announcedEnd == nil
                    ? Table.Cell(.word(Message("life.renewal")), href: "/grants/\(grant.id)/renewal")
                    : Table.Cell(
                        .word(Message("announced-end.look")), href: AnnouncedEndLinks.of(grant.id)),
            ])
        }
        return Table(
            id: "ending", caption: Message("life.ending"),
            columns: ["entry", "purpose", "until", "next"].map {
                Table.Column(Message("life.column.\($0)"))
            }, rows: rows, count: rows.count, empty: EmptyState(Message("life.ends-empty")))
    }
}
