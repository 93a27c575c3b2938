package import Kernel
import Lake

/// A file that belongs to a letter: the sealed copy of it, or an attachment.
package struct LetterFile: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case sealed, attachment
    }

    package let id: LetterFileID
    package let letter: LetterID
    package let kind: Kind
    package let name: String
    package let format: Format
    package let bytes: Int
    /// `sm3:…` or `sha256:…`, as the node digests.
    package let digest: String
    /// Whether the virus scanner found it clean.
    package let isScanned: Bool
    package let addedBy: AccountID
    package let addedAt: Instant
    /// The record that binds it to its letter.
    package let leaf: LeafID

    package static let nameCharactersMax = 120
}

extension LetterFile {
    /// Told by the first bytes; the name has to agree.
    package enum Format: String, Sendable, CaseIterable {
        case pdf, jpeg, png, ofd, docx, xlsx, text

        package static let sealed: [Format] = [.pdf, .ofd, .jpeg, .png]

        package var endings: [String] {
            switch self {
            case .jpeg: ["jpg", "jpeg"]
            case .text: ["txt", "csv"]
            default: [rawValue]
            }
        }

        package var mediaType: String {
            switch self {
            case .pdf: "application/pdf"
            case .jpeg: "image/jpeg"
            case .png: "image/png"
            case .ofd: "application/ofd"
            case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            case .text: "text/plain; charset=utf-8"
            }
        }

        /// A picture that browsers show by themselves.
        package var isPicture: Bool { self == .jpeg || self == .png }

        /// What browsers show without another program.
        package var isShownByBrowsers: Bool { isPicture || self == .pdf }

        package static func accepted(_ formats: [Format]) -> String {
            formats.flatMap(\.endings).map { ".\($0)" }.joined(separator: ",")
        }

        /// Nil for what is none of these.
        init?(of bytes: [UInt8]) {
            if bytes.starts(with: Array("%PDF-".utf8)) {
                self = .pdf
            } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
                self = .jpeg
            } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
                self = .png
            } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
                guard let names = (try? PackedFolder(bytes, WordDocument.limits))?.names else { return nil }
                if names.contains("OFD.xml") {
                    self = .ofd
                } else if names.contains(WordDocument.body) {
                    self = .docx
                } else if names.contains("xl/workbook.xml") {
                    self = .xlsx
                } else {
                    return nil
                }
            } else {
                guard !bytes.isEmpty, !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil
                else {
                    return nil
                }
                self = .text
            }
        }
    }
}

/// Why a file is not taken.
package enum FileFault: Error, Hashable, Sendable {
    case missing
    case empty
    case tooLarge(bytesMax: Int)
    case unknownFormat
    /// The name ends like another kind of file.
    case endingDiffers(ending: String, format: String)
    case notForSealed(format: String)
    case infected
    case macros
    case document(DocumentFault)

    package var message: Message {
        switch self {
        case .missing: Message("letter.file.missing")
        case .empty: Message("letter.file.empty")
        case .tooLarge(let most): Message("letter.document.too-large", ["bytesMax": "\(most)"])
        case .unknownFormat: Message("letter.file.unknown-format")
        case .endingDiffers(let ending, let format):
            Message("letter.file.ending-differs", ["ending": ending, "format": format])
        case .notForSealed(let format): Message("letter.file.not-for-sealed", ["format": format])
        case .infected: Message("letter.file.infected")
        case .macros: Message("letter.document.macros")
        case .document(let fault): fault.message
        }
    }
}

/// What is looked at in a file before it is taken: what it is, that its name says so, that nothing in it acts. Marks of secrecy are looked
/// for at the door (`UploadGate`), as of every file.
struct FileCheck {
    let name: String
    let format: LetterFile.Format

    init(_ bytes: [UInt8], named typed: String, allowing formats: [LetterFile.Format]) throws(FileFault) {
        guard !bytes.isEmpty else { throw .empty }
        guard let format = LetterFile.Format(of: bytes) else { throw .unknownFormat }
        let name = Self.plain(typed)
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard name.contains("."), format.endings.contains(ending) else {
            throw .endingDiffers(ending: ending, format: format.rawValue.uppercased())
        }
        guard formats.contains(format) else { throw .notForSealed(format: format.rawValue.uppercased()) }
        try Self.demandHarmless(bytes, format)
        self.name = name
        self.format = format
    }

    /// The last part of a path, without what a terminal or a header would take for more.
    private static func plain(_ typed: String) -> String {
        let last = typed.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "file"
        let scalars = last.unicodeScalars.map { scalar in
            scalar.value < 32 || scalar.value == 127 || "\"<>:|?*".unicodeScalars.contains(scalar)
                || (0x202A...0x202E).contains(scalar.value) ? "_" : Character(scalar)
        }
        let name = String(scalars.drop { $0 == "." })
        guard name.count > LetterFile.nameCharactersMax else { return name }
        // The ending stays.
        return String(name.prefix(LetterFile.nameCharactersMax - 10)) + "…" + String(name.suffix(9))
    }

    /// Whole, and without anything in it that acts.
    private static func demandHarmless(_ bytes: [UInt8], _ format: LetterFile.Format) throws(FileFault) {
        switch format {
        case .pdf, .jpeg, .png, .text: return
        case .docx:
            do { _ = try WordDocument(bytes, isHandedOn: true).paragraphs() } catch {
                throw .document(error)
            }
        case .xlsx, .ofd:
            let folder: PackedFolder
            do { folder = try PackedFolder(bytes, WordDocument.limits) } catch { throw .unknownFormat }
            if folder.names.contains(where: { $0.lowercased().contains("vbaproject") }) { throw .macros }
        }
    }
}
