package import Cryptography
import Kernel
package import Persistence

/// Passwords of sources: sealed at rest, opened only on the way to the worker that connects, never shown again.
package struct SourceSecrets: Sendable {
    private let database: any Database
    private let cipher: @Sendable () throws -> Cipher

    package init(_ database: any Database, cipher: @escaping @Sendable () throws -> Cipher) {
        self.database = database
        self.cipher = cipher
    }

    func seal(_ password: String, of hook: HookID) throws -> [UInt8] {
        try cipher().seal(Array(password.utf8), aad: Array("hook/\(hook)".utf8))
    }

    func opened(_ sealed: [UInt8], of hook: HookID) throws -> String {
        guard let bytes = try? cipher().open(sealed, aad: Array("hook/\(hook)".utf8)) else {
            throw HookingError.secretUnreadable
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func sealDrop(_ password: String, of hook: HookID) throws -> [UInt8] {
        try cipher().seal(Array(password.utf8), aad: Array("drop/\(hook)".utf8))
    }

    func openDrop(_ sealed: [UInt8], of hook: HookID) throws -> String {
        guard let bytes = try? cipher().open(sealed, aad: Array("drop/\(hook)".utf8)) else {
            throw HookingError.secretUnreadable
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Between two steps of a form the password travels sealed, for one account and what the form is about: an entry, or a department.
    func sealed(_ password: String, for place: String, of account: AccountID) throws -> String {
        try cipher().seal(Array(password.utf8), aad: Array("draft/\(place)/\(account)".utf8)).hex
    }

    func opened(_ sealed: String, for place: String, of account: AccountID) throws -> String {
        guard let bytes = [UInt8](hex: sealed),
            let plain = try? cipher().open(bytes, aad: Array("draft/\(place)/\(account)".utf8))
        else { throw HookingError.secretUnreadable }
        return String(decoding: plain, as: UTF8.self)
    }

    func password(of hook: HookID) async throws -> String? {
        let sealed = try await database.read { try HookStore().credential(of: hook, in: $0) }
        return try sealed.map { try opened($0, of: hook) }
    }
}
