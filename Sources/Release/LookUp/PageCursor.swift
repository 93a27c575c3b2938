import Cryptography
import Foundation
import Kernel

/// Where a page ended: the version and the row, with proof that this node said so for this grant.
struct PageCursor: Hashable {
    let version: VersionID
    /// From 0, in the version's order.
    let row: Int64

    init(version: VersionID, row: Int64) {
        self.version = version
        self.row = row
    }

    init(_ text: String, of grant: GrantID, _ mac: MAC) throws(ReleaseError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let version = VersionID(parts[0]), let row = Int64(parts[1]), row >= 0,
            Secrets.equal(Array(parts[2].utf8), Array(Self.proof(version, row, grant, mac).utf8))
        else { throw .cursorUnknown }
        self.init(version: version, row: row)
    }

    func text(of grant: GrantID, _ mac: MAC) -> String {
        "\(version).\(row).\(Self.proof(version, row, grant, mac))"
    }

    private static func proof(_ version: VersionID, _ row: Int64, _ grant: GrantID, _ mac: MAC) -> String {
        Array(mac.tag("page/\(grant)/\(version)/\(row)").prefix(16)).hex
    }
}

/// Carries the end of a page out of a closure that answers rows.
final class PageStart: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Int64?

    var row: Int64? { lock.withLock { value } }
    func set(_ row: Int64?) { lock.withLock { value = row } }
}
