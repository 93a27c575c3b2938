import Casework
import Foundation
import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// The pages of the working-day calendar: read by everybody who works here, published by the bureau and the administrator.
struct CalendarSite {
    /// Cases that are reckoned before the answer; the round goes on with the others.
    static let casesPerAnswerMax = 500

    let calendar: WorkingCalendar
    let permissions: Permissions
    let actors: Actors.Reader

    func routes(_ routes: inout Routes) {
        routes.get(CalendarLinks.calendar, .signedIn) { try await show($0) }
        routes.get(CalendarLinks.newYear, .action(.publishCalendar)) { visit in
            let known = visit.query.integer("year").flatMap { calendar.calendars.now.years[$0]?.tsv }
            return try visit.page(CalendarFormPage.year(lines: known ?? Self.draft(visit)))
        }
        routes.post(
            "\(CalendarLinks.years)/preview", .action(.publishCalendar),
            body: .upload(bytesMax: 2 * WorkingCalendar.textBytesMax + 65_536, door: .calendar)
        ) { try await previewYear($0) }
        routes.post(CalendarLinks.years, .action(.publishCalendar)) { visit in
            try await publish(visit) { .year(try calendar.year(of: visit.form["lines"])) }
        }
        routes.get(CalendarLinks.newClosure, .action(.publishCalendar)) { visit in
            try visit.page(CalendarFormPage.closure(SubmittedForm()))
        }
        routes.post("\(CalendarLinks.closures)/preview", .action(.publishCalendar)) { visit in
            try await previewClosure(visit)
        }
        routes.post(CalendarLinks.closures, .action(.publishCalendar)) { visit in
            try await publish(visit) { .closure(try Self.closure(visit.form)) }
        }
        routes.get("\(CalendarLinks.calendar)/publications/:number", .action(.publishCalendar)) { visit in
            try await publication(visit)
        }
        let withdrawal = "\(CalendarLinks.calendar)/publications/:number/withdrawal"
        routes.get(withdrawal, .action(.publishCalendar)) { visit in
            try await previewWithdrawal(visit, errors: nil)
        }
        routes.post(withdrawal, .action(.publishCalendar)) { visit in
            do {
                return try await publish(visit) {
                    .withdrawal(of: try Self.number(visit), reason: visit.form["reason"])
                }
            } catch let fault as CalendarFault where fault.problem.kind == .invalid {
                return try await previewWithdrawal(visit, errors: FormErrors(fault.problem))
            }
        }
    }

    /// What a year begins with that nobody has announced here.
    private static func draft(_ visit: Visit) -> String {
        let year = visit.query.integer("year") ?? visit.now.date().components.year + 1
        return "year\t\(year)\t\(year)\t国务院办公厅关于\(year)年部分节假日安排的通知\n"
            + "holiday\t\(year)-01-01\t\(year)-01-01\t元旦\n"
    }

    private func mayKnowCases(_ principal: Principal) -> Bool {
        permissions.scope(of: .shareRequest, for: principal).reasons == [.everything]
    }

    private func show(_ visit: Visit) async throws -> Response {
        let today = visit.now.date()
        let year = visit.query.integer("year") ?? today.components.year
        guard (2_000...2_100).contains(year) else { throw Visit.notFound }
        let publications = try await calendar.publications()
        return try visit.page(
            CalendarPage(
                CalendarPage.Content(
                    year: year, calendar: calendar.calendars.now, publications: publications,
                    actors: try await Actors(of: publications.map(\.by), reader: actors), today: today,
                    mayPublish: permissions.mayEver(.publishCalendar, visit.principal))))
    }

    // MARK: - Looking before publishing

    private func previewYear(_ visit: Visit) async throws -> Response {
        var lines = visit.form["lines"]
        do {
            if let file = try visit.form.file("file"), file.bytes > 0 { lines = try Self.text(of: file) }
            let year = try calendar.year(of: lines)
            let preview = try await calendar.preview(.year(year), by: visit.principal)
            return try visit.page(
                preview.page(
                    action: CalendarLinks.years, back: "\(CalendarLinks.newYear)?year=\(year.year)",
                    carried: [Table.Pair("lines", year.tsv)], showsCases: mayKnowCases(visit.principal)))
        } catch let fault as any ProblemConvertible where fault is CalendarFault || fault is UploadRefused {
            return try visit.page(
                CalendarFormPage.year(lines: lines, errors: FormErrors(fault.problem)),
                status: .unprocessableContent)
        }
    }

