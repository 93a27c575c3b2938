import Cryptography
import Foundation
package import Identity
import Kernel
import Policy

/// Scans of what was signed on paper (补录): looked at like a sealed copy, and kept where letters keep their files. What they are of is
/// remembered by the case.
extension Letters {
    package struct KeptScan: Sendable, Hashable {
        package let name: String
        package let mediaType: String
        package let bytes: Int
        /// In hex.
        package let sha256: String
        package let isScanned: Bool
    }

    /// What browsers offer to choose.
    package static let scansAccepted = LetterFile.Format.accepted(LetterFile.Format.sealed)

    /// Takes the file at `path` over, under a name of the caller's own.
    ///
    /// - Throws: `ClassifiedUpload`; `LetterError.fileRefused` with what is wrong, `.toolFailed` when the scanner gives no answer.
    package func keepScan(
        _ id: String, fileAt path: String, named name: String, by principal: Principal
    ) async throws -> KeptScan {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw LetterError.fileRefused(.missing)
        }
        defer { try? handle.close() }
        try await parts.uploads.admit(path, named: name, at: .paperApproval, by: principal)
        let bytes = Array(try handle.read(upToCount: limits.fileBytesMax + 1) ?? Data())
        guard bytes.count <= limits.fileBytesMax else {
            throw LetterError.fileRefused(.tooLarge(bytesMax: limits.fileBytesMax))
        }
        let check: FileCheck
        do { check = try FileCheck(bytes, named: name, allowing: LetterFile.Format.sealed) } catch {
            throw LetterError.fileRefused(error)
        }
        let place = place(of: id)
        try keep(bytes, at: "\(place).draft")
        do {
            if tools.isSet(.scanner) { try await tools.scan("\(place).draft", in: parts.temporaryFolder) }
            try Self.rename("\(place).draft", to: place)
        } catch {
            try? FileManager.default.removeItem(atPath: "\(place).draft")
            throw error
        }
        return KeptScan(
            name: check.name, mediaType: check.format.mediaType, bytes: bytes.count,
            sha256: DigestAlgorithm.sha256.digest(bytes).hex, isScanned: tools.isSet(.scanner))
    }

    /// - Throws: `LetterError.fileNotFound`, also when the bytes are no longer what they were.
    package func scan(_ id: String, sha256: String) throws(LetterError) -> [UInt8] {
        guard let content = FileManager.default.contents(atPath: place(of: id)).map(Array.init),
            DigestAlgorithm.sha256.digest(content).hex == sha256
        else { throw .fileNotFound }
        return content
    }

    package func dropScan(_ id: String) { try? FileManager.default.removeItem(atPath: place(of: id)) }

    private func place(of id: String) -> String { "\(parts.folder)/paper/\(id)" }
}
