import Cryptography
import Foundation
package import Kernel
import Policy

/// Files that belong to a case and to no letter, such as those of minutes: looked at like a letter's and kept beside them. Whose case it is
/// keeps what is known of them, and says who may have them.
extension Letters {
    package struct KeptFile: Sendable, Hashable {
        package let id: LetterFileID
        package let name: String
        package let format: LetterFile.Format
        package let bytes: Int
        /// Hexadecimal.
        package let sha256: String
        /// Whether the virus scanner found it clean.
        package let isScanned: Bool
    }

    package var keptBytesMax: Int { limits.fileBytesMax }

    /// Takes over the file at `path`, which has been through its door.
    ///
    /// - Throws: `LetterError.fileRefused` with what is wrong, `.toolFailed` when the scanner gives no answer.
    package func keep(
        fileAt path: String, named typed: String, beside id: CaseID
    ) async throws -> KeptFile {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw LetterError.fileRefused(.missing)
        }
        defer { try? handle.close() }
        let bytes = Array(try handle.read(upToCount: limits.fileBytesMax + 1) ?? Data())
        guard bytes.count <= limits.fileBytesMax else {
            throw LetterError.fileRefused(.tooLarge(bytesMax: limits.fileBytesMax))
        }
        let check: FileCheck
        do {
            check = try FileCheck(bytes, named: typed, allowing: LetterFile.Format.allCases)
        } catch { throw LetterError.fileRefused(error) }
        let file = KeptFile(
            id: .new(at: parts.clock.now()), name: check.name, format: check.format, bytes: bytes.count,
            sha256: DigestAlgorithm.sha256.digest(bytes).hex, isScanned: tools.isSet(.scanner))
        let place = place(of: file.id, beside: id)
        try keep(bytes, at: "\(place).draft")
        do {
            if tools.isSet(.scanner) {
                try await tools.scan("\(place).draft", in: parts.temporaryFolder)
            }
            try Self.rename("\(place).draft", to: place)
        } catch {
            try? FileManager.default.removeItem(atPath: "\(place).draft")
            throw error
        }
        return file
    }

    /// - Throws: `LetterError.fileNotFound`, also when its bytes are no longer what they were.
    package func kept(
        _ file: LetterFileID, digested sha256: String, beside id: CaseID
    ) throws -> [UInt8] {
        guard
            let content = FileManager.default.contents(atPath: place(of: file, beside: id)).map(Array.init),
            DigestAlgorithm.sha256.digest(content).hex == sha256
        else { throw LetterError.fileNotFound }
        return content
    }

    /// One whose case has no record of it.
    package func drop(_ file: LetterFileID, beside id: CaseID) {
        try? FileManager.default.removeItem(atPath: place(of: file, beside: id))
    }

    private func place(of file: LetterFileID, beside id: CaseID) -> String {
        "\(parts.folder)/cases/\(id)/\(file)"
    }
}
