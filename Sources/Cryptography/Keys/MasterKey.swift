internal import Foundation
internal import Kernel

/// The 32 bytes that open a node's key store: from the environment, or from `master.key`, which is in no backup.
package struct MasterKey: Sendable {
    package static let variable = "HEADWATERS_MASTER_KEY"
    package static let fileName = "master.key"

    let bytes: [UInt8]

    /// 64 hexadecimal digits or Base64 of 32 bytes.
    package init(text: String) throws(CryptographyError) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = [UInt8](hex: trimmed) ?? [UInt8](base64: trimmed), bytes.count == 32 else {
            throw .masterKeyMalformed
        }
        self.bytes = bytes
    }

    /// The environment goes first; a file that others can read is refused.
    package static func load(
        dataFolder: String, environment: [String: String]
    ) throws(CryptographyError) -> MasterKey {
        if let text = environment[variable] { return try MasterKey(text: text) }
        let path = "\(dataFolder)/\(fileName)"
        guard FileManager.default.fileExists(atPath: path) else { throw .masterKeyMissing(path: path) }
        try KeyFile.demandPrivate(path)
        return try MasterKey(text: String(decoding: try KeyFile.read(path), as: UTF8.self))
    }

    /// Takes what is there already, else writes a new `master.key` that only its owner can read.
    static func loadOrCreate(
        dataFolder: String, environment: [String: String]
    ) throws(CryptographyError) -> MasterKey {
        do throws(CryptographyError) {
            return try load(dataFolder: dataFolder, environment: environment)
        } catch .masterKeyMissing(let path) {
            let bytes = try Secrets.random(32)
            try KeyFile.write(Array("\(bytes.hex)\n".utf8), to: path)
            return try MasterKey(text: bytes.hex)
        } catch { throw error }
    }

    /// Names the key without telling anything of it: what a backup says it needs.
    package var fingerprint: String {
        get throws(CryptographyError) { try derive(.sha256, bytes, "fingerprint", count: 8).hex }
    }

    /// What wraps data keys and private keys.
    func wrapping(_ suite: CipherSuite) throws(CryptographyError) -> Cipher {
        let secret = try derive(suite == .aes256GCM ? .sha256 : .sm3, bytes, "wrapping", count: 32)
        return try Cipher(suite, secrets: [1: secret], current: 1)
    }
}

/// Files of keys: only the owner may read them, and they are replaced whole or not at all.
enum KeyFile {
    static func read(_ path: String) throws(CryptographyError) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch { throw unreadable(path, error) }
    }

    static func write(_ bytes: [UInt8], to path: String) throws(CryptographyError) {
        let draft = "\(path).\(ID<PersonNoun>.new()).draft"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failed(path) }
        var rest = bytes[...]
        var whole = true
        while whole, !rest.isEmpty {
            let wrote = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if wrote > 0 { rest = rest.dropFirst(wrote) } else { whole = wrote < 0 && errno == EINTR }
        }
        whole = whole && fsync(descriptor) == 0
        whole = close(descriptor) == 0 && whole
        guard whole, rename(draft, path) == 0 else {
            let error = failed(path)
            unlink(draft)
            throw error
        }
        // The new name is on disk only when its folder is.
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw failed(path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failed(path) }
    }

    static func makeFolder(_ path: String) throws(CryptographyError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw unreadable(path, error) }
    }

    static func demandPrivate(_ path: String) throws(CryptographyError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failed(path) }
        guard status.st_mode & 0o077 == 0 else { throw .tooOpen(path: path) }
    }

    /// Runs `body` while no other process changes the folder.
    static func locked<Result>(
        _ folder: String, _ body: () throws(CryptographyError) -> Result
    ) throws(CryptographyError) -> Result {
        let path = "\(folder)/.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failed(path) }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else { throw failed(path) }
        return try body()
    }

    private static func failed(_ path: String) -> CryptographyError {
        .keysUnreadable(path: path, reason: String(cString: strerror(errno)))
    }

    private static func unreadable(_ path: String, _ error: any Error) -> CryptographyError {
        .keysUnreadable(path: path, reason: error.localizedDescription)
    }
}
