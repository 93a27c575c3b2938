import Kernel
import Policy
import TestKit
import Testing

/// Whatever is handed in, a reader answers with a value or with an error that says where; it never falls over.
@Suite struct `Damaged texts` {
    @Test func `of expressions are refused with a position inside the text`() throws {
        var generator = PolicyGenerator(seed: 21)
        var refused = 0
        for round in 0..<6_000 {
            let source = generator.predicate(generator.schema(), depth: 2).text
            let bytes =
                round % 4 == 0
                ? Damage.noise(bytesMax: 60, using: &generator.numbers)
                : Damage.done(to: Array(source.utf8), using: &generator.numbers)
            let text = String(decoding: bytes, as: UTF8.self)
            do throws(PolicyError) {
                let read = try Expression(text: text)
                // What is accepted means something that can be said again.
                #expect(try Expression(text: read.text).text == read.text, "\(text)")
            } catch {
                refused += 1
                guard case .syntax(let fault) = error else {
                    Issue.record("\(text): \(error)")
                    continue
                }
                #expect((0...text.unicodeScalars.count).contains(fault.offset), "\(text): \(fault)")
                #expect(policyWords.entries["policy.syntax-\(fault.what)"] != nil, "\(fault)")
            }
        }
        #expect(refused > 2_000)
    }

    @Test func `of JSON are refused with their place, or mean what their canonical form means`() throws {
        var numbers = SampleRandom(seed: 22)
        let good = Array(PolicySample.clauses.json.canonical.utf8)
        var refused = 0
        for round in 0..<10_000 {
            let bytes =
                round % 5 == 0
                ? Damage.noise(bytesMax: 80, using: &numbers) : Damage.done(to: good, using: &numbers)
            do throws(JSONFault) {
                let read = try JSON.parse(bytes)
                #expect(try JSON.parse(read.canonical).canonical == read.canonical)
            } catch {
                refused += 1
                #expect((0...bytes.count).contains(error.byteOffset) && error.line >= 1)
            }
        }
        #expect(refused > 5_000)
    }

    @Test func `of clauses and plans are refused by name and path, never half read`() throws {
        var numbers = SampleRandom(seed: 23)
        let plan = try Plan(
            Terms(PolicySample.clauses, facts: PolicySample.facts(), on: PolicySample.today),
            grant: PolicySample.grant)
        var refused = 0
        for _ in 0..<6_000 {
            let bytes = Damage.done(to: Array(PolicySample.clauses.json.canonical.utf8), using: &numbers)
            if let json = try? JSON.parse(bytes) {
                do throws(PolicyError) {
                    let clauses = try [Clause](json: json)
                    #expect(try [Clause](json: clauses.json).json == clauses.json)
                } catch {
                    refused += 1
                    switch error {
                    case .malformed(let refusals): #expect(!refusals.isEmpty)
                    case .syntax: break
                    default: Issue.record("\(json.canonical): \(error)")
                    }
                }
            }
            if let json = try? JSON.parse(Damage.done(to: Array(plan.json.canonical.utf8), using: &numbers)) {
                _ = try? PlanCarrier.read(json.canonical)
            }
        }
        #expect(refused > 100)
    }

    /// JSON of the right shape with wrong things in it: each node of a good tree is replaced in turn.
    @Test func `with another value anywhere in a clause are read or refused, and the path names the place`()
        throws
    {
        let strangers: [JSON] = [
            .null, true, .integer(.min), .integer(-1), "", "'", .array([]), .object([:]), .string("\u{0}"),
            .array([.array([.array([])])]), .integer(.max),
        ]
        var refused = 0
        for clause in PolicySample.clauses {
            for stranger in strangers {
                for changed in clause.json.withEachNode(replacedBy: stranger) {
                    do throws(PolicyError) { _ = try Clause(json: changed) } catch {
                        refused += 1
                        guard case .malformed(let refusals) = error else { continue }
                        #expect(refusals.allSatisfy { $0.detail["path"]?.hasPrefix("$") ?? true })
                    }
                }
            }
        }
        #expect(refused > 300)
    }
}

extension JSON {
    fileprivate func withEachNode(replacedBy stranger: JSON) -> [JSON] {
        switch self {
        case .array(let elements):
            return [stranger]
                + elements.indices.flatMap { index in
                    elements[index].withEachNode(replacedBy: stranger).map { changed in
                        var next = elements
                        next[index] = changed
                        return .array(next)
                    }
                }
        case .object(let members):
            return [stranger]
                + members.keys.sorted().flatMap { key in
                    (members[key] ?? .null).withEachNode(replacedBy: stranger).map { changed in
                        var next = members
                        next[key] = changed
                        return .object(next)
                    }
                }
        default: return [stranger]
        }
    }
}
