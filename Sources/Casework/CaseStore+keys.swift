package import Kernel
package import Persistence

/// Idempotency: the second click of a button, the repeated call after a lost answer. One key is one act of one account.
extension CaseStore {
    package static let keyCharactersMax = 100

    /// The case that an earlier act under this key acted on, or nil when the key is new.
    /// Throws when the key was used for another act or another case.
    package func repeated(
        _ key: String?, act: String, on id: CaseID?, by account: AccountID, in connection: any Connection
    ) throws -> Case? {
        guard let key else { return nil }
        guard (1...Self.keyCharactersMax).contains(key.unicodeScalars.count) else {
            throw CaseError.textTooLong(field: "key", charactersMax: Self.keyCharactersMax)
        }
        let row = try connection.row(
            "SELECT case_id, act FROM case_key WHERE account_id = \(account) AND key = \(key)")
        guard let row else { return nil }
        let earlier: CaseID = try row.value("case_id")
        guard try row.value("act", as: String.self) == act, id == nil || id == earlier else {
            throw CaseError.keyUsedOtherwise
        }
        return try load(earlier, in: connection)
    }

    package func remember(
        _ key: String?, act: String, on value: Case, by account: AccountID, in connection: any Connection
    ) throws {
        guard let key else { return }
        try connection.execute(
            """
            INSERT INTO case_key (account_id, key, case_id, act, revision)
            VALUES (\(account), \(key), \(value.id), \(act), \(value.revision))
            """)
    }
}
