package import Kernel

package enum CryptographyError: Error, Hashable, Sendable {
    case library(String)
    /// Damaged, of another key, or with other associated data: which of them is not told.
    case notAuthentic
    case formatUnknown
    case keyUnknown(String)
    case keyMalformed
    case masterKeyMissing(path: String)
    case masterKeyMalformed
    case masterKeyWrong
    case keysExist(path: String)
    case keysMissing(path: String)
    case keysUnreadable(path: String, reason: String)
    case tooOpen(path: String)
    case envelopeMalformed(String)
    case signerUnknown(kid: String)
    case algorithmMismatch(kid: String)
    case typeUnexpected(found: String)
    case versionUnknown(type: String, version: Int)
    case signatureWrong(kid: String)
    case passwordTooLong(bytesMax: Int)
    case passwordsBusy
}

extension CryptographyError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .library: Problem(.internalFault, Message("cryptography.library"))
        case .notAuthentic: Problem(.refused, Message("cryptography.not-authentic"))
        case .formatUnknown: Problem(.refused, Message("cryptography.format-unknown"))
        case .keyUnknown(let key): Problem(.refused, Message("cryptography.key-unknown", ["key": key]))
        case .keyMalformed: Problem(.invalid, Message("cryptography.key-malformed"))
        case .masterKeyMissing(let path):
            Problem(
                .unavailable, Message("cryptography.master-key-missing", ["path": path]),
                remedy: Message("cryptography.master-key-remedy"))
        case .masterKeyMalformed:
            Problem(
                .unavailable, Message("cryptography.master-key-malformed"),
                remedy: Message("cryptography.master-key-remedy"))
        case .masterKeyWrong: Problem(.unavailable, Message("cryptography.master-key-wrong"))
        case .keysExist(let path): Problem(.conflict, Message("cryptography.keys-exist", ["path": path]))
        case .keysMissing(let path):
            Problem(.unavailable, Message("cryptography.keys-missing", ["path": path]))
        case .keysUnreadable(let path, let reason):
            Problem(.unavailable, Message("cryptography.keys-unreadable", ["path": path, "reason": reason]))
        case .tooOpen(let path):
            Problem(
                .unavailable, Message("cryptography.too-open", ["path": path]),
                remedy: Message("cryptography.too-open-remedy", ["path": path]))
        case .envelopeMalformed(let member):
            Problem(.invalid, Message("cryptography.envelope-malformed", ["member": member]))
        case .signerUnknown(let kid):
            Problem(
                .refused, Message("cryptography.signer-unknown", ["kid": kid]),
                remedy: Message("cryptography.signer-unknown-remedy"))
        case .algorithmMismatch(let kid):
            Problem(.refused, Message("cryptography.algorithm-mismatch", ["kid": kid]))
        case .typeUnexpected(let found):
            Problem(.refused, Message("cryptography.type-unexpected", ["found": found]))
        case .versionUnknown(let type, let version):
            Problem(
                .refused,
                Message("cryptography.version-unknown", ["type": type, "version": String(version)]))
        case .signatureWrong(let kid):
            Problem(.refused, Message("cryptography.signature-wrong", ["kid": kid]))
        case .passwordTooLong(let max):
            Problem(.invalid, Message("cryptography.password-too-long", ["max": String(max)]))
        case .passwordsBusy: Problem(.tooMany, Message("cryptography.passwords-busy"))
        }
    }
}
