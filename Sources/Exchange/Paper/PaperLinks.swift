package import Casework
package import Identity
package import Kernel
package import Web

enum PaperLinks {
    static func all(_ id: CaseID) -> String { "/requests/\(id)/paper-approvals" }
    static func new(_ id: CaseID) -> String { "\(all(id))/new" }
    static func one(_ id: PaperApprovalID, of request: CaseID) -> String { "\(all(request))/\(id)" }
    static func scan(_ id: PaperScanID, of request: CaseID) -> String {
        "/requests/\(request)/paper-scans/\(id)/file"
    }
}

/// Where the scans of signed sheets are kept; `Server` passes it in.
package struct PaperScans: Sendable {
    package typealias Keep =
        @Sendable (_ id: PaperScanID, _ path: String, _ name: String, Principal) async throws -> Kept

    package struct Kept: Sendable {
        let name: String
        let mediaType: String
        let bytes: Int
        let sha256: String
        let isScanned: Bool

        package init(name: String, mediaType: String, bytes: Int, sha256: String, isScanned: Bool) {
            self.name = name
            self.mediaType = mediaType
            self.bytes = bytes
            self.sha256 = sha256
            self.isScanned = isScanned
        }
    }

    let keep: Keep
    /// The bytes, when they are still those of the digest.
    let read: @Sendable (PaperScan) throws -> [UInt8]
    let drop: @Sendable (PaperScanID) -> Void
    let accept: String
    let bytesMax: Int

    package init(
        keep: @escaping Keep, read: @escaping @Sendable (PaperScan) throws -> [UInt8],
        drop: @escaping @Sendable (PaperScanID) -> Void, accept: String, bytesMax: Int
    ) {
        self.keep = keep
        self.read = read
        self.drop = drop
        self.accept = accept
        self.bytesMax = bytesMax
    }

    /// Kept and put with the case; without its row a file is nobody's and goes again.
    package func bring(
        fileAt path: String, named name: String, to id: CaseID, in exchange: Exchange,
        by principal: Principal
    ) async throws -> PaperScan {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        let now = exchange.clock.now()
        let scan = PaperScanID.new(at: now)
        let request = try await exchange.request(id, for: principal)
        try exchange.demandEnterer(principal, of: request)
        let kept = try await keep(scan, path, name, principal)
        do {
            let row = PaperScan(
                id: scan, caseID: id, name: kept.name, mediaType: kept.mediaType, bytes: kept.bytes,
                sha256: kept.sha256, isScanned: kept.isScanned, broughtBy: account, broughtAt: now)
            try await exchange.bring(row, by: principal)
            return row
        } catch {
            drop(scan)
            throw error
        }
    }
}

/// What is said of one entry, in a sentence, wherever the case is shown.
package struct PaperLine: Sendable {
    package let text: Message
    package let state: Chip
    package let href: String

    init(_ approval: PaperApproval, _ who: (PartyID, PostID?) -> String) {
        text = Self.sentence(approval, who)
        state = Self.chip(approval)
        href = PaperLinks.one(approval.id, of: approval.caseID)
    }

    static func chip(_ approval: PaperApproval) -> Chip {
        let word = Message("paper.state.\(approval.state.rawValue)")
        return switch approval.state {
        case .waiting: Chip(word, .warn)
        case .compared: Chip(word, .info)
        case .confirmed: Chip(word, .good)
        case .objected: Chip(word, .bad)
        case .lapsed: Chip(word, .neutral)
        }
    }

    /// Signed on paper when and by whom, entered when and by whom, and what came of it.
    static func sentence(_ approval: PaperApproval, _ who: (PartyID, PostID?) -> String) -> Message {
        let party = approval.holder.party
        var arguments = [
            "signedOn": approval.opinion.signedOn.description, "signer": who(party, approval.signer.post),
            "enteredOn": approval.entered.at.date().description,
            "enterer": who(party, approval.entered.post), "due": approval.dueOn.description,
        ]
        let hand = approval.closed ?? approval.compared
        arguments["on"] = hand?.at.date().description ?? ""
        arguments["by"] = hand.map { who(party, $0.post) } ?? ""
        let counts = approval.countedRevision == nil ? "uncounted" : "counted"
        let key = approval.state == .waiting ? "waiting-\(counts)" : approval.state.rawValue
        return Message("paper.sentence.\(key)", arguments)
    }
}

extension PaperApproval {
    package func apiJSON() -> JSON {
        func hand(_ hand: Hand?) -> JSON {
            guard let hand else { return .null }
            return [
                "account": .string(hand.account.text), "post": hand.post.map { .string($0.text) } ?? .null,
                "at": .string(hand.at.description),
            ]
        }
        return [
            "id": .string(id.text), "request": .string(caseID.text), "state": .string(state.rawValue),
            "act": .string(opinion.act), "step": .integer(Int64(position.step + 1)),
            "unit": .string(holder.party.text), "role": .string(holder.role.rawValue),
            "signer": .string(signer.text), "signedOn": .string(opinion.signedOn.description),
            "judgedBySigned": .boolean(opinion.isJudgedBySigned), "reason": .string(opinion.reason),
            "comment": opinion.comment.map { .string($0) } ?? .null,
            "legalBasis": opinion.legalBasis.map { .string($0) } ?? .null,
            "scan": [
                "id": .string(scan.id.text), "name": .string(scan.name), "bytes": .integer(Int64(scan.bytes)),
                "sha256": .string(scan.sha256), "scanned": .boolean(scan.isScanned),
            ],
            "entered": hand(entered), "due": .string(dueOn.description),
            "counts": .boolean(countedRevision != nil),
            "revision": countedRevision.map { .integer(Int64($0)) } ?? .null, "compared": hand(compared),
            "closed": hand(closed), "closingWords": closingWords.map { .string($0) } ?? .null,
        ]
    }
}
