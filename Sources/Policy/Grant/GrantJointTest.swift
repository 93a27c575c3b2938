package import Kernel
package import Persistence

/// 联调测试 as a term: what the ledger looks at before any row is reserved.
extension GrantStore {
    static let jointTestRequired = "required"

    /// It has passed or was waived. Nothing of the grant's terms changes, and so does no revision. Whoever calls writes the leaf.
    package func jointTestDone(_ id: GrantID, in connection: any Connection) throws {
        try connection.execute(
            "UPDATE policy_grant SET joint_test = 'done' WHERE id = \(id) AND joint_test = 'required'")
    }
}

extension Grant {
    package var needsJointTest: Bool { clauses.contains { $0.kind == .jointTest } }
}
