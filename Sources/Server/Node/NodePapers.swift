import Casework
package import Exchange
import Kernel
import Letters

/// 补录: scans of signed sheets lie with the files of letters.
extension Node {
    package var paperScans: PaperScans {
        let letters = letters
        return PaperScans(
            keep: { id, path, name, principal in
                let kept = try await letters.keepScan(id.text, fileAt: path, named: name, by: principal)
                return PaperScans.Kept(
                    name: kept.name, mediaType: kept.mediaType, bytes: kept.bytes, sha256: kept.sha256,
                    isScanned: kept.isScanned)
            }, read: { try letters.scan($0.id.text, sha256: $0.sha256) },
            drop: { letters.dropScan($0.text) }, accept: Letters.scansAccepted,
            bytesMax: letters.limits.fileBytesMax)
    }

    /// Scans that nothing was entered with.
    func removeUnusedScans() async throws {
        for id in try await exchange.forgetUnusedScans() { letters.dropScan(id.text) }
    }
}
