package import Kernel

package enum ReleaseError: Error, Sendable, Hashable {
    case notFound
    /// The entry has no published version.
    case nothingPublished
    case tooManyKeys(max: Int)
    case noKeys
    /// A key is not of the column's type; its position in the request, from 0.
    case keyMalformed(position: Int, type: String)
    case keyTooLong(position: Int, bytesMax: Int)
    case pageTooLarge(rowsMax: Int)
    /// A cursor of another grant, or one that this node did not give out.
    case cursorUnknown
    /// The version that the cursor points into is no longer served; begin again.
    case cursorOutdated
    /// The rows left, or may have left, but their settlement came too late: they are charged as reserved.
    case lapsed
    case fileGone
    case formatUnknown(String)
}

extension ReleaseError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notFound: Problem(.notFound, Message("release.not-found"))
        case .nothingPublished: Problem(.notFound, Message("release.nothing-published"))
        case .tooManyKeys(let max): Problem(.tooLarge, Message("release.too-many-keys", ["max": String(max)]))
        case .noKeys: Problem(.invalid, Message("release.no-keys"))
        case .keyMalformed(let position, let type):
            Problem(
                .invalid, Message("release.key-malformed", ["position": String(position + 1), "type": type]))
        case .keyTooLong(let position, let max):
            Problem(
                .tooLarge,
                Message("release.key-too-long", ["position": String(position + 1), "max": String(max)]))
        case .pageTooLarge(let max):
            Problem(.tooLarge, Message("release.page-too-large", ["max": String(max)]))
        case .cursorUnknown: Problem(.invalid, Message("release.cursor-unknown"))
        case .cursorOutdated: Problem(.conflict, Message("release.cursor-outdated"))
        case .lapsed: Problem(.conflict, Message("release.lapsed"))
        case .fileGone: Problem(.notFound, Message("release.file-gone"))
        case .formatUnknown(let name): Problem(.invalid, Message("release.format-unknown", ["format": name]))
        }
    }
}
