import Foundation
import Glibc
import Kernel

/// A file in a department's folder, opened once: what was looked at is what is taken, even if the name is given to another.
final class ArrivedFile {
    let folder: String
    let name: String
    let descriptor: Int32
    private let seen: stat

    /// Nil for what is no plain file of its own: links, folders, devices, pipes, files with a second name.
    init?(_ name: String, in folder: String) {
        let descriptor = open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1
        else {
            close(descriptor)
            return nil
        }
        self.folder = folder
        self.name = name
        self.descriptor = descriptor
        seen = status
    }

    deinit { close(descriptor) }

    var path: String { "\(folder)/\(name)" }
    /// The opened file itself, whatever its name stands for by now.
    var openedPath: String { "/proc/self/fd/\(descriptor)" }
    var readyPath: String { path + ".ready" }

    /// Said by a second file `NAME.ready`, or by having been left alone for a while.
    func isComplete(at now: Instant, stillSeconds: Int) -> Bool {
        if access(readyPath, F_OK) == 0 { return true }
        let changed = Instant(
            microseconds: Int64(seen.st_ctim.tv_sec) * 1_000_000 + Int64(seen.st_ctim.tv_nsec) / 1_000)
        return now - changed >= .seconds(stillSeconds)
    }

    /// Whether nobody wrote to it since it was opened, and the name still stands for it.
    var isUnchanged: Bool {
        var (now, named) = (stat(), stat())
        return fstat(descriptor, &now) == 0 && lstat(path, &named) == 0 && named.st_ino == seen.st_ino
            && now.st_size == seen.st_size && now.st_mtim.tv_sec == seen.st_mtim.tv_sec
            && now.st_mtim.tv_nsec == seen.st_mtim.tv_nsec
    }

    /// Out of the way, under a name that nothing else has; beside it, why, when it was refused.
    ///
    /// - Throws: `HookingError.inboxUnwritable`.
    func move(to shelf: Shelf, id: FilingID, on day: CalendarDate, saying text: String? = nil)
        throws(HookingError)
    {
        let (year, month, _) = day.components
        let target = "\(folder)/\(shelf.rawValue)/\(year)-\(month < 10 ? "0" : "")\(month)"
        do {
            try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        } catch { throw .inboxUnwritable(folder: target) }
        let kept = "\(target)/\(id)-\(name)"
        // A file that is gone already was moved by another process that came to the same end.
        guard rename(path, kept) == 0 || errno == ENOENT else { throw .inboxUnwritable(folder: target) }
        if let text { try? Data(text.utf8).write(to: URL(filePath: kept + ".txt"), options: .atomic) }
        unlink(readyPath)
    }

    /// Not even among what was refused; beside where it would be, why, under no name of its own.
    func discard(id: FilingID, on day: CalendarDate, saying text: String) throws(HookingError) {
        let (year, month, _) = day.components
        let target = "\(folder)/\(Shelf.refused.rawValue)/\(year)-\(month < 10 ? "0" : "")\(month)"
        guard unlink(path) == 0 || errno == ENOENT else { throw .inboxUnwritable(folder: folder) }
        unlink(readyPath)
        do {
            try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: "\(target)/\(id).txt"), options: .atomic)
        } catch { throw .inboxUnwritable(folder: target) }
    }

    enum Shelf: String { case archive, refused }
}

extension Inbox {
    /// The department's own folders, as they are: no links.
    func places(of names: [String]) -> [String] {
        let plain = names.filter { !$0.isEmpty && !$0.hasPrefix(".") && !$0.contains("/") }
        return folders.flatMap { folder in plain.map { "\(folder)/\($0)" } }.filter { path in
            var status = stat()
            return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        }
    }
}
