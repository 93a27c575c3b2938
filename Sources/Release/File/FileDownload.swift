import Foundation
import HTTPTypes
import Hummingbird
import Kernel
package import NIOCore
import Policy
import Web

/// Leave to hand over one file, a block at a time, for as long as its grant lets it.
package struct FileDownload: Sendable {
    static let blockBytes = 256 << 10

    package let release: FileRelease
    package let path: String
    let watch: GrantWatch.Stream

    /// Block by block; asks the grant before each.
    ///
    /// - Throws: `PolicyError.grantMoved` or `.watchLost`; `ReleaseError.fileGone` when the file is not the one that was settled.
    package func blocks(_ consume: (ByteBuffer) async throws -> Void) async throws {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw ReleaseError.fileGone }
        defer { try? handle.close() }
        while true {
            try watch.check()
            guard let block = try handle.read(upToCount: Self.blockBytes), !block.isEmpty else { return }
            try await consume(ByteBuffer(bytes: block))
        }
    }

    func response(_ receipts: ReceiptDesk) throws -> Response {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int64
        guard let size, size == release.bytes else { throw ReleaseError.fileGone }
        let body = ResponseBody(contentLength: Int(size)) { writer in
            var sent: Int64 = 0
            do {
                try await blocks { block in
                    try await writer.write(block)
                    sent += Int64(block.readableBytes)
                }
            } catch let error as PolicyError {
                try await receipts.stopped(release, after: sent, error.problem)
                // The connection breaks off: shorter than it said, the file cannot be taken for whole.
                throw error
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: release.mediaType, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(release.fileName)\"",
            ], body: body)
    }
}

extension FileRelease {
    fileprivate var mediaType: String {
        switch delivery {
        case .parquet: "application/vnd.apache.parquet"
        case .excel: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        default: "text/csv; charset=utf-8"
        }
    }
}
