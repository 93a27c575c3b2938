import Foundation
import Glibc

/// A file for work under way that has no name, so that it is gone with this object, or with the process, however that ends.
final class NamelessFile {
    let descriptor: Int32

    /// Nil when none can be made in `folder`, which is made if it is not there; `errno` says why.
    init?(in folder: String) {
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var name = Array("\(folder)/work-XXXXXX".utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { return nil }
        unlink(name)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// Whether all of `bytes` could be written at `offset`; `errno` says why not.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done,
                off_t(offset) + off_t(done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}
