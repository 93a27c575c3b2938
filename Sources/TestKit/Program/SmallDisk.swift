package import Foundation
import Glibc

/// A file system of its own with little room, gone afterwards. Only root may have one.
package final class SmallDisk: Sendable {
    /// Why there is none here; nil when there can be.
    package static let missing: String? = {
        guard let disk = try? SmallDisk(mebibytes: 1) else {
            return "no file system can be mounted here: full disks are tested as root with CAP_SYS_ADMIN"
        }
        _ = disk
        return nil
    }()

    package let folder: URL
    private var filler: String { folder.appending(path: "filler").path }

    package init(mebibytes: Int) throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-disk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(mebibytes)m") == 0 else {
            let code = errno
            try? FileManager.default.removeItem(at: folder)
            throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EPERM)
        }
    }

    deinit {
        umount2(folder.path, 2)  // MNT_DETACH
        try? FileManager.default.removeItem(at: folder)
    }

    /// Takes all the room there is but for `leaving`.
    package func fill(leavingKibibytes leaving: Int = 0) {
        let descriptor = open(filler, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 0, count: 4 << 10)
        while write(descriptor, block, block.count) == block.count {}
        if leaving > 0 {
            ftruncate(descriptor, max(0, lseek(descriptor, 0, SEEK_END) - off_t(leaving << 10)))
        }
    }

    /// Gives the room back.
    package func free() { unlink(filler) }
}
