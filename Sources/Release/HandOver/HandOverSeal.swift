import Cryptography
import Evidence
import Foundation
import Kernel

/// What is carried, sealed block by block under a key made of a password: with the node's own cipher, each block bound to its package
/// and place, the last one marked, so that none can be moved, repeated or left out.
struct HandOverSeal: Sendable {
    static let blockBytes = 1 << 20

    private let package: PackageID
    private let cipher: Cipher
    private let overhead: Int

    init(
        of package: PackageID, _ suite: CipherSuite, _ key: PasswordKey, password: String
    ) throws(CryptographyError) {
        self.package = package
        cipher = try Cipher(suite, secrets: [1: try key.secret(from: password)], current: 1)
        overhead = try cipher.seal([]).count
    }

    private func place(_ number: Int, isLast: Bool) -> [UInt8] {
        Array("hand-over/\(package)/\(number)/\(isLast ? "last" : "more")".utf8)
    }

    /// `between` is asked before each block: it throws to stop.
    func seal(_ source: String, to target: String, between: () throws -> Void) throws {
        guard let from = FileHandle(forReadingAtPath: source) else { throw ReleaseError.fileGone }
        defer { try? from.close() }
        guard
            FileManager.default.createFile(
                atPath: target, contents: nil, attributes: [.posixPermissions: 0o600]),
            let to = FileHandle(forWritingAtPath: target)
        else { throw PackageFault.unwritable(path: target) }
        defer { try? to.close() }
        var number = 0
        var block = try from.read(upToCount: Self.blockBytes) ?? Data()
        while true {
            try between()
            let following = try from.read(upToCount: Self.blockBytes) ?? Data()
            let sealed = try cipher.seal(Array(block), aad: place(number, isLast: following.isEmpty))
            do { try to.write(contentsOf: sealed) } catch { throw PackageFault.unwritable(path: target) }
            guard !following.isEmpty else { break }
            block = following
            number += 1
        }
        try to.synchronize()
    }

    /// Takes sealed bytes in pieces of any size and gives out what they hold.
    ///
    /// - Throws: `PackageFault.passwordWrong` when the first block does not open, `CryptographyError.notAuthentic` for a later one.
    struct Opening {
        private let seal: HandOverSeal
        private var waiting: [UInt8] = []
        private var number = 0

        init(_ seal: HandOverSeal) { self.seal = seal }

        mutating func take(_ piece: [UInt8], _ consume: ([UInt8]) throws -> Void) throws {
            waiting += piece
            let size = HandOverSeal.blockBytes + seal.overhead
            // The last block is known by what does not come after it.
            while waiting.count > size {
                try open(Array(waiting[..<size]), isLast: false, consume)
                waiting.removeFirst(size)
            }
        }

        mutating func finish(_ consume: ([UInt8]) throws -> Void) throws {
            try open(waiting, isLast: true, consume)
            waiting = []
        }

        private mutating func open(
            _ block: [UInt8], isLast: Bool, _ consume: ([UInt8]) throws -> Void
        ) throws {
            do {
                try consume(try seal.cipher.open(block, aad: seal.place(number, isLast: isLast)))
            } catch CryptographyError.notAuthentic where number == 0 {
                throw PackageFault.passwordWrong
            }
            number += 1
        }
    }
}
