package import Kernel
package import Lake

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

    /// What recognised values tell when `share` percent of a column are, and how surely, in percent. A check digit is strong even where
    /// only some values have it; a form without one is weak alone, and the weaker the fewer have it. `DetectorTests` holds it against
    /// how often it is right on columns whose content is known.
    package static func told(by identifier: IdentifierKind, share: Int) -> (
        kind: PersonalKind, certainty: Int
    )? {
        guard let (kind, steps) = steps(of: identifier),
            let step = steps.first(where: { share >= $0.shareMin })
        else { return nil }
        return (kind, step.certainty)
    }

    private struct Step {
        let shareMin: Int
        let certainty: Int

        init(_ shareMin: Int, _ certainty: Int) {
            self.shareMin = shareMin
            self.certainty = certainty
        }
    }

    /// The largest share first.
    private static func steps(of identifier: IdentifierKind) -> (PersonalKind, [Step])? {
        switch identifier {
        case .citizenID: (.citizenID, [Step(5, 95)])
        case .mobile: (.phone, [Step(50, 85), Step(20, 60)])
        case .landLine: (.phone, [Step(50, 50)])
        // One number of that length in ten is right by chance.
        case .bankCard: (.bankAccount, [Step(80, 70)])
        case .email: (.email, [Step(50, 90), Step(20, 70)])
        case .passport: (.passport, [Step(80, 60)])
        case .plate: (.plate, [Step(50, 85)])
        case .ipAddress, .macAddress: (.onlineIdentifier, [Step(80, 50)])
        case .vin: (.plate, [Step(80, 60)])
        // Short names of places and goods begin with surnames too.
        case .personName: (.name, [Step(80, 60)])
        case .address: (.address, [Step(80, 75), Step(40, 55)])
        case .health: (.health, [Step(60, 80), Step(25, 60)])
        case .uscc: nil
        }
    }
}

/// What stands among other words.
extension PersonalKind {
    /// Of what has the right check digit as seldom as chance gives it: mentioned, and no level is asked for.
    static let chanceCertainty = 30
    /// Fewer may be right by chance; three of which none is wrong are not, one time in a thousand.
    private static let provenRowsMin: Int64 = 3

    /// What an identifier tells that stands among other words in some texts of a column, and how surely, in percent. One person's
    /// number in ten thousand remarks is still given away with them, so that the share, which says what a column is for, matters only where no
    /// check digit speaks: a form alone binds nobody unless half of the texts have it.
    package static func told(within prose: Profile.Prose, _ identifier: IdentifierKind) -> (
        kind: PersonalKind, certainty: Int
    )? {
        guard prose.rows > 0 else { return nil }
        func steps(_ kind: PersonalKind, _ half: Int, _ fifth: Int, _ any: Int) -> (PersonalKind, Int) {
            (kind, prose.share >= 50 ? half : prose.share >= 20 ? fifth : any)
        }
        func checked(_ kind: PersonalKind, _ proven: Int, _ few: Int) -> (PersonalKind, Int) {
            if prose.isChance { return (kind, chanceCertainty) }
            return (kind, prose.rows >= provenRowsMin && !prose.isDoubtful ? proven : few)
        }
        let told: (PersonalKind, Int)? =
            switch identifier {
            case .citizenID: checked(.citizenID, 95, 75)
            // Of UnionPay and with Luhn's check right.
            case .bankCard: checked(.bankAccount, 85, 60)
            case .mobile: steps(.phone, 85, 70, 55)
            // Most of those in sentences are of offices.
            case .landLine: steps(.phone, 50, 30, 30)
            case .email: steps(.email, 90, 70, 60)
            // A province and the letter of an office stand before it.
            case .plate: steps(.plate, 85, 75, 65)
            // A letter and eight digits: order numbers look so too.
            case .passport: steps(.passport, 70, 60, 40)
            case .ipAddress: steps(.onlineIdentifier, 50, 50, 30)
            case .uscc, .macAddress, .vin, .personName, .address, .health: nil
            }
        return told.map { (kind: $0.0, certainty: $0.1) }
    }
}
