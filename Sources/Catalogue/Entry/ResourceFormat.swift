package import Kernel

/// 信息资源格式: a class of the guide and a type within it, as the department names it (`xlsx`, `KingbaseES`).
package struct ResourceFormat: Hashable, Sendable {
    package enum Class: String, Hashable, Sendable, Codable, CaseIterable {
        case document
        case spreadsheet
        case database
        case image
        case stream
        case selfDescribing = "self-describing"

        /// Rows and columns: the entry must list its information items.
        package var isStructured: Bool { self == .spreadsheet || self == .database }
        package var message: Message { Message("catalogue.format.\(rawValue)") }
    }

    package var formatClass: Class?
    package var type: String

    package init(_ formatClass: Class? = nil, type: String = "") {
        self.formatClass = formatClass
        self.type = type
    }
}
