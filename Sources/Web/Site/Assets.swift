package import Foundation
import Cryptography
import HTTPTypes
import Hummingbird
package import Kernel
import NIOCore

/// Style, script and drawings: read once, served under their digest, so that browsers keep them for a year.
package struct Assets: Sendable {
    private struct File: Sendable {
        let bytes: ByteBuffer
        let type: String
        let digest: String
    }

    private let files: [String: File]
    package let links: Shell.Assets

    private static let own = ["headwaters.css", "headwaters.js", "mark.svg"]
    private static let fetched = ["bootstrap.min.css", "htmx.min.js", "echarts.min.js"]

    /// `fetchedFolder` is where `make setup` put Bootstrap, htmx and ECharts.
    package init(fetchedFolder: String) throws(AssetError) {
        var files: [String: File] = [:]
        for (folder, names) in [(webPageFolder.path + "/assets", Self.own), (fetchedFolder, Self.fetched)] {
            for name in names {
                guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
                    throw .missing(name: name, folder: folder)
                }
                files[name] = File(
                    bytes: ByteBuffer(bytes: data), type: Self.type(of: name),
                    digest: String(DigestAlgorithm.sha256.digest(Array(data)).hex.prefix(12)))
            }
        }
        self.files = files
        func link(_ name: String) -> String { "/assets/\(name)?v=\(files[name]?.digest ?? "")" }
        links = Shell.Assets(
            bootstrap: link("bootstrap.min.css"), style: link("headwaters.css"), htmx: link("htmx.min.js"),
            charts: link("echarts.min.js"), script: link("headwaters.js"), icon: link("mark.svg"))
    }

    /// The first of the usual places that holds the fetched assets: beside an installed binary, or where `make setup` works.
    package static func fetchedFolder(environment: [String: String], executable: URL) -> String {
        let beside = executable.resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "share/headwaters/assets").path
        let home = environment["HOME"] ?? ""
        let places = [
            environment["HEADWATERS_DEPS"].map { $0 + "/assets" }, beside,
            home + "/.cache/headwaters/deps/assets",
            ".deps/assets",
        ].compactMap(\.self)
        return places.first { FileManager.default.fileExists(atPath: $0 + "/htmx.min.js") } ?? beside
    }

    func routes(_ routes: inout Routes) {
        routes.get("/assets/:name", .public) { visit in
            guard let file = self.files[try visit.parameter("name")] else { throw Visit.notFound }
            let tag = "\"\(file.digest)\""
            let isPinned = visit.query["v"] == file.digest
            let headers: HTTPFields = [
                .contentType: file.type, .eTag: tag,
                .cacheControl: isPinned ? "public, max-age=31536000, immutable" : "public, no-cache",
            ]
            if visit.request.headers[.ifNoneMatch] == tag {
                return Response(status: .notModified, headers: headers)
            }
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.bytes))
        }
    }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}

package enum AssetError: Error, Hashable, Sendable, ProblemConvertible {
    case missing(name: String, folder: String)

    package var problem: Problem {
        switch self {
        case .missing(let name, let folder):
            Problem(
                .unavailable, Message("web.asset-missing", ["name": name, "folder": folder]),
                remedy: Message("web.asset-missing-remedy"))
        }
    }
}
