package import Kernel

/// Why a package is not taken. Each case names the member, so that the carrier knows what to bring again.
package enum PackageFault: Error, Sendable, Hashable {
    case unreadable(path: String)
    case unwritable(path: String)
    case tooLarge(bytes: Int, bytesMax: Int)
    case cutOff(member: String)
    /// Bytes between the contents: a header, or the zeros that fill a block.
    case headerDamaged(member: String, byteOffset: Int)
    case contentDamaged(member: String, expected: String, found: String)
    case somethingAfterEnd(byteOffset: Int)
    case manifestMalformed(member: String)
    case changedWhileRead
    /// It is for another node.
    case otherRecipient(String)
    /// The producer reads other columns than those confirmed here.
    case otherColumns([String])
    /// It was taken before, and that was undone.
    case takenBefore
    /// Of a package in several volumes: one is not there, is another one, or is of another package.
    case volumeMissing(number: Int, name: String)
    case volumeSwapped(name: String, expected: Int, found: Int)
    case volumeOfAnother(name: String)
    /// Its content is sealed, and the password does not open it.
    case passwordWrong
}

extension PackageFault: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .unreadable(let path):
            Problem(.notFound, Message("package.unreadable", ["path": path]))
        case .unwritable(let path):
            Problem(.unavailable, Message("package.unwritable", ["path": path]))
        case .tooLarge(let bytes, let max):
            Problem(
                .tooLarge,
                Message("package.too-large", ["bytes": String(bytes), "max": String(max)]))
        case .cutOff(let member): Self.damaged("cut-off", ["member": member])
        case .headerDamaged(let member, let offset):
            Self.damaged("header-damaged", ["member": member, "offset": String(offset)])
        case .contentDamaged(let member, let expected, let found):
            Self.damaged(
                "content-damaged", ["member": member, "expected": expected, "found": found])
        case .somethingAfterEnd(let offset): Self.damaged("after-end", ["offset": String(offset)])
        case .manifestMalformed(let member): Self.damaged("manifest-malformed", ["member": member])
        case .changedWhileRead: Problem(.conflict, Message("package.changed"))
        case .otherRecipient(let node):
            Problem(.refused, Message("package.other-recipient", ["node": node]))
        case .otherColumns(let columns):
            Problem(
                .refused,
                Message("package.other-columns", ["columns": columns.joined(separator: ", ")]),
                remedy: Message("package.other-columns-remedy"))
        case .volumeMissing(let number, let name):
            Problem(
                .notFound, Message("package.volume-missing", ["number": String(number), "name": name]),
                remedy: Message("package.volume-missing-remedy"))
        case .volumeSwapped(let name, let expected, let found):
            Self.damaged(
                "volume-swapped", ["name": name, "expected": String(expected), "found": String(found)])
        case .volumeOfAnother(let name): Self.damaged("volume-of-another", ["name": name])
        case .passwordWrong: Problem(.refused, Message("package.password-wrong"))
        case .takenBefore:
            Problem(
                .conflict, Message("package.taken-before"),
                remedy: Message("package.taken-before-remedy"))
        }
    }

    private static func damaged(_ key: String, _ arguments: [String: String]) -> Problem {
        Problem(
            .refused, Message("package.\(key)", arguments),
            remedy: Message("package.damaged-remedy"))
    }
}
