package import Kernel

/// Why a name list is not taken, not matched, or not handed over.
package enum NameListError: Error, Sendable, Hashable {
    case notFound
    case endingUnknown(String, allowed: [String])
    case fileEmpty
    case fileTooLarge(bytesMax: Int)
    case fileUnwritable
    case headerMissing
    case tooManyRows(max: Int)
    case tooManyAttachments(max: Int)
    case columnUnknown(field: String)
    case caseColumnIsKey
    case noGrant
    case tooManyGrants(max: Int)
    case grantTwice(String)
    /// Not one that can be matched against by that column today.
    case grantNotOffered(String)
    /// The first grant that stands against the list, and why; then none is asked.
    case partRefused(entry: String, Problem)
    case notChecked
    case unreadable(count: Int64, [NameListFindings.Fault])
    case noKeys
    case counted(run: Int, max: Int, place: String)
    case caseNumbersMissing(entry: String, rows: Int64)
    case tooManyLists(entry: String, max: Int)
    case tooManyKeys(asked: Int64, left: Int64, max: Int)
    case held(entry: String, since: Instant)
    /// It was released, or given up, already.
    case notDraft
    case notRunning
    /// The same idempotency key came with another file.
    case keyReused
    case keyInvalid(max: Int)
    case cancelled
    case stopped
    case holdNotFound
}

extension NameListError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .partRefused(let entry, let inner):
            Problem(
                inner.kind == .internalFault ? .unavailable : inner.kind,
                Message("name-list.part-refused", ["entry": entry]), remedy: inner.remedy,
                places: [Problem.Place(entry, inner.message)] + inner.places)
        case .unreadable(let count, let faults):
            Problem(
                .refused, Message("name-list.unreadable", ["count": String(count)]),
                remedy: Message("name-list.unreadable-remedy"),
                places: faults.prefix(10).map { Problem.Place($0.place, $0.message) })
        default: Problem(kind, Message("name-list.\(sentence.0)", sentence.1), remedy: remedy, places: places)
        }
    }

    private var kind: Problem.Kind {
        switch self {
        case .notFound, .holdNotFound: .notFound
        case .fileTooLarge, .tooManyRows, .tooManyAttachments, .tooManyGrants: .tooLarge
        case .tooManyLists, .tooManyKeys: .tooMany
        case .notChecked, .notDraft, .notRunning, .keyReused, .cancelled: .conflict
        case .fileUnwritable, .stopped: .unavailable
        case .counted, .caseNumbersMissing, .held, .noKeys, .grantNotOffered: .refused
        default: .invalid
        }
    }

    private var remedy: Message? {
        switch self {
        case .headerMissing, .tooManyRows, .counted, .tooManyLists, .tooManyKeys, .held, .notChecked,
            .caseNumbersMissing:
            Message("name-list.\(sentence.0)-remedy")
        default: nil
        }
    }

    /// The field of the form that it is about.
    private var places: [Problem.Place] {
        let field: String? =
            switch self {
            case .endingUnknown, .fileEmpty, .fileTooLarge, .headerMissing, .tooManyRows: "list"
            case .tooManyAttachments: "authorisations"
            case .columnUnknown(let field): field
            case .caseColumnIsKey: "case"
            case .noGrant, .tooManyGrants, .grantTwice, .grantNotOffered: "grants"
            default: nil
            }
        return field.map { [Problem.Place($0, Message("name-list.\(sentence.0)", sentence.1))] } ?? []
    }

    private var sentence: (String, [String: String]) {
        switch self {
        case .notFound: ("not-found", [:])
        case .endingUnknown(let name, let allowed):
            ("ending-unknown", ["name": name, "allowed": allowed.joined(separator: " ")])
        case .fileEmpty: ("file-empty", [:])
        case .fileTooLarge(let max): ("file-too-large", ["bytesMax": String(max)])
        case .fileUnwritable: ("file-unwritable", [:])
        case .headerMissing: ("header-missing", [:])
        case .tooManyRows(let max): ("too-many-rows", ["max": String(max)])
        case .tooManyAttachments(let max): ("too-many-attachments", ["max": String(max)])
        case .columnUnknown: ("column-unknown", [:])
        case .caseColumnIsKey: ("case-column-is-key", [:])
        case .noGrant: ("no-grant", [:])
        case .tooManyGrants(let max): ("too-many-grants", ["max": String(max)])
        case .grantTwice(let grant): ("grant-twice", ["grant": grant])
        case .grantNotOffered(let grant): ("grant-not-offered", ["grant": grant])
        default: releaseSentence
        }
    }

    private var releaseSentence: (String, [String: String]) {
        switch self {
        case .notChecked: ("not-checked", [:])
        case .noKeys: ("no-keys", [:])
        case .counted(let run, let max, let place):
            ("counted", ["run": String(run), "max": String(max), "place": place])
        case .caseNumbersMissing(let entry, let rows):
            ("case-numbers-missing", ["entry": entry, "rows": String(rows)])
        case .tooManyLists(let entry, let max): ("too-many-lists", ["entry": entry, "max": String(max)])
        case .tooManyKeys(let asked, let left, let max):
            ("too-many-keys", ["asked": String(asked), "left": String(left), "max": String(max)])
        case .held(let entry, let since): ("held", ["entry": entry, "since": since.description])
        case .notDraft: ("not-draft", [:])
        case .notRunning: ("not-running", [:])
        case .keyReused: ("key-reused", [:])
        case .keyInvalid(let max): ("key-invalid", ["max": String(max)])
        case .cancelled: ("cancelled", [:])
        case .holdNotFound: ("hold-not-found", [:])
        default: ("stopped", [:])
        }
    }
}
