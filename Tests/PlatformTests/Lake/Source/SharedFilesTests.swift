import Foundation
import Kernel
import Lake
import TestKit
import Testing

/// Every real file, and what becomes of it: taken in with these figures, or refused with this reason. The list is read when it changes.
@Suite(.enabled(if: SharedData.isPresent)) struct `All real files` {
    @Test func `are hooked right, or refused with the right reason`() throws {
        let root = SharedData.folder + "/"
        // Parts of a shapefile come with its .shp; the other folders are no tables of a department.
        let others = [".shx", ".prj", ".cpg", "README.md", "INVENTORY.csv"]
        let every = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
        let names = every.filter { name in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: root + name, isDirectory: &isFolder),
                !isFolder.boolValue, !name.hasPrefix("standards/"),
                !others.contains(where: { name.hasSuffix($0) })
            else { return false }
            return !name.hasSuffix(".dbf") || !every.contains(name.dropLast(4) + ".shp")
        }.sorted()
        var lines: [String] = []
        for name in names { lines.append("\(name): \(try fate(of: root + name))") }
        try Golden.expect(lines.joined(separator: "\n") + "\n", at: "Tests/Golden/real-files.txt")
    }

    private func fate(of path: String) throws -> String {
        let folder = try SourceFolder()
        let source = Source(file: path)
        do throws(SourceError) {
            let probe = try probe(source, in: folder)
            let staged = try stage(source, probe, in: folder)
            return Self.told(probe, staged)
        } catch {
            let place = error.problem.message.arguments.sorted { $0.key < $1.key }
                .filter { !["path", "detail", "max", "excerpt", "reason"].contains($0.key) }
                .map { "\($0.key) \($0.value.prefix(80))" }.joined(separator: ", ")
            return "refused, \(error.problem.message.key.dropFirst("source.".count))"
                + (place.isEmpty ? "" : " (\(place))")
        }
    }

    private func probe(_ source: Source, in folder: SourceFolder) throws(SourceError) -> Probe {
        try ProbeTask(source: source, confinement: folder.confinement)
            .run(folder.connection, unpackingIn: folder.path + "/spill")
    }

    private func stage(
        _ source: Source, _ probe: Probe, in folder: SourceFolder
    ) throws(SourceError) -> Staged {
        try StageTask(
            source: source, mapping: probe.mapping, into: folder.stagedFolder, confinement: folder.confinement
        ).run(folder.connection)
    }

    private static func told(_ probe: Probe, _ staged: Staged) -> String {
        var said = ["\(staged.rowsStaged) rows", "\(probe.mapping.included.count) columns"]
        if staged.rowsRejected > 0 {
            let reasons = staged.rejectsByReason.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            said.append("\(staged.rowsRejected) rejected (\(reasons.joined(separator: ", ")))")
        }
        if let encoding = probe.detection?.encoding { said.append(encoding.rawValue) }
        switch probe.mapping.dialect?.header ?? probe.mapping.sheet?.header {
        case .line(let line)? where line != 1: said.append("header on \(line)")
        case .some(.none): said.append("no header")
        default: break
        }
        if let sheet = probe.mapping.sheet?.name { said.append("sheet \(sheet)") }
        if let records = probe.mapping.json?.records, !records.isEmpty { said.append("records \(records)") }
        let warned = Set(probe.warnings.map { String($0.key.dropFirst("source.warning.".count)) })
        if !warned.isEmpty { said.append("warned of " + warned.sorted().joined(separator: ", ")) }
        return said.joined(separator: "; ")
    }
}
