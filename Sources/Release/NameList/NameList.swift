import Foundation
package import Kernel
package import Lake

/// A list of keys that an officer brings, and that goes back to them with the granted columns of several grants beside each key:
/// one release, with a part for each grant.
package struct NameList: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Brought and perhaps checked; nothing was asked of anybody yet.
        case draft
        /// Durable, every grant's quota taken; the answers are being written, or were when their process died.
        case authorised
        case settled
        /// Nothing left; quota was given back.
        case failed
        /// Its lease ran out before it settled: charged as reserved.
        case unknown
    }

    /// A release of its own; each part has another.
    package let id: ReleaseID
    package let recipient: PartyID
    package let account: AccountID
    package let post: PostID?
    package let state: State
    package let file: BroughtFile
    package let reading: SourceMapping
    /// Names of the workbook's sheets; none of a text.
    package let sheets: [String]
    package let choice: NameListChoice?
    package let findings: NameListFindings?
    package let attachments: [BroughtFile]
    /// In the order of the choice; none before the release is authorised.
    package let parts: [NameListPart]
    package let rowsDone: Int64
    package let madeAt: Instant
    package let authorisedAt: Instant?
    package let leaseUntil: Instant?
    package let settledAt: Instant?
    package let result: ResultFigures?
    package let problem: Message?
    package let authorisedLeaf: LeafID?
    package let settledLeaf: LeafID?

    package struct ResultFigures: Sendable, Hashable {
        package let bytes: Int64
        /// Hex.
        package let sha256: String
    }

    /// The row of the header, as the file counts.
    package var headerLine: Int64 {
        if case .line(let line)? = reading.sheet?.header ?? reading.dialect?.header { line } else { 1 }
    }

    package var columns: [String] { reading.columns.map(\.name) }

    /// The file as its owner saves it: under the name it came with.
    package var resultName: String {
        let stem = file.name.split(separator: ".").dropLast().joined(separator: ".")
        return "\(stem.isEmpty ? file.name : stem)-\(id.text.suffix(6)).xlsx"
    }
}

/// A file that came with a list, or was it.
package struct BroughtFile: Sendable, Hashable, Codable {
    package let name: String
    package let bytes: Int64
    /// Hex.
    package let sha256: String
}

/// What kind of number a key is: how it is made ready for the look-up, and what makes it none.
package enum NameListKey: String, Sendable, Hashable, Codable, CaseIterable {
    case citizenID = "citizen-id"
    case uscc
    case other

    package static let bytesMax = LookUp.keyBytesMax

    /// As sources write it: no white space around it, letters large.
    package func normalised(_ cell: String) -> String {
        let text = LookUpKey.trim(cell)
        return self == .other ? text : text.uppercased()
    }

    package func holds(_ key: String) -> Bool {
        switch self {
        case .citizenID: Identifier.citizenID.holds(key)
        case .uscc: Identifier.uscc.holds(key)
        case .other: key.utf8.count <= Self.bytesMax
        }
    }

    /// What columns of that name hold.
    package static func named(_ column: String) -> NameListKey? {
        if ["身份证", "公民身份号码"].contains(where: { column.contains($0) }) { return .citizenID }
        return column.contains("信用代码") ? .uscc : nil
    }

    /// What most of these look like.
    package static func guess(_ cells: [String]) -> NameListKey {
        let filled = cells.map { LookUpKey.trim($0).uppercased() }.filter { !$0.isEmpty }
        func most(_ kind: NameListKey) -> Bool {
            filled.count { kind.holds($0) } * 2 > filled.count
        }
        return most(.citizenID) ? .citizenID : most(.uscc) ? .uscc : .other
    }
}

