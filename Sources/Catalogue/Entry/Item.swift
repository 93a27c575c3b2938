package import Kernel

/// 信息项: one column that the entry promises.
package struct Item: Hashable, Sendable {
    /// 数据类型, by the letter the guide gives it.
    package enum DataType: String, Hashable, Sendable, Codable, CaseIterable {
        case characters = "C"
        case number = "N"
        case money = "Y"
        case date = "D"
        case dateTime = "T"
        case logical = "L"
        case memo = "M"
        case general = "G"
        case doublePrecision = "B"
        case integer = "I"
        case floating = "F"

        package var message: Message { Message("catalogue.item-type.\(rawValue)") }
    }

    /// The column's name in the source: `id_number`.
    package var column: String
    /// 信息项名称: 身份证号.
    package var name: String
    package var type: DataType?
    /// Characters or digits; needed for character and number types.
    package var length: Int?
    /// Nil: as the entry.
    package var shareType: ShareType?
    /// Nil: as the entry.
    package var isOpen: Bool?
    package var description: String

    package init(
        column: String, name: String, type: DataType? = nil, length: Int? = nil, shareType: ShareType? = nil,
        isOpen: Bool? = nil, description: String = ""
    ) {
        self.column = column
        self.name = name
        self.type = type
        self.length = length
        self.shareType = shareType
        self.isOpen = isOpen
        self.description = description
    }
}
