import Cryptography
import Foundation
import Kernel

/// Where a page ended, as this node told the asker: sealed, because the number of a row in its version says how many rows the
/// grant kept back before it.
struct PageCursor: Hashable {
    let version: VersionID
    /// Of the grant: what begins under one revision does not go on under another.
    let revision: Int
    /// From 0, in the version's order.
    let row: Int64

    private static let charactersMax = 400

    init(version: VersionID, revision: Int, row: Int64) {
        self.version = version
        self.revision = revision
        self.row = row
    }

    /// What goes on from a cursor. A cursor of one is none of another.
    enum Course: String, CaseIterable {
        case page
        /// A text of CSV, from its first byte.
        case csv
        /// With the byte-order mark before it.
        case markedCSV = "csv-bom"
    }

    /// Throws `ReleaseError.cursorUnknown` for a cursor of another grant, another node, or anyone's invention.
    init(
        _ text: String, of grant: GrantID, on course: Course = .page, _ cipher: Cipher
    ) throws(ReleaseError) {
        guard text.utf8.count <= Self.charactersMax, let sealed = [UInt8](base64URL: text),
            let opened = try? cipher.open(sealed, aad: Self.name(grant, course))
        else { throw .cursorUnknown }
        let parts = String(decoding: opened, as: UTF8.self).split(separator: ".").map(String.init)
        guard parts.count == 3, let version = VersionID(parts[0]), let revision = Int(parts[1]),
            let row = Int64(parts[2]), row >= 0
        else { throw .cursorUnknown }
        self.init(version: version, revision: revision, row: row)
    }

    func text(
        of grant: GrantID, on course: Course = .page, _ cipher: Cipher
    ) throws(CryptographyError) -> String {
        // Of one length whatever the row.
        let number = String(row)
        let padded = String(repeating: "0", count: max(0, 19 - number.count)) + number
        let content = "\(version).\(revision).\(padded)"
        return try cipher.seal(Array(content.utf8), aad: Self.name(grant, course)).base64URL
    }

    private static func name(_ grant: GrantID, _ course: Course) -> [UInt8] {
        Array("\(course.rawValue)/\(grant)".utf8)
    }
}

extension [UInt8] {
    /// RFC 4648 §5, without padding.
    fileprivate var base64URL: String {
        let plain = Data(self).base64EncodedData().prefix { $0 != UInt8(ascii: "=") }
        return String(
            decoding: plain.map { byte -> UInt8 in
                switch byte {
                case UInt8(ascii: "+"): UInt8(ascii: "-")
                case UInt8(ascii: "/"): UInt8(ascii: "_")
                default: byte
                }
            }, as: UTF8.self)
    }

    fileprivate init?(base64URL text: String) {
        var plain = text.utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        plain.append(contentsOf: repeatElement(UInt8(ascii: "="), count: (4 - plain.count % 4) % 4))
        guard let data = Data(base64Encoded: Data(plain)) else { return nil }
        self.init(data)
    }
}