/// What its owner said of a list.
package struct NameListChoice: Sendable, Hashable, Codable {
    /// One grant to match against, by one of its key columns.
    package struct Part: Sendable, Hashable, Codable {
        package let grant: String
        package let keyColumn: String

        package init(grant: GrantID, keyColumn: String) {
            self.grant = grant.text
            self.keyColumn = keyColumn
        }

        package var grantID: GrantID? { GrantID(grant) }
    }

    /// Names of columns of the list.
    package let key: String
    package let kind: NameListKey
    package let caseNumber: String?
    package let parts: [Part]
    /// Of the words in the workbook that goes back.
    package let language: Language

    package init(
        key: String, kind: NameListKey, caseNumber: String?, parts: [Part], language: Language
    ) {
        self.key = key
        self.kind = kind
        self.caseNumber = caseNumber
        self.parts = parts
        self.language = language
    }
}

/// What a look at every row of a list found, before anything is asked.
package struct NameListFindings: Sendable, Hashable, Codable {
    package static let faultsShownMax = 50

    /// One cell that is no key, or was destroyed.
    package struct Fault: Sendable, Hashable, Codable {
        /// `C17` of a sheet, the line of a text.
        package let place: String
        package let message: Message
    }

    package var rows: Int64 = 0
    /// Different keys that can be asked: what every grant's quota must have room for.
    package var keys: Int64 = 0
    /// Rows with a key that stands further up already.
    package var repeated: Int64 = 0
    package var blank: Int64 = 0
    package var invalid: Int64 = 0
    /// Rows with a key and no case number.
    package var casesMissing: Int64 = 0
    /// Rows that cannot be read as they are: they stop the list.
    package var unreadable: Int64 = 0
    /// The longest run of numbers that were counted up, and its first place.
    package var run: KeyRuns.Run?
    /// Of rows that stop the list, then of keys that are not asked; at most `faultsShownMax`.
    package var faults: [Fault] = []
    /// SHA-256 (hex) of the keyed names of keys and cases, row by row: what evidence holds of them.
    package var namesDigest = ""

    package init() {}
}

/// One grant's part of a list, as a release of its own.
package struct NameListPart: Sendable, Hashable {
    package let release: ReleaseID
    package let grant: GrantID
    package let revision: Int
    package let entry: EntryID
    package let provider: PartyID
    package let keyColumn: String
    package let version: VersionID
    package let versionNumber: Int
    package let asOf: Instant
    package let keysAsked: Int64
    package let figures: Figures?

    /// Of different keys. Unmatched are those that are not there and those that the grant keeps back: nobody can tell them apart.
    package struct Figures: Sendable, Hashable {
        package var matched: Int64 = 0
        package var ambiguous: Int64 = 0
        package var unmatched: Int64 = 0

        package init(matched: Int64 = 0, ambiguous: Int64 = 0, unmatched: Int64 = 0) {
            self.matched = matched
            self.ambiguous = ambiguous
            self.unmatched = unmatched
        }

        /// What the quota is charged: keys of which something was told.
        package var charged: Int64 { matched + ambiguous }
    }
}

/// Where the files of lists are: what was brought, what goes back, what evidence names.
package struct NameListFolder: Sendable, Hashable {
    package let path: String
    static let workSuffix = ".making"

    package init(_ path: String) { self.path = path }

    package func folder(of list: ReleaseID) -> String { "\(path)/\(list)" }
    package func list(_ id: ReleaseID, named name: String) -> String {
        "\(folder(of: id))/list.\(name.split(separator: ".").last.map { $0.lowercased() } ?? "")"
    }
    package func result(of list: ReleaseID) -> String { "\(folder(of: list))/result.xlsx" }
    /// One line a row: the keyed names of key and case number.
    func names(of list: ReleaseID) -> String { "\(folder(of: list))/names" }
    /// Sealed.
    func attachment(_ number: Int, of list: ReleaseID) -> String {
        "\(folder(of: list))/authorisation-\(number)"
    }
    func work(on list: ReleaseID) -> String { "\(folder(of: list))\(Self.workSuffix)" }

    func discard(_ list: ReleaseID) { try? FileManager.default.removeItem(atPath: folder(of: list)) }
    /// Of a list that came to nothing: names and authorisations stay, they are what its evidence speaks of.
    func discardResult(of list: ReleaseID) {
        try? FileManager.default.removeItem(atPath: result(of: list))
    }
}
