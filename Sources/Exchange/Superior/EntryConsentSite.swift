import Hummingbird
import Identity
import Kernel
import Policy
package import Web

/// Where a provider says that requests for an entry need the consent of the department above: a page, and calls for programs.
package struct EntryConsentSite: Sendable {
    private let consents: EntryConsents

    package init(_ consents: EntryConsents) { self.consents = consents }

    private var exchange: Exchange { consents.exchange }

    package func routes(_ routes: inout Routes) {
        let path = "/catalogue/:id/consent"
        routes.get(path, .action(.setApprovalChain)) { visit in
            let entry = try await own(visit)
            return try visit.page(EntryConsentPage(entry, try await exchange.consent(of: entry.id)))
        }
        routes.post(path, .action(.setApprovalChain)) { visit in
            let entry = try await own(visit)
            let consent = EntryConsent(superior: visit.form["superior"], basis: visit.form["basis"])
            do { try await consents.set(consent, of: entry.id, by: visit.principal) } catch let error
                as ExchangeError where error.problem.kind == .invalid
            {
                return try visit.page(
                    EntryConsentPage(entry, consent, isSet: false, errors: FormErrors(error.problem)),
                    status: .unprocessableContent)
            }
            return visit.redirect(
                to: "/catalogue/\(entry.id)", saying: Notice(.done, Message("superior.consent-set")))
        }
        routes.post("\(path)/removal", .action(.setApprovalChain)) { visit in
            let entry = try await own(visit)
            try await consents.set(nil, of: entry.id, by: visit.principal)
            return visit.redirect(
                to: "/catalogue/\(entry.id)", saying: Notice(.done, Message("superior.consent-ended")))
        }
        calls(&routes)
    }

    private func own(_ visit: Visit) async throws -> RequestedEntry {
        let entry = try await exchange.entry(visit.id())
        guard exchange.maySetConsent(of: entry, visit.principal) else { throw Visit.notFound }
        return entry
    }

    private func calls(_ routes: inout Routes) {
        let path = "/api/v1/entries/:id/consent"
        routes.get(path, .anyOf(ExchangeSite.actsOfRequests), describing: .readConsent) { visit in
            let entry = try await exchange.entry(visit.id())
            return visit.json(Self.json(try await exchange.consent(of: entry.id)))
        }
        routes.put(path, .action(.setApprovalChain), describing: .setConsent) { visit in
            let members = visit.json.object ?? [:]
            if let unknown = members.keys.sorted().first(where: {
                !["isNeeded", "superior", "basis"].contains($0)
            }) {
                throw ExchangeError.bodyMalformed(member: unknown)
            }
            guard let isNeeded = members["isNeeded"]?.boolean else {
                throw ExchangeError.bodyMalformed(member: "isNeeded")
            }
            let consent = EntryConsent(
                superior: members["superior"]?.string ?? "", basis: members["basis"]?.string ?? "")
            try await consents.set(isNeeded ? consent : nil, of: visit.id(), by: visit.principal)
            return visit.json(Self.json(isNeeded ? consent : nil))
        }
    }

    private static func json(_ consent: EntryConsent?) -> JSON {
        [
            "isNeeded": .boolean(consent != nil),
            "superior": consent.map { .string($0.superior) } ?? .null,
            "basis": consent.map { .string($0.basis) } ?? .null,
        ]
    }
}

extension Operation {
    private static let consent = JSONShape.named(
        "EntryConsent",
        .object([
            .needed("isNeeded", .boolean), .optional("superior", .nullable(.text)),
            .optional("basis", .nullable(.text)),
        ]))

    fileprivate static let readConsent = Operation(
        "requests", Message("superior.api-read"),
        answers: [Answer(200, Message("exchange.api.ok"), .json(consent))])

    fileprivate static let setConsent = Operation(
        "requests", Message("superior.api-set"), about: Message("superior.api-set-about"), takes: consent,
        sample: ["isNeeded": true, "superior": "省民政厅", "basis": "粤民发〔2024〕5号"],
        answers: [Answer(200, Message("exchange.api.ok"), .json(consent))], problems: [.refused, .conflict])
}
