package import Kernel

/// Dimensions and indicators of GB/T 36344-2018, by the standard's codes. Unit formula X = A / B: A elements that meet the
/// requirement, B elements evaluated; two are inverse and count what is wrong.
package enum Dimension: String, Hashable, Sendable, Codable, CaseIterable {
    case normative = "01"
    case complete = "02"
    case accurate = "03"
    case consistent = "04"
    case timely = "05"
    case accessible = "06"

    package var message: Message { Message("quality.dimension.\(rawValue)") }
}

package enum Indicator: String, Hashable, Sendable, Codable, CaseIterable {
    case dataStandard = "0101"
    case dataModel = "0102"
    case metadata = "0103"
    case businessRule = "0104"
    case referenceData = "0105"
    case securityRule = "0106"
    case elementComplete = "0201"
    case recordComplete = "0202"
    case contentCorrect = "0301"
    case formatCompliant = "0302"
    case repetition = "0303"
    case uniqueness = "0304"
    case dirtiness = "0305"
    case sameDatum = "0401"
    case relatedData = "0402"
    case period = "0501"
    case pointInTime = "0502"
    case sequence = "0503"
    case accessible = "0601"
    case usable = "0602"

    package var dimension: Dimension {
        switch self {
        case .dataStandard, .dataModel, .metadata, .businessRule, .referenceData, .securityRule: .normative
        case .elementComplete, .recordComplete: .complete
        case .contentCorrect, .formatCompliant, .repetition, .uniqueness, .dirtiness: .accurate
        case .sameDatum, .relatedData: .consistent
        case .period, .pointInTime, .sequence: .timely
        case .accessible, .usable: .accessible
        }
    }

    /// 数据重复率 and 脏数据出现率: the less the better; their score is 1 − A/B.
    package var isInverse: Bool { self == .repetition || self == .dirtiness }
    package var message: Message { Message("quality.indicator.\(rawValue)") }
}

/// A share in parts per million: exact in storage and evidence, where a double would not be.
package struct Share: Hashable, Sendable, Comparable {
    package static let whole = Share(partsPerMillion: 1_000_000)
    package static let none = Share(partsPerMillion: 0)
    package let partsPerMillion: Int

    package init(partsPerMillion: Int) { self.partsPerMillion = partsPerMillion }

    /// Nil when nothing was evaluated: not assessable, which is neither 0 nor 100 %. Rounded down, so that only all is all.
    package init?(_ part: Int64, of whole: Int64) {
        guard whole > 0, part >= 0, part <= whole else { return nil }
        partsPerMillion = Int(Int128(part) * 1_000_000 / Int128(whole))
    }

    package static func < (left: Share, right: Share) -> Bool { left.partsPerMillion < right.partsPerMillion }

    /// `99.87`
    package var percentText: String {
        let hundredths = partsPerMillion / 100
        let cents = hundredths % 100
        return "\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents)"
    }
}
