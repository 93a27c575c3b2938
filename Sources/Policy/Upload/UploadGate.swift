package import Identity
package import Kernel

/// Where a file comes in. A release of the security officer's is for one of these.
package enum UploadDoor: String, Sendable, Hashable, Codable, CaseIterable {
    case hook, filing, package
    case watchedFolder = "watched-folder"
    case dropTable = "drop-table"
    /// A file that a hook reads where a department's own systems dropped it.
    case inbox
    case nameList = "name-list"
    case runningExchanges = "running-exchanges"
    /// Applications brought as a list.
    case applicationList = "application-list"
    case catalogue
    case letter
    case letterTemplate = "letter-template"
    case certificate
    case calendar
    /// Files of minutes in a coordination.
    case minutes
    /// Scans of what was signed on paper.
    case paperApproval = "paper-approval"
    /// The list of a unit's split.
    case unitChange = "unit-change"
}

/// 涉密不上网: what every file goes through before anything of it is taken over. Each door asks; none has a check of its own.
package struct UploadGate: Sendable {
    private let look: @Sendable (String, String, UploadDoor, Principal) async throws -> Void

    package init(_ look: @escaping @Sendable (String, String, UploadDoor, Principal) async throws -> Void) {
        self.look = look
    }

    /// - Throws: `ClassifiedUpload` when the file at `path` bears a mark, which is on record by then; whatever keeps it from being put
    ///   on record.
    package func admit(
        _ path: String, named name: String, at door: UploadDoor, by principal: Principal
    ) async throws {
        try await look(path, name, door, principal)
    }
}

/// A file with a mark of secrecy was brought. Whoever handled it deletes what there is of it.
package struct ClassifiedUpload: Error, Sendable, Hashable, ProblemConvertible {
    package let finding: SecrecyFinding
    /// Field of the form.
    package let field: String

    package init(_ finding: SecrecyFinding, field: String = "file") {
        self.finding = finding
        self.field = field
    }

    package func at(field: String) -> ClassifiedUpload { ClassifiedUpload(finding, field: field) }

    package var problem: Problem {
        Problem(
            .refused, Message("upload.classified"), remedy: Message("upload.classified-remedy"),
            places: [Problem.Place(field, finding.message)])
    }
}

/// What whoever brings a file says of it: that it holds neither state secrets nor work secrets.
package enum UploadDeclaration {
    /// The field of every form and part of every API call that takes a file.
    package static let field = "unclassified"

    /// Nothing is taken without it.
    package static var missing: Problem {
        Problem(
            .invalid, Message("upload.undeclared"), remedy: Message("upload.undeclared-remedy"),
            places: [Problem.Place(field, Message("upload.undeclared-field"))])
    }
}
