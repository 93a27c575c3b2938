import Cryptography
import Evidence
package import Identity
package import Kernel
import Persistence
package import Policy

/// What both sides say of a test: faults, answers, and whether it passed.
extension JointTestDesk {
    /// The recipient tells what is wrong. What anybody had said of the whole is taken back with it.
    ///
    /// - Throws: `JointTestError.textNeeded`, `.tooManyFaults`, `.alreadySaid` once it is over, `.grantOver`.
    package func tell(
        _ text: String, of test: JointTestID?, under id: GrantID, by principal: Principal
    ) async throws -> JointTestFault {
        let grant = try await grant(id, for: principal)
        let permit = try permissions.permit(.runJointTest, on: grant, for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(.runJointTest) }
        let told = try Self.demand(text, field: "fault")
        let (store, evidence, now) = (store, parts.evidence, clock.now())
        let fault = JointTestFault(
            id: .new(at: now), grant: id, test: test, told: told, toldBy: account, toldAt: now, answer: nil,
            answeredBy: nil, answeredAt: nil)
        try Self.demandInForce(grant)
        try await database.write(under: permit) { connection, mandate in
            let record = try store.record(of: grant, in: connection)
            guard !record.standing.isOver else { throw JointTestError.alreadySaid }
            guard record.faults.count < JointTestFault.perGrantMax else {
                throw JointTestError.tooManyFaults(max: JointTestFault.perGrantMax)
            }
            if let test {
                guard record.tests.contains(where: { $0.id == test }) else { throw JointTestError.notFound }
            }
            try store.insert(fault, in: connection)
            try store.undoWords(of: id, at: now, in: connection)
            try evidence.append(
                Leaf(
                    id: .new(at: now), type: "joint-test.fault-told", at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(fault.id)] + Self.subjects(grant),
                    payload: ["test": .optional(test?.text), "text": .string(Self.digest(told))]),
                in: connection)
        }
        return fault
    }

    /// The provider says what it did about a fault. Once.
    package func answer(
        _ id: JointTestFaultID, with text: String, by principal: Principal
    ) async throws -> JointTestFault {
        let store = store
        let grant = try await grant(of: id, for: principal)
        let permit = try permissions.permit(.answerJointTest, on: grant, for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(.answerJointTest) }
        let said = try Self.demand(text, field: "answer")
        let (evidence, now) = (parts.evidence, clock.now())
        return try await database.write(under: permit) { connection, mandate in
            guard try store.answer(id, said, by: account, at: now, in: connection),
                let answered = try store.fault(id, in: connection)
            else { throw JointTestError.alreadyAnswered }
            try evidence.append(
                Leaf(
                    id: .new(at: now), type: "joint-test.fault-answered", at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(id)] + Self.subjects(grant),
                    payload: ["text": .string(Self.digest(said))]), in: connection)
            return answered
        }
    }

    /// Which side the principal speaks for; nil for neither.
    package func side(of grant: Grant, _ principal: Principal) -> JointTestWord.Side? {
        if permissions.allows(.acceptJointTest, on: grant.subject, for: principal) { return .recipient }
        if permissions.allows(.answerJointTest, on: grant.subject, for: principal) { return .provider }
        return nil
    }

    /// 联调通过 by both sides, or that the recipient does without. With the second word, or the waiver, a grant that demands a test lets rows
    /// out.
    ///
    /// - Throws: `JointTestError.nothingTried`, `.faultsOpen`, `.alreadySaid`, `.grantOver`.
    package func say(
        _ verdict: JointTestWord.Verdict, note: String = "", under id: GrantID, by principal: Principal
    ) async throws -> JointTestRecord {
        let grant = try await grant(id, for: principal)
        let side: JointTestWord.Side =
            verdict == .waived ? .recipient : self.side(of: grant, principal) ?? .recipient
        let action: Action = side == .recipient ? .acceptJointTest : .answerJointTest
        let permit = try permissions.permit(action, on: grant, for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(action) }
        guard note.count <= JointTestFault.textMax else {
            throw JointTestError.textNeeded(field: "note", max: JointTestFault.textMax)
        }
        // Who does without says why.
        if verdict == .waived { _ = try Self.demand(note, field: "note") }
        try Self.demandInForce(grant)
        let (store, evidence, grants, now) = (store, parts.evidence, parts.grants, clock.now())
        let word = JointTestWord(
            side: side, verdict: verdict, note: note, by: account, at: now, undoneAt: nil)
        return try await database.write(under: permit) { connection, mandate in
            let record = try store.record(of: grant, in: connection)
            guard !record.standing.isOver else { throw JointTestError.alreadySaid }
            if verdict == .passed {
                guard record.word(of: side) == nil else { throw JointTestError.alreadySaid }
                guard !record.tests.isEmpty else { throw JointTestError.nothingTried }
                guard record.openFaults == 0 else {
                    throw JointTestError.faultsOpen(record.openFaults)
                }
            } else {
                try store.undoWords(of: id, at: now, in: connection)
            }
            let leaf = LeafID.new(at: now)
            try store.insert(word, of: id, leaf: leaf, in: connection)
            let after = try store.record(of: grant, in: connection)
            if after.standing.isOver { try grants.jointTestDone(id, in: connection) }
            try evidence.append(
                Leaf(
                    id: leaf, type: "joint-test.\(verdict.rawValue)", at: now, actor: mandate.actor,
                    subjects: Self.subjects(grant),
                    payload: [
                        "side": .string(side.rawValue), "standing": .string(after.standing.rawValue),
                        "text": .string(Self.digest(note)),
                    ]), in: connection)
            return after
        }
    }

    private static func demandInForce(_ grant: Grant) throws(JointTestError) {
        guard grant.state == .active || grant.state == .suspended else { throw .grantOver }
    }

    private static func demand(_ text: String, field: String) throws(JointTestError) -> String {
        let trimmed = LookUpKey.trim(text)
        guard !trimmed.isEmpty, trimmed.count <= JointTestFault.textMax else {
            throw .textNeeded(field: field, max: JointTestFault.textMax)
        }
        return trimmed
    }

    private static func digest(_ text: String) -> String {
        DigestAlgorithm.sha256.digest(Array(text.utf8)).hex
    }
}

extension JointTestDesk {
    /// Of which a fault is.
    func grant(of id: JointTestFaultID, for principal: Principal) async throws -> Grant {
        let store = store
        guard let fault = try await database.read({ try store.fault(id, in: $0) }) else {
            throw JointTestError.notFound
        }
        do { return try await grant(fault.grant, for: principal) } catch PolicyError.grantNotFound {
            throw JointTestError.notFound
        }
    }
}
