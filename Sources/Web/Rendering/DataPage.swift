import HTTPTypes
package import Hummingbird
import Identity
package import Kernel

/// A page with values of rows. Whoever looks at it is written across it (可见水印), so that a photograph or a print says whose it was.
///
/// It is answered by `Visit.data`; `Visit.page` refuses it.
package protocol DataPage: Page {
    /// Whether a column of it is personal, or may be: by what people graded and detectors found, never by what its values look like here.
    var isPersonal: Bool { get }
}

/// Who looks, for which unit, and when.
package struct DataMark: Sendable, Hashable {
    package let unit: String
    package let name: String
    package let at: Instant
    /// The same is in the log of requests.
    package let trace: String
    /// Of one repetition across the page; as wide as the words need.
    package let tileWidth: String

    package init(unit: String, name: String, at: Instant, trace: String) {
        self.unit = unit
        self.name = name
        self.at = at
        self.trace = trace
        let characters = "\(unit) \(name)".unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E7F ? 2 : 1) }
        tileWidth = String(max(24, characters) * 8 + 72)
    }

    package static let sample = DataMark(
        unit: "示例市民政局", name: "数据专员", at: Instant(microseconds: 0), trace: "4bf92f3577b34da6a3ce929d0e0e4736")
}

extension Visit {
    /// A page with values of rows, marked with who looks at it.
    package func data(_ page: some DataPage, status: HTTPResponse.Status = .ok) async throws -> Response {
        var shell = site.shell(for: visitor, at: request.uri)
        if page.isPersonal || site.settings.marksAllData { shell.mark = try await mark() }
        return try answer(page, in: shell, status: status)
    }

    /// As a workbook has it at the foot of each printed page; nil where its page would not be marked.
    package func footLine(isPersonal: Bool) async throws -> String? {
        guard isPersonal || site.settings.marksAllData else { return nil }
        let mark = try await mark()
        return text(
            Message(
                "web.mark-line",
                ["unit": mark.unit, "name": mark.name, "at": text(mark.at), "trace": mark.trace]))
    }

    private func mark() async throws -> DataMark {
        let posts = try await site.door.posts(principal)
        let post = posts.first { $0.id == principal.post }
        return DataMark(
            unit: post?.party ?? "", name: principal.displayName, at: now, trace: visitor.trace)
    }
}
