import Foundation
import Lake

@testable import Letters

/// Documents made for tests, part by part.
enum WordSample {
    static let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

    static func types(_ main: String = main, more: String = "") -> String {
        "<?xml version=\"1.0\"?><Types><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + "<Override PartName=\"/word/document.xml\" ContentType=\"\(main)\"/>\(more)</Types>"
    }

    static func body(_ paragraphs: String) -> String {
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>\(paragraphs)<w:sectPr/></w:body></w:document>"
    }

    static func paragraph(_ runs: String...) -> String {
        "<w:p w14:paraId=\"0A\" w:rsidR=\"1\"><w:pPr><w:jc w:val=\"both\"/></w:pPr>"
            + runs.map { "<w:r><w:rPr><w:b/></w:rPr><w:t>\($0)</w:t></w:r>" }.joined() + "</w:p>"
    }

    static func bytes(
        _ paragraphs: String, types: String = types(), more: [(String, String)] = []
    ) -> [UInt8] {
        let parts = [("[Content_Types].xml", types), ("word/document.xml", body(paragraphs))] + more
        return PackedFolder(made: parts.map { ($0.0, Array($0.1.utf8)) }).bytes
    }

    static func fault(_ bytes: [UInt8]) -> DocumentFault? {
        do {
            _ = try WordDocument(bytes).checkedPlaceholders()
            return nil
        } catch { return error }
    }

    /// What stands in the document part.
    static func text(_ document: WordDocument) throws -> String {
        let folder = try PackedFolder(document.bytes, WordDocument.limits)
        return String(decoding: try folder.content(of: "word/document.xml") ?? [], as: UTF8.self)
    }
}
