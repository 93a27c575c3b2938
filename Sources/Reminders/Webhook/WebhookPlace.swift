import Foundation
import Kernel
import Lake

/// Where a channel goes, and the secret that goes with it. Sealed as a whole.
package struct WebhookPlace: Sendable, Hashable, Codable {
    /// Without its query.
    package let base: String
    /// Of a robot: `key=…`, which is its secret.
    package let query: String
    /// Of signed JSON: the key of the MAC.
    package let secret: String

    package static let secretCharactersMin = 16
    package static let secretBytesMax = 256
    private static let queryBytesMax = 200

    var url: String { query.isEmpty ? base : "\(base)?\(query)" }
    var address: ServiceAddress? { ServiceAddress(base) }

    /// What was typed; `hosts` are those that the settings name.
    package init(
        _ kind: Receiver.Kind, address text: String, secret: String, hosts: [String]
    ) throws(ReminderError) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard let base = parts.first, let address = ServiceAddress(base) else {
            throw .invalid([Problem.Place("address", Message("reminder.address-malformed"))])
        }
        guard hosts.contains(address.place) else {
            throw .invalid([
                Problem.Place("address", Message("reminder.host-not-allowed", ["host": address.place]))
            ])
        }
        let query = parts.count > 1 ? parts[1] : ""
        switch kind {
        case .wecom:
            guard query.hasPrefix("key="), query.utf8.count <= Self.queryBytesMax,
                query.utf8.dropFirst(4).allSatisfy({
                    (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                }), query.utf8.count > 4
            else { throw .invalid([Problem.Place("address", Message("reminder.robot-key-missing"))]) }
            self.query = query
            self.secret = ""
        default:
            guard query.isEmpty else {
                throw .invalid([Problem.Place("address", Message("reminder.address-malformed"))])
            }
            guard secret.unicodeScalars.count >= Self.secretCharactersMin,
                secret.utf8.count <= Self.secretBytesMax
            else {
                throw .invalid([
                    Problem.Place(
                        "secret",
                        Message("reminder.secret-short", ["min": String(Self.secretCharactersMin)]))
                ])
            }
            self.query = ""
            self.secret = secret
        }
        self.base = base
    }
}
