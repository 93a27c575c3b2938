package import Kernel
package import Web

/// One letter: what it says, what is made of it, its sealed copy and attachments, and what may be done to it.
package struct LetterOnePage: Page {
    package struct Line: Sendable { package let text: String }
    package struct Picture: Sendable {
        package let name: String
        package let href: String
    }
    /// What turns it into a document.
    package struct Making: Sendable {
        package let action: String
        package let template: Field
        /// Nil without a converter.
        package let pdfAction: String?
    }

    package static let template = "letters/letter"
    package let title: Message
    package let head: Head
    package let voided: Message?
    package let facts: Facts
    package let lines: [Line]
    package let hasLines: Bool
    package let making: Making?
    package let files: Table
    package let pictures: [Picture]
    /// Whether files are looked at by a scanner.
    package let scanning: Message
    let acts: [LetterAct]

    struct Content {
        let letter: Letter
        let files: [LetterFile]
        let templates: [LetterTemplate]
        let ofCase: LetterCase?
        let owner: String
        let actors: Actors
        /// May add to it, and void it while it is only numbered.
        let mayAct: Bool
        let tools: OutsideTools
        let fileBytesMax: Int
        var refused: LetterAct.Refused?
    }

    init(_ content: Content) {
        let letter = content.letter
        title = Message("letter.one", ["name": letter.name])
        let path = LetterLinks.letter(letter.id)
        head = Head(
            .data(letter.name), subtitle: letter.number.isEmpty ? nil : .data(letter.title),
            crumbs: [Head.Crumb(.word(Message("letter.letters")), LetterLinks.letters)],
            chips: [Chip(letter.directionMessage), Chip(letter.stateMessage, letter.state.tone)],
            otherActs: content.mayAct && letter.state.mayBeVoided
                ? [Act(Message("letter.void"), "\(path)/voiding")] : [])
        voided = letter.voided.map {
            Message("letter.voided-because", ["reason": $0.reason, "day": $0.at.date().description])
        }
        facts = Self.facts(content)
        lines = letter.body.split(whereSeparator: \.isNewline).map { Line(text: String($0)) }
        hasLines = !lines.isEmpty
        making =
            letter.direction == .outgoing && letter.state != .voided
            ? Making(
                action: "\(path)/document", template: Self.choice(content.templates, form: "document"),
                pdfAction: content.tools.isSet(.converter) ? "\(path)/pdf" : nil) : nil
        files = Self.table(content.files, content.actors)
        pictures = content.files.filter(\.format.isPicture).map {
            Picture(name: $0.name, href: "\(LetterLinks.file($0))/view")
        }
        scanning = Message(content.tools.isSet(.scanner) ? "letter.scanned" : "letter.tool-unset.scanner")
        acts = content.mayAct && letter.state != .voided ? Self.acts(content) : []
    }

    private static func facts(_ content: Content) -> Facts {
        let letter = content.letter
        let isIncoming = letter.direction == .incoming
        func text(_ value: String) -> Table.Cell { Table.Cell(value.isEmpty ? .nothing : .data(value)) }
        var facts: [(Message, Table.Cell)] = [
            (Message("letter.number"), text(letter.number)), (Message("letter.title"), text(letter.title)),
            (Message(isIncoming ? "letter.sender" : "letter.addressee"), text(letter.counterpart)),
            (Message("letter.copies"), text(letter.copies.joined(separator: "，"))),
            (Message("letter.mark"), text(letter.mark)),
            (Message("letter.dated"), Table.Cell(.date(letter.dated))),
            (Message("letter.owner"), text(content.owner)),
        ]
        if isIncoming {
            facts += [
                (Message("letter.receipt"), text("\(letter.year)-\(letter.serial)")),
                (
                    Message("letter.received-on"),
                    Table.Cell(letter.receivedOn.map { .date($0) } ?? .nothing)
                ),
            ]
        }
        if let file = content.ofCase {
            facts.append((Message("letter.belongs-to"), Table.Cell(.data(file.title), href: file.href)))
        }
        facts.append(
            (
                Message("letter.made"),
                Table.Cell(.moment(letter.madeAt), note: content.actors["account:\(letter.madeBy)"])
            ))
        return Facts(facts)
    }

    private static func table(_ files: [LetterFile], _ actors: Actors) -> Table {
        Table(
            id: "files", caption: Message("letter.files"),
            columns: [
                .init(Message("letter.file")), .init(Message("letter.file-kind")),
                .init(Message("letter.size"), isFigure: true), .init(Message("letter.digest")),
                .init(Message("letter.added")),
            ],
            rows: files.map { file in
                [
                    Table.Cell(
                        .data(file.name), href: LetterLinks.file(file),
                        note: file.isScanned ? .word(Message("letter.clean")) : nil),
                    Table.Cell([
                        Chip(
                            Message("letter.kind.\(file.kind.rawValue)"),
                            file.kind == .sealed ? .good : .neutral)
                    ]), Table.Cell(.bytes(file.bytes)), Table.Cell(.data(file.digest), isCode: true),
                    Table.Cell(.moment(file.addedAt), note: actors["account:\(file.addedBy)"]),
                ]
            }, count: files.count, empty: EmptyState(Message("letter.files-none")))
    }

    private static func choice(_ templates: [LetterTemplate], form: String) -> Field {
        Field.select(
            "template", Message("letter.template"),
            [Field.Option("", .word(Message("letter.template-built-in")))]
                + templates.map { Field.Option($0.id.text, .data($0.name)) }
        ).within(form: form)
    }

    private static func acts(_ content: Content) -> [LetterAct] {
        let path = LetterLinks.letter(content.letter.id)
        func upload(_ kind: LetterFile.Kind, _ formats: [LetterFile.Format]) -> LetterAct {
            LetterAct(
                kind.rawValue, Message("letter.add.\(kind.rawValue)"),
                note: Message("letter.add-why.\(kind.rawValue)"),
                action: "\(path)/\(LetterLinks.adding(kind))",
                fields: [
                    Field.file(
                        "file", Message("letter.file"), accept: LetterFile.Format.accepted(formats),
                        bytesMax: content.fileBytesMax
                    ).required()
                ], refused: content.refused, button: Message("letter.add.\(kind.rawValue)"), takesFile: true)
        }
        var acts: [LetterAct] = []
        if content.letter.direction == .outgoing {
            acts.append(upload(.sealed, LetterFile.Format.sealed))
            if content.tools.isSet(.sealer), content.tools.isSet(.converter) {
                acts.append(
                    LetterAct(
                        "e-seal", Message("letter.e-seal"), note: Message("letter.e-seal-why"),
                        action: "\(path)/seal", fields: [choice(content.templates, form: "e-seal")],
                        refused: content.refused, button: Message("letter.e-seal")))
            }
        }
        return acts + [upload(.attachment, LetterFile.Format.allCases)]
    }

    package static let samples: [LetterOnePage] = {
        let (bare, all) = (
            OutsideTools(secondsMax: 1, gate: OutsideGate()),
            OutsideTools(converter: "/c", sealer: "/s", scanner: "/v", secondsMax: 1, gate: OutsideGate())
        )
        func content(
            _ letter: Letter, _ files: [LetterFile], _ tools: OutsideTools, of file: LetterCase? = nil,
            mayAct: Bool = true, refused: LetterAct.Refused? = nil
        ) -> Content {
            Content(
                letter: letter, files: files, templates: [.sample], ofCase: file, owner: "市政务服务数据管理局",
                actors: Actors(), mayAct: mayAct, tools: tools, fileBytesMax: 1 << 20, refused: refused)
        }
        let errors = FormErrors(LetterError.fileRefused(.infected).problem)
        return [
            LetterOnePage(content(.sample, [], bare, of: .sample)),
            LetterOnePage(
                content(
                    .sample, [.sample, .sampleAttachment], all, of: .sample,
                    refused: LetterAct.Refused(id: "sealed", errors: errors))),
            LetterOnePage(content(.sampleVoided, [], bare)),
            LetterOnePage(content(.sampleIncoming, [.sampleAttachment], bare, mayAct: false)),
        ]
    }()
}
