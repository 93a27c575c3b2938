package import Kernel
import Lake

/// What a column may tell of a person. The sensitive kinds follow PIPL art. 28 and GB/T 45574-2025; the ID number stays among
/// them by policy, for the harm its leak does, although that standard no longer lists it.
package enum PersonalKind: String, Hashable, Sendable, Codable, CaseIterable {
    case name, phone, email, address, birth, sex, ethnicity, plate
    case onlineIdentifier = "online-identifier"
    case citizenID = "citizen-id"
    case passport
    case bankAccount = "bank-account"
    case income
    case health
    case biometric
    case religion
    case track
    case minor
    case marriage

    package var isSensitive: Bool {
        switch self {
        case .name, .phone, .email, .address, .birth, .sex, .ethnicity, .plate, .onlineIdentifier: false
        case .citizenID, .passport, .bankAccount, .income, .health, .biometric, .religion, .track, .minor,
            .marriage:
            true
        }
    }

    package var message: Message { Message("grading.kind.\(rawValue)") }

    /// What a recognised identifier tells, and how surely it does so (in percent) when the column is full of it. A check digit
    /// is strong even where only some values have it; a form without one is weak alone.
    static func told(by identifier: IdentifierKind) -> (kind: PersonalKind, certainty: Int, shareMin: Int)? {
        switch identifier {
        case .citizenID: (.citizenID, 95, 5)
        case .mobile: (.phone, 85, 50)
        case .landLine: (.phone, 50, 50)
        case .bankCard: (.bankAccount, 70, 80)
        case .email: (.email, 90, 50)
        case .passport: (.passport, 60, 80)
        case .plate: (.plate, 85, 50)
        case .ipAddress, .macAddress: (.onlineIdentifier, 50, 80)
        case .vin: (.plate, 60, 80)
        case .personName: (.name, 60, 80)
        case .uscc: nil
        }
    }
}
