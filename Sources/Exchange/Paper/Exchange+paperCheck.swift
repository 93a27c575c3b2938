import Casework
import Identity
import Kernel
import Persistence
import Policy

/// What is looked at before anything of a sheet counts. What is not known to be right is refused.
extension Exchange {
    struct ReadSheet {
        let signer: PaperSigner
        let opinion: PaperOpinion
        let scan: PaperScan
    }

    /// All that is wrong with the form at once.
    func read(
        _ entry: PaperEntry, _ request: SharingRequest, on today: CalendarDate,
        in connection: any Connection
    ) throws -> ReadSheet {
        func needed(_ name: String) -> Problem.Place {
            Problem.Place(name, Message("exchange.field-required"))
        }
        var faults: [Problem.Place] = []
        if entry.signer == nil { faults.append(needed("signer")) }
        if SharingWorkflow.onPaper[request.file.state]?.contains(entry.decision) != true {
            faults.append(needed("decision"))
        }
        faults += Self.opinionFaults(entry)
        if let signedOn = entry.signedOn {
            faults += dayFaults(signedOn, request, on: today)
        } else {
            faults.append(needed("signedOn"))
        }
        faults += Self.textFaults("reason", entry.reason, PaperOpinion.reasonCharactersMax)
        let scan = try entry.scan.flatMap { try cases.scan($0, in: connection) }
        if let scan {
            if try scan.caseID != request.id || cases.isUsed(scan.id, in: connection) {
                faults.append(Problem.Place("scan", Message("paper.scan-unknown")))
            }
        } else {
            faults.append(
                entry.scan == nil ? needed("scan") : Problem.Place("scan", Message("paper.scan-unknown")))
        }
        guard faults.isEmpty, let signer = entry.signer, let signedOn = entry.signedOn, let scan else {
            throw PaperError.fieldsInvalid(faults)
        }
        func text(_ value: String) -> String? { value.allSatisfy(\.isWhitespace) ? nil : value }
        return ReadSheet(
            signer: signer,
            opinion: PaperOpinion(
                act: entry.decision, comment: text(entry.comment),
                legalBasis: entry.decision == "refuse" ? text(entry.legalBasis) : nil, signedOn: signedOn,
                isJudgedBySigned: entry.isJudgedBySigned, reason: entry.reason), scan: scan)
    }

    private static func opinionFaults(_ entry: PaperEntry) -> [Problem.Place] {
        var faults: [Problem.Place] = []
        for (name, text) in [("comment", entry.comment), ("legalBasis", entry.legalBasis)] {
            if entry.decision == "refuse", text.allSatisfy(\.isWhitespace) {
                faults.append(Problem.Place(name, Message("exchange.field-required")))
            } else if text.unicodeScalars.count > Case.commentCharactersMax {
                faults.append(
                    Problem.Place(
                        name,
                        Message("exchange.field-too-long", ["charactersMax": "\(Case.commentCharactersMax)"]))
                )
            }
        }
        return faults
    }

    private func dayFaults(
        _ day: CalendarDate, _ request: SharingRequest, on today: CalendarDate
    ) -> [Problem.Place] {
        let since = request.file.stepSince
        if day > today { return [Problem.Place("signedOn", Message("paper.signed-ahead"))] }
        if day < since {
            return [
                Problem.Place("signedOn", Message("paper.signed-before", ["since": since.description]))
            ]
        }
        guard day < today.adding(days: -rules.lateEntryDaysMax) else { return [] }
        return [
            Problem.Place(
                "signedOn", Message("paper.signed-long-ago", ["daysMax": "\(rules.lateEntryDaysMax)"]))
        ]
    }

    /// Who signed, as they were on that day: a holder or deputy of a post that could give one of these signatures, with the right to.
    func signing(
        _ signer: PaperSigner, _ open: [Case.OpenSignature], _ request: SharingRequest,
        on day: CalendarDate, in connection: any Connection
    ) throws -> Principal {
        let workflow = try cases.workflow(SharingWorkflow.kind)
        let names = SharingWorkflow.onPaper[request.file.state] ?? []
        for signature in open {
            let terms = try neighbours.signers(signature.holder, day, day, connection)
            let term = terms.first {
                $0.account == signer.account && $0.post.id == signer.post && $0.isDeputy == signer.isDeputy
                    && $0.covers(day)
            }
            guard let term, term.post.party == signature.holder.party else { continue }
            let principal = Principal(
                account: term.account, party: term.post.party, post: term.post.id, roles: term.post.roles,
                channel: .commandLine, displayName: term.person, isDeputy: term.isDeputy)
            let subject = subject(of: request, revision: request.file.revision)
            let mayDo = names.compactMap(workflow.act).contains { act in
                request.file.action(for: act, under: workflow).map {
                    permissions.allows($0, on: subject, for: principal)
                } ?? false
            }
            if mayDo { return principal }
        }
        throw PaperError.fieldsInvalid([
            Problem.Place("signer", Message("paper.signer-not-then", ["day": day.description]))
        ])
    }
}
