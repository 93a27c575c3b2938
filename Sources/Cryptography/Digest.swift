internal import Kernel
package import OpenSSL

/// Which digest the node works with: SM3 (GB/T 32905) beside SM2 keys, SHA-256 (FIPS 180-4) beside Ed25519 keys.
package enum DigestAlgorithm: String, Sendable, Codable, CaseIterable, Hashable {
    case sm3
    case sha256

    package var method: MessageDigest { self == .sm3 ? .sm3 : .sha256 }

    package func digest(_ bytes: [UInt8]) -> Digest {
        Digest(algorithm: self, bytes: bytes.withUnsafeBytes { raw in hashed(raw) })
    }

    package func digest(_ text: String) -> Digest { digest(Array(text.utf8)) }

    package func digest(_ bytes: UnsafeRawBufferPointer) -> Digest {
        Digest(algorithm: self, bytes: hashed(bytes))
    }

    /// For callers that digest by the million: 32 bytes written, nothing allocated on our side.
    package func digest(_ bytes: UnsafeRawBufferPointer, into out: UnsafeMutablePointer<UInt8>) {
        method.hash(bytes, into: out)
    }

    private func hashed(_ raw: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            method.hash(raw, into: base)
            count = 32
        }
    }
}

/// 32 bytes and the algorithm that made them; as text `sm3:<hex>` or `sha256:<hex>`.
package struct Digest: Hashable, Sendable {
    package let algorithm: DigestAlgorithm
    package let bytes: [UInt8]

    fileprivate init(algorithm: DigestAlgorithm, bytes: [UInt8]) {
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Nil unless there are 32 bytes.
    package init?(_ algorithm: DigestAlgorithm, bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.init(algorithm: algorithm, bytes: bytes)
    }

    package var hex: String { bytes.hex }
    package var text: String { "\(algorithm.rawValue):\(hex)" }
}

extension Digest: LosslessStringConvertible, Codable {
    package var description: String { text }

    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let algorithm = DigestAlgorithm(rawValue: String(parts[0])),
            // Lower case only: one text for one digest, so that nothing signed or proven can be written in two ways.
            let bytes = [UInt8](hex: parts[1]), bytes.hex == parts[1]
        else { return nil }
        self.init(algorithm, bytes: bytes)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = Digest(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a digest")
        }
        self = digest
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// A digest of what arrives in pieces: a file, a stream of rows.
package struct RunningDigest: ~Copyable {
    private let algorithm: DigestAlgorithm
    private var running: RunningMessageDigest

    package init(_ algorithm: DigestAlgorithm) {
        self.algorithm = algorithm
        running = RunningMessageDigest(algorithm.method)
    }

    package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }
    package mutating func update(_ bytes: UnsafeRawBufferPointer) { running.update(bytes) }

    package consuming func finish() -> Digest {
        Digest(algorithm: algorithm, bytes: running.finish())
    }
}

/// HMAC-SM3 or HMAC-SHA256 under one key. Safe to use from many threads.
package struct MAC: Sendable {
    private let authentication: MessageAuthentication

    package init(_ algorithm: DigestAlgorithm, key: [UInt8]) {
        authentication = MessageAuthentication(algorithm.method, key: key)
    }

    /// 32 bytes.
    package func tag(_ message: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            message.withUnsafeBytes { authentication.authenticate($0, into: base) }
            count = 32
        }
    }

    package func tag(_ message: String) -> [UInt8] { tag(Array(message.utf8)) }

    /// For native kernels: 32 bytes written, nothing allocated on our side.
    package func tag(_ message: UnsafeRawBufferPointer, into out: UnsafeMutablePointer<UInt8>) {
        authentication.authenticate(message, into: out)
    }

    package func isValid(_ tag: [UInt8], for message: [UInt8]) -> Bool {
        OpenSSL.constantTimeEqual(self.tag(message), tag)
    }
}

package enum Secrets {
    /// From the library's generator.
    package static func random(_ count: Int) throws(CryptographyError) -> [UInt8] {
        do { return try OpenSSL.randomBytes(count) } catch { throw .library("\(error)") }
    }

    package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        OpenSSL.constantTimeEqual(left, right)
    }
}
