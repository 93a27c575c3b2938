import Foundation
import Glibc
import Kernel

/// A folder for work under way. Its lock goes with the process that holds it, however that ends, so whoever finds it unlocked
/// knows that nobody will come back for it.
package final class WorkFolder: Sendable {
    private static let lockName = ".held"
    private static let unborn = ".new-"
    private static let unbornSecondsMax = 60.0

    package let path: String
    private let descriptor: Int32

    /// Made and locked; gone again when this object is.
    ///
    /// - Throws: `LakeError.diskFull`, `fileUnreadable`.
    package init(_ path: String) throws(LakeError) {
        let place = URL(fileURLWithPath: path)
        let parent = place.deletingLastPathComponent()
        // Born under another name: nobody may find it between its making and its lock.
        let draft = parent.appending(path: Self.unborn + place.lastPathComponent).path
        do {
            try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
        } catch {
            throw .writing(draft, error)
        }
        let descriptor = open("\(draft)/\(Self.lockName)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0, rename(draft, path) == 0 else {
            let failure = Durable.failure(draft)
            if descriptor >= 0 { close(descriptor) }
            try? FileManager.default.removeItem(atPath: draft)
            throw failure
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        close(descriptor)
    }

    /// Moves a finished file out of it, durably.
    package func handOver(_ name: String, to place: String) throws(LakeError) {
        try Durable.rename("\(path)/\(name)", to: place)
    }

    /// Removes the folders in `folder` whose process is gone; answers how many. `isWork` says by its name which is one.
    @discardableResult
    package static func removeAbandoned(in folder: String, where isWork: (String) -> Bool = { _ in true })
        -> Int
    {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { name in
            let path = "\(folder)/\(name)"
            if name.hasPrefix(unborn) {
                guard isOld(path) else { return false }
            } else {
                guard isWork(name), isAbandoned(path) else { return false }
            }
            return (try? FileManager.default.removeItem(atPath: path)) != nil
        }.count
    }

    private static func isAbandoned(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return false }
        let descriptor = open("\(path)/\(lockName)", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return errno == ENOENT }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    private static func isOld(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return time(nil) - status.st_mtim.tv_sec > Int(unbornSecondsMax)
    }
}

extension LakeError {
    /// What a failed write means: a full disk, or a place that cannot be written.
    package static func writing(_ path: String, _ error: any Error) -> LakeError {
        if let known = error as? LakeError { return known }
        var next: NSError? = error as NSError
        while let fault = next {
            let isFull =
                fault.domain == NSCocoaErrorDomain
                ? fault.code == CocoaError.fileWriteOutOfSpace.rawValue
                : fault.domain == NSPOSIXErrorDomain && [ENOSPC, EDQUOT].contains(Int32(fault.code))
            if isFull { return .diskFull(path: path) }
            next = fault.userInfo[NSUnderlyingErrorKey] as? NSError
        }
        return .fileUnreadable(path: path, detail: (error as NSError).localizedDescription)
    }
}
