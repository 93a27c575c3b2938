import Hummingbird
import Identity
import Kernel
import NIOCore
import Policy
import Web

/// Files of minutes: handed out to whoever sees the coordination, and brought by programs.
extension CoordinationSite {
    func minutesRoutes(_ routes: inout Routes) {
        let readers = ExchangeSite.actsOfRequests
        routes.get("/coordinations/:id/files/:file", .anyOf(readers)) { try await download($0) }
        routes.get("/coordinations/:id/files/:file/view", .anyOf(readers)) { visit in
            let (file, bytes) = try await kept(visit)
            guard let kept = file.kept, kept.isPicture else { throw Visit.notFound }
            return Response(
                status: .ok, headers: [.contentType: kept.mediaType, .contentDisposition: "inline"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        routes.get(
            "/api/v1/coordinations/:id/files/:file", .anyOf(readers), describing: .readMinutesFile
        ) { try await download($0) }
        routes.post(
            "/api/v1/coordinations/:id/minutes", .action(.coordinateRequest),
            body: .upload(bytesMax: Self.uploadBytesMax, door: .minutes), describing: .recordMinutes
        ) { visit in
            guard let revision = visit.form.integer("revision") else {
                throw ExchangeError.bodyMalformed(member: "revision")
            }
            let one = try await coordinations.record(
                try brought(visit.form), on: visit.id(), seen: revision, by: visit.principal,
                key: visit.form["key"].isEmpty ? nil : visit.form["key"])
            return visit.json(
                one.apiJSON(acts: try coordinations.possibleActs(on: one, for: visit.principal)))
        }
    }

    func brought(_ form: SubmittedForm) throws -> BroughtMinutes {
        BroughtMinutes(
            meeting: form.integer("meeting") ?? 0, attendees: BroughtMinutes.attendees(form["attendees"]),
            text: form["comment"].isEmpty ? nil : form["comment"],
            files: try form.files("files").filter { $0.bytes > 0 }.map { ($0.path, $0.fileName) })
    }

    private func kept(_ visit: Visit) async throws -> (file: CoordinationMeeting.File, bytes: [UInt8]) {
        try await coordinations.file(visit.id("file"), of: visit.id(), for: visit.principal)
    }

    private func download(_ visit: Visit) async throws -> Response {
        let (file, bytes) = try await kept(visit)
        return visit.download(
            ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)), as: file.name,
            type: file.kept?.mediaType ?? "application/octet-stream")
    }
}

enum MinutesForms {
    /// What is wrong with a file is said at the field that brought it.
    static func atFiles(_ problem: Problem) -> Problem {
        Problem(
            problem.kind, problem.message, remedy: problem.remedy,
            places: problem.places.map { Problem.Place($0.name == "file" ? "files" : $0.name, $0.message) })
    }

    static func table(_ files: [CoordinationMeeting.File], of id: CaseID, number: Int) -> Table {
        Table(
            id: "files-\(number)", caption: Message("coordination.files"),
            columns: [
                Table.Column(Message("coordination.file-name")),
                Table.Column(Message("coordination.file-bytes"), isFigure: true),
                Table.Column(Message("coordination.file-view")),
                Table.Column(Message("coordination.file-digest")),
            ],
            rows: files.map { file in
                let href = file.kept.map { "\(CoordinationLinks.one(id))/files/\($0.id)" }
                return [
                    Table.Cell(.data(file.name), href: href),
                    Table.Cell(file.kept.map { .count($0.bytes) } ?? .nothing),
                    file.kept?.isPicture == true
                        ? Table.Cell(
                            .word(Message("coordination.file-look")), href: href.map { "\($0)/view" })
                        : Table.Cell(.nothing), Table.Cell(.data(file.sha256), isCode: true),
                ]
            }, empty: EmptyState(Message("coordination.files")))
    }
}

extension Operation {
    fileprivate static let readMinutesFile = Operation(
        "coordinations", Message("coordination.api.file"),
        answers: [Answer(200, Message("exchange.api.ok"), .file(["application/octet-stream"]))])

    fileprivate static let recordMinutes = Operation(
        "coordinations", Message("coordination.api.minutes"),
        form: [
            FormPart("meeting", "1", Message("coordination.meeting")),
            FormPart("revision", "4", Message("coordination.api.minutes-revision")),
            FormPart("attendees", "示例局：首席数据官", Message("coordination.attendees-hint")),
            FormPart("comment", "双方同意脱敏后提供", Message("coordination.minutes")),
            FormPart("files", "@minutes.pdf", Message("coordination.files"), isFile: true),
        ],
        answers: [
            Answer(200, Message("exchange.api.ok"), .json(.coordination))
        ], problems: [.conflict, .refused])
}
