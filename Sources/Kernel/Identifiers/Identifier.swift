/// What a whole text can be told to be from its bytes alone. The raw value is the word of rules and, after `is-`, of expressions.
package enum Identifier: String, Hashable, Sendable, Codable, CaseIterable {
    case citizenID = "citizen-id"
    case uscc
    case organisationCode = "organisation-code"
    case mobile
    case landLine = "land-line"
    case bankCard = "bank-card"
    case vin
    case plate
    case postcode
    case email
    case divisionCode = "division-code"
    case personName = "person-name"
    case address

    /// Allocates nothing, and may run in any thread.
    package var test: @Sendable (UnsafePointer<UInt8>, Int) -> Bool {
        switch self {
        case .citizenID: { CitizenID.isValid($0, $1) }
        case .uscc: { SocialCreditCode.isValid($0, $1) }
        case .organisationCode: { OrganisationCode.isValid($0, $1) }
        case .mobile: { MobileNumber.isValid($0, $1) }
        case .landLine: { LandLine.isValid($0, $1) }
        case .bankCard: { BankCard.isValid($0, $1) }
        case .vin: { VehicleNumber.isValid($0, $1) }
        case .plate: { NumberPlate.isValid($0, $1) }
        case .postcode: { Postcode.isValid($0, $1) }
        case .email: { EmailAddress.isValid($0, $1) }
        case .divisionCode: { DivisionCode.isValid($0, $1) }
        case .personName: { PersonName.isValid($0, $1) }
        case .address: { StreetAddress.isValid($0, $1) }
        }
    }

    package func holds(_ text: String) -> Bool { text.withRawBytes(test) }

    /// The standard that says so; empty where none does.
    package var citation: String {
        switch self {
        case .citizenID: "GB 11643-1999"
        case .uscc: "GB 32100-2015"
        case .organisationCode: "GB 11714-1997"
        case .bankCard: "ISO/IEC 7812-1"
        case .vin: "GB 16735-2019"
        case .plate: "GA 36-2018"
        case .divisionCode: "GB/T 2260"
        case .mobile, .landLine, .postcode, .email, .personName, .address: ""
        }
    }
}

@inline(__always) func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
@inline(__always) func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
