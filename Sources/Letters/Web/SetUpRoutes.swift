import Hummingbird
import Kernel
import NIOCore
import Policy
import Web

/// Series and templates of a unit, on one page.
extension LetterSite {
    func setUpRoutes(_ routes: inout Routes) {
        let guarded = RouteGuard.action(.setLetterTemplate)
        routes.get(LetterLinks.setUp, guarded) { try await setUp($0) }
        routes.post("/letters/series", guarded) { try await setSeries($0) }
        routes.post("/letters/series/:id/end", guarded) { visit in
            try await letters.endSeries(visit.id(), by: visit.principal)
            return visit.redirect(
                to: LetterLinks.setUp, saying: Notice(.done, Message("letter.series-ended-done")))
        }
        routes.post(
            "/letters/templates", guarded,
            body: .upload(bytesMax: LetterLimits.templateBytesMax + 65_536, door: .letterTemplate)
        ) { try await setTemplate($0) }
        routes.post("/letters/templates/:id/end", guarded) { visit in
            try await letters.endTemplate(visit.id(), by: visit.principal)
            return visit.redirect(
                to: LetterLinks.setUp, saying: Notice(.done, Message("letter.template-ended-done")))
        }
        routes.get("/letters/templates/:id/file", guarded) { visit in
            let id: LetterTemplateID = try visit.id()
            let name = try await letters.templates(of: visit.principal).first { $0.id == id }?.name ?? id.text
            return try await template(id, named: name, visit)
        }
        routes.get("/letters/templates/built-in/file", guarded) { visit in
            try await template(nil, named: BuiltInTemplate.fileName, visit)
        }
    }

    private func template(_ id: LetterTemplateID?, named name: String, _ visit: Visit) async throws
        -> Response
    {
        let bytes = try await letters.template(id, for: visit.principal)
        return visit.download(
            ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)), as: "\(name).docx",
            type: LetterFile.Format.docx.mediaType)
    }

    private func setUp(_ visit: Visit, refused: LetterAct.Refused? = nil) async throws -> Response {
        try visit.page(
            SetUpPage(
                try await letters.series(of: visit.principal),
                try await letters.templates(of: visit.principal), refused: refused),
            status: refused == nil ? .ok : .unprocessableContent)
    }

    private func setSeries(_ visit: Visit) async throws -> Response {
        let form = visit.form
        do {
            let used = form["used"].isEmpty ? 0 : form.integer("used") ?? -1
            try await letters.setSeries(form["code"], usedThisYear: used, by: visit.principal)
            return visit.redirect(
                to: LetterLinks.setUp, saying: Notice(.done, Message("letter.series-set-done")))
        } catch let error as LetterError where error.problem.kind == .invalid {
            return try await setUp(
                visit,
                refused: LetterAct.Refused(id: "series", errors: FormErrors(error.problem), typed: form))
        }
    }

    private func setTemplate(_ visit: Visit) async throws -> Response {
        do {
            guard let file = try visit.form.file("file"), file.bytes > 0 else {
                throw LetterError.fileRefused(.missing)
            }
            try await letters.setTemplate(
                fileAt: file.path, named: visit.form["name"], by: visit.principal)
            return visit.redirect(
                to: LetterLinks.setUp, saying: Notice(.done, Message("letter.template-set-done")))
        } catch let error as any ProblemConvertible
            where [.invalid, .refused].contains(error.problem.kind)
        {
            return try await setUp(
                visit,
                refused: LetterAct.Refused(
                    id: "template", errors: FormErrors(error.problem), typed: visit.form))
        }
    }
}
