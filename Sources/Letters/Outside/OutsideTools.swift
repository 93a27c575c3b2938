import Foundation
import Kernel
import Lake

/// The programs beside ours: what makes a PDF of a document, what seals one, what looks for viruses. Each is off without its setting.
package struct OutsideTools: Sendable {
    /// Of `soffice`; empty: no PDF is made.
    package let converter: String
    /// Gets the path of a PDF and the path at which the sealed one is wanted; empty: seals are put on paper.
    package let sealer: String
    /// Gets the path of a file: 0 is clean, 1 infected, all else no answer. Empty: files are not looked at.
    package let scanner: String
    package let secondsMax: Int
    private let gate: OutsideGate

    package init(
        converter: String = "", sealer: String = "", scanner: String = "", secondsMax: Int, gate: OutsideGate
    ) {
        self.converter = converter
        self.sealer = sealer
        self.scanner = scanner
        self.secondsMax = secondsMax
        self.gate = gate
    }

    package func isSet(_ tool: OutsideTool) -> Bool { !path(of: tool).isEmpty }

    private func path(of tool: OutsideTool) -> String {
        switch tool {
        case .converter: converter
        case .sealer: sealer
        case .scanner: scanner
        }
    }

    /// The document as PDF. The converter has a profile of its own, in which no macro runs and nothing is fetched.
    ///
    /// - Throws: `LetterError.notSet`, `.toolFailed`, `.toolsBusy`.
    func pdf(of document: [UInt8], bytesMax: Int, in temporaryFolder: String) async throws -> [UInt8] {
        try await within(temporaryFolder) { work in
            let (input, out) = ("\(work)/letter.docx", "\(work)/out")
            try FileManager.default.createDirectory(
                atPath: "\(work)/profile/user", withIntermediateDirectories: true)
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            try Data(document).write(to: URL(filePath: input))
            try Data(Self.profile.utf8).write(
                to: URL(filePath: "\(work)/profile/user/registrymodifications.xcu"))
            try await run(
                .converter,
                [
                    "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
                    "-env:UserInstallation=file://\(work)/profile", "--convert-to", "pdf", "--outdir", out,
                    input,
                ], in: work)
            return try made("\(out)/letter.pdf", by: .converter, bytesMax, allowing: [.pdf])
        }
    }

    /// The PDF with the seal on it: a PDF or an OFD.
    func seal(_ pdf: [UInt8], bytesMax: Int, in temporaryFolder: String) async throws -> [UInt8] {
        try await within(temporaryFolder) { work in
            let (input, out) = ("\(work)/letter.pdf", "\(work)/sealed")
            try Data(pdf).write(to: URL(filePath: input))
            try await run(.sealer, [input, out], in: work)
            return try made(out, by: .sealer, bytesMax, allowing: [.pdf, .ofd])
        }
    }

    /// - Throws: `LetterError.fileRefused` of an infected file, `.toolFailed` when nobody can say.
    func scan(_ path: String, in temporaryFolder: String) async throws {
        try await within(temporaryFolder) { work in
            switch try await outcome(.scanner, [path], in: work) {
            case .ended(0): return
            case .ended(1): throw LetterError.fileRefused(.infected)
            case let other: throw LetterError.toolFailed(.scanner, reason: Self.reason(other, secondsMax))
            }
        }
    }

    private func run(_ tool: OutsideTool, _ arguments: [String], in work: String) async throws {
        let outcome = try await outcome(tool, arguments, in: work)
        guard outcome == .ended(0) else {
            throw LetterError.toolFailed(tool, reason: Self.reason(outcome, secondsMax))
        }
    }

    private func outcome(
        _ tool: OutsideTool, _ arguments: [String], in work: String
    ) async throws -> OutsideCommand.Outcome {
        let path = path(of: tool)
        guard !path.isEmpty else { throw LetterError.notSet(tool) }
        guard gate.enter() else { throw LetterError.toolsBusy }
        defer { gate.leave() }
        return try await OutsideCommand(
            executable: path, arguments: arguments, folder: work, secondsMax: secondsMax
        ).run()
    }

    private static func reason(_ outcome: OutsideCommand.Outcome, _ secondsMax: Int) -> Message {
        switch outcome {
        case .ended(let status): Message("letter.tool.ended", ["status": "\(status)"])
        case .signalled: Message("letter.tool.signalled")
        case .late: Message("letter.tool.late", ["secondsMax": "\(secondsMax)"])
        case .unstarted: Message("letter.tool.unstarted")
        }
    }

    private func made(
        _ path: String, by tool: OutsideTool, _ bytesMax: Int, allowing formats: [LetterFile.Format]
    ) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw LetterError.toolFailed(tool, reason: Message("letter.tool.nothing-made"))
        }
        defer { try? handle.close() }
        let bytes = Array(try handle.read(upToCount: bytesMax + 1) ?? Data())
        guard bytes.count <= bytesMax else {
            throw LetterError.toolFailed(
                tool, reason: Message("letter.document.too-large", ["bytesMax": "\(bytesMax)"]))
        }
        guard let format = LetterFile.Format(of: bytes), formats.contains(format) else {
            throw LetterError.toolFailed(tool, reason: Message("letter.tool.nothing-made"))
        }
        return bytes
    }

    /// A folder for one run, gone afterwards.
    private func within<Result>(
        _ temporaryFolder: String, _ body: (String) async throws -> Result
    ) async throws -> Result {
        let work = try WorkFolder("\(temporaryFolder)/letter-\(JobID.new())")
        defer { withExtendedLifetime(work) {} }
        return try await body(work.path)
    }

    /// Of LibreOffice: macros off, links not updated, nothing loaded from elsewhere.
    private static let profile = """
        <?xml version="1.0" encoding="UTF-8"?>
        <oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" \
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" \
        oor:op="fuse"><value>3</value></prop></item>
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
        oor:op="fuse"><value>true</value></prop></item>
        <item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
        oor:op="fuse"><value>true</value></prop></item>
        <item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" \
        oor:op="fuse"><value>0</value></prop></item>
        </oor:items>

        """
}

/// How many of them run at once: each may want much memory.
package final class OutsideGate: Sendable {
    private static let runsMax = 4
    private let running = Count()

    package init() {}

    func enter() -> Bool { running.add(upTo: Self.runsMax) }
    func leave() { running.subtract() }

    private final class Count: @unchecked Sendable {
        private let lock = NSLock()
        private var value = 0

        func add(upTo most: Int) -> Bool {
            lock.withLock {
                guard value < most else { return false }
                value += 1
                return true
            }
        }

        func subtract() { lock.withLock { value -= 1 } }
    }
}