    private static func text(of file: UploadedFile) throws -> String {
        guard file.bytes <= WorkingCalendar.textBytesMax else {
            throw CalendarFault.linesTooMany(linesMax: WorkingCalendar.linesMax)
        }
        let bytes = try Data(contentsOf: URL(filePath: file.path))
        guard let text = String(data: bytes, encoding: .utf8) else { throw CalendarFault.notText }
        return text
    }

    private func previewClosure(_ visit: Visit) async throws -> Response {
        do {
            let closure = try Self.closure(visit.form)
            let preview = try await calendar.preview(.closure(closure), by: visit.principal)
            let carried = ["from", "to", "reason", "document"].map { Table.Pair($0, visit.form[$0]) }
            return try visit.page(
                preview.page(
                    action: CalendarLinks.closures, back: CalendarLinks.newClosure, carried: carried,
                    showsCases: mayKnowCases(visit.principal)))
        } catch let fault as CalendarFault {
            return try visit.page(
                CalendarFormPage.closure(visit.form, errors: FormErrors(fault.problem)),
                status: .unprocessableContent)
        }
    }

    private static func closure(_ form: SubmittedForm) throws(CalendarFault) -> LocalClosure {
        var faults: [Problem.Place] = []
        for field in ["from", "to"] where form.date(field) == nil {
            faults.append(Problem.Place(field, Message("calendar.day-unreadable")))
        }
        guard let from = form.date("from"), let to = form.date("to") else { throw .fieldsInvalid(faults) }
        return LocalClosure(from: from, to: to, reason: form["reason"], document: form["document"])
    }

    private static func number(_ visit: Visit) throws -> Int {
        guard let number = Int(try visit.parameter("number")) else { throw Visit.notFound }
        return number
    }

    private func previewWithdrawal(_ visit: Visit, errors: FormErrors?) async throws -> Response {
        let number = try Self.number(visit)
        let preview = try await calendar.preview(.withdrawal(of: number, reason: ""), by: visit.principal)
        let page = preview.page(
            action: CalendarLinks.withdrawal(number), back: CalendarLinks.publication(number), carried: [],
            fields: [
                Field.area("reason", Message("calendar.reason"), value: visit.form["reason"]).required()
            ], errors: errors, showsCases: mayKnowCases(visit.principal))
        return try visit.page(page, status: errors == nil ? .ok : .unprocessableContent)
    }

    // MARK: - Publishing

    private func publish(
        _ visit: Visit, _ change: () throws -> CalendarChange
    ) async throws -> Response {
        guard let revision = visit.form.integer("revision") else {
            throw Problem(.invalid, Message("calendar.revision-missing"))
        }
        let publication = try await calendar.publish(try change(), seen: revision, by: visit.principal)
        try await calendar.reckon(casesMax: Self.casesPerAnswerMax)
        return visit.redirect(
            to: CalendarLinks.publication(publication.revision),
            saying: Notice(.done, Message("calendar.done")))
    }

    private func publication(_ visit: Visit) async throws -> Response {
        let number = try Self.number(visit)
        let all = try await calendar.publications()
        guard let publication = all.first(where: { $0.revision == number }) else {
            throw CalendarFault.notFound
        }
        let (moves, count, outstanding) = try await calendar.recomputation(of: number)
        return try visit.page(
            CalendarPublicationPage(
                CalendarPublicationPage.Content(
                    publication: publication,
                    actors: try await Actors(of: [publication.by], reader: actors), moves: moves,
                    movedCount: count, outstanding: outstanding,
                    isInForce: WorkingCalendar.inForce(all).contains { $0.revision == number },
                    showsCases: mayKnowCases(visit.principal))))
    }
}
