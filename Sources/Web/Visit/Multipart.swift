import Foundation
import Hummingbird
import Kernel
import NIOCore

/// `multipart/form-data` (RFC 7578), read as it arrives: files go to disk, fields to memory, nothing is held whole.
struct Multipart {
    static let headerBytesMax = 16_384
    static let partsMax = 500

    private let delimiter: [UInt8]
    private let folder: String
    private let bytesMax: Int
    /// Asked with what came before the first file, so that a stranger's form cannot fill the disk.
    private let mayUpload: (SubmittedForm) -> Bool

    private var pending: [UInt8]
    private var state = State.preamble
    private var bytesRead = 0
    private var parts = 0
    private(set) var form = SubmittedForm()
    private(set) var written: [String] = []

    private enum State {
        case preamble
        case headers
        case field(name: String, value: [UInt8])
        case file(OpenFile)
        case end
    }

    private struct OpenFile {
        let field: String
        let name: String
        let path: String
        let handle: FileHandle
        var bytes = 0
    }

    /// Nil when `contentType` is no multipart form with a usable boundary.
    init?(
        contentType: String, folder: String, bytesMax: Int, mayUpload: @escaping (SubmittedForm) -> Bool
    ) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let boundary = Self.parameter("boundary", of: contentType[...]),
            (1...70).contains(boundary.utf8.count)
        else { return nil }
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter has no line before it.
        pending = [13, 10]
        self.folder = folder
        self.bytesMax = bytesMax
        self.mayUpload = mayUpload
    }

    mutating func read(_ body: RequestBody) async throws {
        for try await chunk in body {
            bytesRead += chunk.readableBytes
            guard bytesRead <= bytesMax else {
                throw Problem(
                    .tooLarge, Message("web.body-too-large", ["bytesMax": Written.bytes(bytesMax)]))
            }
            pending.append(contentsOf: chunk.readableBytesView)
            while try step() {}
        }
        guard case .end = state else { throw Problem(.invalid, Message("web.form-cut-short")) }
    }

    /// Takes what it can from `pending`; false when it needs more.
    private mutating func step() throws -> Bool {
        switch state {
        case .end:
            pending.removeAll()
            return false
        case .preamble:
            guard let at = find(delimiter) else { return false }
            return try afterDelimiter(at: at)
        case .headers:
            guard let at = find([13, 10, 13, 10]) else {
                guard pending.count <= Self.headerBytesMax else { throw Self.malformed }
                return false
            }
            let text = String(decoding: pending[..<at], as: UTF8.self)
            pending.removeFirst(at + 4)
            try open(text)
            return true
        case .field, .file:
            guard let at = find(delimiter) else {
                // The delimiter may have begun at the very end.
                let safe = pending.count - delimiter.count - 2
                if safe > 0 {
                    try take(safe)
                    pending.removeFirst(safe)
                }
                return false
            }
            guard pending.count >= at + delimiter.count + 2 else { return false }
            try take(at)
            try closePart()
            return try afterDelimiter(at: at)
        }
    }

    private mutating func afterDelimiter(at: Int) throws -> Bool {
        let next = at + delimiter.count
        guard pending.count >= next + 2 else { return false }
        let isLast = pending[next] == UInt8(ascii: "-") && pending[next + 1] == UInt8(ascii: "-")
        guard isLast || (pending[next] == 13 && pending[next + 1] == 10) else { throw Self.malformed }
        // The header block of the next part begins with the delimiter's own line end.
        pending.removeFirst(isLast ? next + 2 : next)
        state = isLast ? .end : .headers
        return true
    }

    private mutating func open(_ headers: String) throws {
        parts += 1
        guard parts <= Self.partsMax else { throw Self.malformed }
        let disposition = headers.split(separator: "\r\n").first {
            $0.lowercased().hasPrefix("content-disposition:")
        }
        guard let disposition, let name = Self.parameter("name", of: disposition) else {
            throw Self.malformed
        }
        guard let fileName = Self.parameter("filename", of: disposition) else {
            state = .field(name: name, value: [])
            return
        }
        guard mayUpload(form) else { throw FormProofError() }
        let path = "\(folder)/\(UploadID.new()).part"
        guard
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw Problem(.unavailable, Message("web.upload-folder")) }
        written.append(path)
        let shownName =
            fileName.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        state = .file(OpenFile(field: name, name: shownName, path: path, handle: handle))
    }

    private mutating func take(_ count: Int) throws {
        switch state {
        case .field(let name, let value):
            guard value.count + count <= SubmittedForm.fieldBytesMax else {
                throw Problem(
                    .tooLarge,
                    Message("web.body-too-large", ["bytesMax": Written.bytes(SubmittedForm.fieldBytesMax)]))
            }
            state = .field(name: name, value: value + pending[..<count])
        case .file(var file):
            do { try file.handle.write(contentsOf: pending[..<count]) } catch {
                throw Problem(.unavailable, Message("web.upload-disk"))
            }
            file.bytes += count
            state = .file(file)
        default: break
        }
    }

    private mutating func closePart() throws {
        switch state {
        case .field(let name, let value):
            guard let text = String(validating: value, as: UTF8.self) else {
                throw Problem(.invalid, Message("web.form-not-utf8"))
            }
            try form.add(name, text)
        case .file(let file):
            do { try file.handle.close() } catch { throw Problem(.unavailable, Message("web.upload-disk")) }
            // A file field left empty sends a nameless, empty file.
            if !file.name.isEmpty || file.bytes > 0 {
                form.add(
                    UploadedFile(field: file.field, fileName: file.name, path: file.path, bytes: file.bytes))
            }
        default: break
        }
    }

    private func find(_ needle: [UInt8]) -> Int? {
        pending.withUnsafeBytes { hay in
            guard let start = hay.baseAddress else { return nil }
            var from = 0
            while hay.count - from >= needle.count,
                let hit = memchr(start + from, Int32(needle[0]), hay.count - from - needle.count + 1)
            {
                let at = UnsafeRawPointer(hit) - start
                if memcmp(hit, needle, needle.count) == 0 { return at }
                from = at + 1
            }
            return nil
        }
    }

    private static let malformed = Problem(.invalid, Message("web.form-malformed"))

    /// `name="value"` or `name=value` of a header; a browser writes `"` inside a name as `%22`.
    static func parameter(_ name: String, of header: Substring) -> String? {
        for part in header.split(separator: ";").dropFirst() {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, sides[0].trimmed.lowercased() == name else { continue }
            var value = sides[1].trimmed
            if value.count >= 2, value.first == "\"", value.last == "\"" {
                value = value.dropFirst().dropLast()
            }
            return String(value.replacing("%22", with: "\""))
        }
        return nil
    }
}
