package import Kernel

/// 共享类型 (国发〔2016〕51号; 政务信息资源目录编制指南 §共享属性).
package enum ShareType: String, Hashable, Sendable, Codable, CaseIterable {
    /// 无条件共享: every department may have it.
    case unconditional = "1"
    /// 有条件共享: to named departments or for named purposes, as the condition says.
    case conditional = "2"
    /// 不予共享: only with a law, regulation or State Council policy behind it.
    case withheld = "3"

    package var message: Message { Message("catalogue.share-type.\(word)") }
    package var word: String {
        switch self {
        case .unconditional: "unconditional"
        case .conditional: "conditional"
        case .withheld: "withheld"
        }
    }
}

/// 共享方式.
package enum ShareMode: String, Hashable, Sendable, Codable, CaseIterable {
    case platform
    case mail
    case disk
    case media

    package var message: Message { Message("catalogue.share-mode.\(rawValue)") }
}

/// 共享属性: type, condition, mode; and for what is withheld the law that says so.
package struct ShareTerms: Hashable, Sendable {
    package var type: ShareType?
    package var condition: String
    package var legalBasis: String
    package var mode: ShareMode?

    package init(
        type: ShareType? = nil, condition: String = "", legalBasis: String = "", mode: ShareMode? = nil
    ) {
        self.type = type
        self.condition = condition
        self.legalBasis = legalBasis
        self.mode = mode
    }
}

/// 开放类型: 无条件开放, 有条件开放, 不予开放.
package enum OpenType: String, Hashable, Sendable, Codable, CaseIterable {
    case unconditional
    case conditional
    case closed

    package var message: Message { Message("catalogue.open-type.\(rawValue)") }
}

/// 开放属性: whether society may have it, and under which condition.
package struct OpenTerms: Hashable, Sendable {
    package var type: OpenType?
    package var condition: String

    package init(type: OpenType? = nil, condition: String = "") {
        self.type = type
        self.condition = condition
    }
}

/// 更新周期; the guide's "等" admits half-yearly and on demand.
package enum UpdateCycle: String, Hashable, Sendable, Codable, CaseIterable {
    case realTime = "real-time"
    case daily, weekly, monthly, quarterly
    case halfYearly = "half-yearly"
    case yearly
    case irregular

    package var message: Message { Message("catalogue.update-cycle.\(rawValue)") }
}
