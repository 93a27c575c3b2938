import Foundation
import Glibc

/// One end of a worker's connection. Reads belong to one thread; writes may come from several and do not interleave.
final class WorkerSocket: @unchecked Sendable {
    private let descriptor: Int32
    private let writing = NSLock()

    init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { Glibc.close(descriptor) }

    /// Wakes the reader on both ends with an end of stream.
    func shutDown() { Glibc.shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Our end, and the descriptor of the child's. Neither has a name that anybody else could find.
    static func pair() throws(LakeError) -> (own: WorkerSocket, childEnd: Int32) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw .workerUnavailable(reason: String(cString: strerror(errno)))
        }
        return (WorkerSocket(descriptor: ends[0]), ends[1])
    }

    /// Whether the other end is gone.
    var isHungUp: Bool {
        var entry = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&entry, 1, 0) > 0 && entry.revents & Int16(POLLHUP | POLLERR) != 0
    }

    /// True when there is something to read (or the end of it) within the time.
    func waitReadable(milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) > 0
    }

    func write(_ kind: WorkerFrame.Kind, _ payload: some Encodable) throws {
        try write(kind, bytes: [UInt8](JSONEncoder().encode(payload)))
    }

    func write(_ kind: WorkerFrame.Kind, bytes: [UInt8]) throws(LakeError) {
        guard bytes.count < WorkerFrame.bytesMax else {
            throw .protocolBroken(detail: "a message of \(bytes.count) bytes is too long")
        }
        var head = withUnsafeBytes(of: UInt32(bytes.count + 1).bigEndian) { Array($0) }
        head.append(kind.rawValue)
        writing.lock()
        defer { writing.unlock() }
        guard send(head) && send(bytes) else {
            throw .protocolBroken(detail: String(cString: strerror(errno)))
        }
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var sent = 0
            while sent < buffer.count {
                let count = Glibc.send(
                    descriptor, buffer.baseAddress?.advanced(by: sent), buffer.count - sent,
                    Int32(MSG_NOSIGNAL))
                if count > 0 {
                    sent += count
                } else if count < 0, errno == EINTR {
                    continue
                } else {
                    return false
                }
            }
            return true
        }
    }

    /// Nil at the end of the stream; blocks until a whole frame is there.
    func read() throws(LakeError) -> (kind: WorkerFrame.Kind, payload: [UInt8])? {
        guard let head = receive(5) else { return nil }
        let length = head[0..<4].reduce(0) { $0 << 8 | Int($1) }
        guard length >= 1, length <= WorkerFrame.bytesMax, let kind = WorkerFrame.Kind(rawValue: head[4])
        else {
            throw .protocolBroken(detail: "frame \(head[4]) of \(length) bytes")
        }
        guard let payload = receive(length - 1) else { return nil }
        return (kind, payload)
    }

    private func receive(_ count: Int) -> [UInt8]? {
        var ended = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = recv(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, 0)
                if got > 0 {
                    filled += got
                } else if got < 0, errno == EINTR {
                    continue
                } else {
                    ended = true
                    return
                }
            }
        }
        return ended ? nil : bytes
    }
}
