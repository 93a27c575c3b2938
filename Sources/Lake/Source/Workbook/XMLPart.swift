import CExpat
import Glibc

/// What a part of a workbook is read by: called element by element, never holding more than one of them.
class XMLHandler {
    /// Set to stop for good.
    final var failure: SourceError?
    /// Set to pause after this element; reading goes on with the next one.
    final var wantsPause = false

    func begin(_ element: XMLName, _ attributes: XMLAttributes) {}
    func end(_ element: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<CChar>) {}
}

/// An element's name without the prefix of its namespace: the parts of a workbook mix no vocabularies that matter here.
struct XMLName {
    private let local: UnsafePointer<CChar>

    init(_ name: UnsafePointer<CChar>) { local = strchr(name, 0x3A).map { UnsafePointer($0 + 1) } ?? name }

    static func == (name: XMLName, word: StaticString) -> Bool {
        word.withUTF8Buffer { buffer in
            buffer.baseAddress.map {
                strncmp(name.local, UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self), buffer.count)
                    == 0
                    && name.local[buffer.count] == 0
            } ?? false
        }
    }
}

struct XMLAttributes {
    private let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    init(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) { self.list = list }

    subscript(word: StaticString) -> UnsafePointer<CChar>? {
        guard let list else { return nil }
        var at = 0
        while let name = list[at] {
            if XMLName(name) == word { return list[at + 1] }
            at += 2
        }
        return nil
    }

    func text(_ word: StaticString) -> String? { self[word].map { String(cString: $0) } }
    func integer(_ word: StaticString) -> Int? { self[word].flatMap { Int(String(cString: $0)) } }
}

/// One part of a workbook as XML, read block by block. A document type, and with it every entity that a document could define, is
/// refused; nesting is bounded.
final class XMLPart {
    private static let blockBytes = 256 << 10
    static let depthMax = 64

    let name: String
    let file: SourceFile
    private let handler: XMLHandler
    private let parser: XML_Parser
    private(set) var bytesRead: Int64 = 0
    private var isPaused = false
    private var isAtEnd = false
    private let state = State()

    private final class State {
        var handler: XMLHandler?
        var parser: XML_Parser?
        var depth = 0
    }

    init(_ name: String, _ file: SourceFile, _ handler: XMLHandler) throws(SourceError) {
        guard let parser = XML_ParserCreate(nil) else { throw .engine("XML_ParserCreate") }
        self.name = name
        self.file = file
        self.handler = handler
        self.parser = parser
        state.handler = handler
        state.parser = parser
        XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, element, attributes in
                guard let data, let element else { return }
                let state = Unmanaged<State>.fromOpaque(data).takeUnretainedValue()
                state.depth += 1
                state.handler?.begin(XMLName(element), XMLAttributes(attributes))
                XMLPart.settle(state)
            },
            { data, element in
                guard let data, let element else { return }
                let state = Unmanaged<State>.fromOpaque(data).takeUnretainedValue()
                state.depth -= 1
                state.handler?.end(XMLName(element))
                XMLPart.settle(state)
            })
        XML_SetCharacterDataHandler(parser) { data, bytes, count in
            guard let data, let bytes else { return }
            let state = Unmanaged<State>.fromOpaque(data).takeUnretainedValue()
            state.handler?.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            guard let data else { return }
            let state = Unmanaged<State>.fromOpaque(data).takeUnretainedValue()
            state.handler?.failure = .workbookForbidden(what: "<!DOCTYPE>")
            XMLPart.settle(state)
        }
    }

    deinit { XML_ParserFree(parser) }

    private static func settle(_ state: State) {
        guard let handler = state.handler, let parser = state.parser else { return }
        if state.depth > depthMax, handler.failure == nil {
            handler.failure = .workbookForbidden(what: "\(state.depth) levels of elements")
        }
        if handler.failure != nil {
            XML_StopParser(parser, XML_Bool(XML_FALSE))
        } else if handler.wantsPause {
            handler.wantsPause = false
            XML_StopParser(parser, XML_Bool(XML_TRUE))
        }
    }

    /// Reads on until the handler asks for a pause; false at the end of the part.
    func proceed(_ isCancelled: () -> Bool) throws(SourceError) -> Bool {
        while true {
            let status: XML_Status
            if isPaused {
                isPaused = false
                status = XML_ResumeParser(parser)
            } else {
                if isAtEnd { return false }
                if isCancelled() { throw .cancelled }
                guard let block = XML_GetBuffer(parser, Int32(Self.blockBytes)) else {
                    throw .engine("XML_GetBuffer")
                }
                let got = try file.read(into: block, count: Self.blockBytes, at: bytesRead)
                bytesRead += Int64(got)
                isAtEnd = got < Self.blockBytes
                status = XML_ParseBuffer(parser, Int32(got), isAtEnd ? 1 : 0)
            }
            if let failure = handler.failure { throw failure }
            switch status {
            case XML_STATUS_SUSPENDED:
                isPaused = true
                return true
            case XML_STATUS_OK: continue
            default:
                throw .workbookDamaged(
                    part: name, line: Int64(XML_GetCurrentLineNumber(parser)),
                    detail: XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "")
            }
        }
    }

    /// Reads the whole of a part whose handler never pauses.
    static func read(
        _ name: String, _ file: SourceFile, _ handler: XMLHandler, _ isCancelled: () -> Bool
    ) throws(SourceError) {
        let part = try XMLPart(name, file, handler)
        while try part.proceed(isCancelled) {}
    }
}
