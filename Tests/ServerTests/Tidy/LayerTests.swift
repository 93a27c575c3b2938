import Foundation
import TestKit
import Testing

/// `Package.swift` is the architecture diagram. The compiler lets a target import what stands below one of its own imports; this
/// does not.
@Suite struct `The layers` {
    /// What each target may import of ours, as the manifest lists it.
    private static func diagram() throws -> [String: Set<String>] {
        let manifest = try String(contentsOf: Golden.root.appending(path: "Package.swift"), encoding: .utf8)
        let names = /"(\w+)"/
        func listed(_ text: Substring) -> Set<String> {
            Set(text.matches(of: names).map { String($0.1) })
        }
        let ground = try #require(manifest.firstMatch(of: /let ground: \[Target.Dependency\] = \[([^\]]*)\]/))
        var diagram: [String: Set<String>] = [:]
        for match in manifest.matches(of: /module\(\s*"(\w+)"(?:,\s*([^\]]*\])(?: \+ \[([^\]]*)\])?)?/) {
            var imports = match.2.map(listed) ?? []
            if match.2?.hasPrefix("ground") == true {
                imports = listed(ground.1).union(match.2.map(listed) ?? [])
            }
            diagram[String(match.1)] = imports
        }
        for match in manifest.matches(of: /module\("(\w+)", ground(?: \+ (\[[^\]]*\]))?/) {
            diagram[String(match.1)] = listed(ground.1).union(match.2.map(listed) ?? [])
        }
        return diagram
    }

    @Test func `are crossed only as the manifest says`() throws {
        let diagram = try Self.diagram()
        let ours = Set(diagram.keys)
        #expect(diagram["Policy"] == ["Kernel", "Cryptography", "Persistence", "Evidence", "Identity"])
        #expect(diagram["Release"]?.isSuperset(of: ["Lake", "Web", "Evidence"]) == true)
        let statement =
            /^(?:@testable )?(?:package |internal |public |private )?import (?:struct |enum |func )?(\w+)/
        for (target, allowed) in diagram where target != "Server" && target != "TestKit" {
            let strangers = try SourceTree.swift(["Sources/\(target)"]).lines { _, line in
                guard let name = line.firstMatch(of: statement)?.1 else { return false }
                return ours.contains(String(name)) && !allowed.contains(String(name))
            }
            #expect(strangers == [])
        }
    }

    @Test func `have no circle`() throws {
        var left = try Self.diagram()
        left["Server"] = nil
        left["TestKit"] = nil
        while !left.isEmpty {
            let bottom = left.filter { target in target.value.allSatisfy { left[$0] == nil } }.keys
            try #require(!bottom.isEmpty, "a circle among \(left.keys.sorted())")
            for target in bottom { left[target] = nil }
        }
    }

    @Test func `keep the engine in workers: only the lake speaks to it`() throws {
        let found = try SourceTree.swift(["Sources"]).lines { file, line in
            (line.hasSuffix("import DuckDB") || line.hasSuffix("import CDuckDB"))
                && !file.path.hasPrefix("Sources/Lake/") && !file.path.hasPrefix("Sources/DuckDB/")
                && !file.path.hasPrefix("Sources/TestKit/")
        }
        #expect(found == [])
    }

    @Test func `make plans only in the policy`() throws {
        // `Plan.internal` is made where the platform reads for itself: each place is reviewed here.
        let places = try SourceTree.swift(["Sources"]).lines { file, line in
            line.contains("Plan.internal(") && !file.path.hasPrefix("Sources/Policy/")
        }
        let text = places.map { $0.split(separator: ":").first.map(String.init) ?? $0 }
        try Golden.expect(
            Set(text).sorted().joined(separator: "\n") + "\n",
            at: "Tests/Golden/policy/internal-plan-places.txt")
    }
}
