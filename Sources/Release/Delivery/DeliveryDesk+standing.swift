package import Kernel
package import Persistence

extension DeliveryDesk {
    /// Deliveries under a grant that go on by themselves, or will once they are resumed.
    package static func standing(under grant: GrantID, in connection: any Connection) throws -> Int {
        try connection.row(
            "SELECT COUNT(*) AS n FROM delivery WHERE grant_id = \(grant) AND state <> 'ended'")?.value("n")
            ?? 0
    }
}
