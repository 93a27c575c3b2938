import Casework
import Exchange
import Identity
import Kernel
import Letters
import Policy

extension Node {
    /// Letters that came in on a case and have their scan with them.
    func registeredReplies(on id: CaseID, for principal: Principal) async throws -> [RegisteredReply] {
        let found: [Letter]
        do { found = try await letters.letters(of: id, for: principal) } catch LetterError.notFound {
            return []
        }
        var replies: [RegisteredReply] = []
        for letter in found
        where letter.direction == .incoming && letter.state == .registered && !letter.number.isEmpty {
            guard let scan = try await letters.files(of: letter).first else { continue }
            replies.append(
                RegisteredReply(
                    id: letter.id.text,
                    consent: SuperiorConsent(
                        number: letter.number, issuer: letter.counterpart, on: letter.dated,
                        digest: scan.digest)))
        }
        return replies
    }

    /// What a letter takes from its case; nil for whoever may not know of the case.
    func letterCase(_ id: CaseID, for principal: Principal) async throws -> LetterCase? {
        let request: SharingRequest
        do { request = try await exchange.request(id, for: principal) } catch ExchangeError.requestNotFound {
            if let supervised = try await supervisedCase(id, for: principal) { return supervised }
            return try await coordinatedCase(id, for: principal)
        }
        let (applicant, provider) = (try await name(request.applicant), try await name(request.provider))
        let wish = request.wish
        return LetterCase(
            id: id, title: request.file.title, href: "/requests/\(id)",
            words: [
                "事项名称": request.file.title, "事项编号": id.text, "申请单位": applicant, "提供单位": provider,
                "使用目的": wish.purpose, "法律依据": wish.legalBasis,
                "申请信息项": wish.columns.joined(separator: "、"), "起始日期": wish.from?.official ?? "",
                "截止日期": wish.to?.official ?? "",
            ], units: principal.party == request.applicant ? [provider, applicant] : [applicant, provider])
    }

    private func supervisedCase(_ id: CaseID, for principal: Principal) async throws -> LetterCase? {
        let one: Supervision
        do { one = try await supervisions.find(id, for: principal) } catch ExchangeError.supervisionNotFound {
            return nil
        }
        let (unit, bureau) = (try await name(one.unit), try await name(one.bureau))
        return LetterCase(
            id: id, title: one.subject, href: "/supervisions/\(id)",
            words: [
                "事项名称": one.subject, "事项编号": id.text, "申请单位": bureau, "提供单位": unit, "使用目的": "",
                "法律依据": one.basis, "申请信息项": "", "起始日期": one.file.openedAt.date().official,
                "截止日期": one.due?.official ?? "",
            ], units: principal.party == one.unit ? [bureau, unit] : [unit, bureau])
    }

    private func coordinatedCase(_ id: CaseID, for principal: Principal) async throws -> LetterCase? {
        let one: Coordination
        do { one = try await coordinations.find(id, for: principal) } catch ExchangeError.coordinationNotFound
        {
            return nil
        }
        let (applicant, provider) = (try await name(one.applicant), try await name(one.provider))
        return LetterCase(
            id: id, title: one.file.title, href: "/coordinations/\(id)",
            words: [
                "事项名称": one.file.title, "事项编号": id.text, "申请单位": applicant, "提供单位": provider, "使用目的": "",
                "法律依据": "", "申请信息项": "", "起始日期": one.file.openedAt.date().official,
                "截止日期": one.closedOn?.official ?? "",
            ], units: principal.party == one.applicant ? [provider, applicant] : [applicant, provider])
    }

    private func name(_ party: PartyID) async throws -> String {
        try await parties.find(party)?.name(on: clock.now().date()) ?? party.text
    }
}
