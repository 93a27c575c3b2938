import Foundation
package import Kernel

/// What a form sent: fields by name, in order, and files already on disk. Also a query string.
package struct SubmittedForm: Sendable {
    /// A table of two thousand columns is asked about in one form.
    package static let fieldsMax = 20_000
    /// Field values may say a column's name or a list; a document is an upload.
    package static let fieldBytesMax = 1 << 20

    package private(set) var fields: [(name: String, value: String)] = []
    private(set) var files: [UploadedFile] = []
    /// Why none of its files may be looked at.
    private(set) var refusal: UploadRefused?

    package init() {}

    /// As if these had been sent.
    package init(_ pairs: [(String, String)]) { fields = pairs.map { (name: $0.0, value: $0.1) } }

    /// The field's value without surrounding white space; empty when it is not there.
    package subscript(name: String) -> String {
        let value = fields.first { $0.name == name }?.value ?? ""
        return String(value[...].trimmed)
    }

    /// As it was typed, for secrets: white space is part of them.
    package func exactly(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    package func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    func without(_ name: String) -> SubmittedForm {
        var form = self
        form.fields.removeAll { $0.name == name }
        return form
    }

    package func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    /// A checkbox that was ticked.
    package func isOn(_ name: String) -> Bool { has(name) && self[name] != "0" && self[name] != "false" }

    package func id<N: Noun>(_ name: String, of noun: N.Type = N.self) -> ID<N>? { ID<N>(self[name]) }
    package func integer(_ name: String) -> Int? { Int(self[name]) }
    package func date(_ name: String) -> CalendarDate? { CalendarDate(self[name]) }

    /// Nil when no file was chosen.
    ///
    /// - Throws: `UploadRefused` when the form's files were not declared, or one of them bears a mark of secrecy.
    package func file(_ name: String) throws(UploadRefused) -> UploadedFile? { try files(name).first }

    package func files(_ name: String) throws(UploadRefused) -> [UploadedFile] {
        if let refusal { throw refusal }
        return files.filter { $0.field == name }
    }

    /// Its files are gone from the disk.
    mutating func refuse(_ problem: Problem) {
        files = []
        refusal = UploadRefused(problem: problem)
    }

    mutating func add(_ name: String, _ value: String) throws(Problem) {
        guard fields.count < Self.fieldsMax else {
            throw Problem(
                .tooLarge, Message("web.form-fields-too-many", ["fieldsMax": String(Self.fieldsMax)]))
        }
        fields.append((name, value))
    }

    mutating func add(_ file: UploadedFile) { files.append(file) }
}

/// A file on disk under a name of ours; deleted after the handler unless it moved the file away.
package struct UploadedFile: Sendable, Hashable {
    package let field: String
    /// The last part of what the browser said; for showing, never for a path.
    package let fileName: String
    package let path: String
    package let bytes: Int
}

/// A form whose files are refused; the form itself can be shown again.
package struct UploadRefused: Error, Sendable, Hashable, ProblemConvertible {
    package let problem: Problem
}

extension SubmittedForm {
    /// `application/x-www-form-urlencoded`, also a query string.
    package init(urlEncoded text: Substring) throws(Problem) {
        for pair in text.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(sides[0]), let value = Self.decoded(sides.count > 1 ? sides[1] : "")
            else { throw Problem(.invalid, Message("web.form-not-utf8")) }
            try add(name, value)
        }
    }

    private static func decoded(_ text: Substring) -> String? {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(text)
        }
        return text.replacing("+", with: " ").removingPercentEncoding
    }

    /// For links and queries: everything but unreserved characters is escaped.
    package static func encoded(_ text: String) -> String {
        var unreserved = CharacterSet()
        unreserved.insert(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }
}
