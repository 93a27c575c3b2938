import Foundation
import Kernel
import Release
import Server
import TestKit

/// What clients were told, and so what no crash may take back.
final class Told: @unchecked Sendable {
    struct LookUp: Hashable {
        let leaf: String
        let leafID: String
        let release: String
        let rows: Int
    }

    private let lock = NSLock()
    private var stored = (
        lookUps: [LookUp](), drafts: Set<String>(), submissions: Set<String>(), files: [String: String](),
        surprises: [String]()
    )

    var lookUps: [LookUp] { lock.withLock { stored.lookUps } }
    var drafts: Set<String> { lock.withLock { stored.drafts } }
    var submissions: Set<String> { lock.withLock { stored.submissions } }
    /// SHA-256 by release.
    var files: [String: String] { lock.withLock { stored.files } }
    /// Answers that no fault of ours explains.
    var surprises: [String] { lock.withLock { stored.surprises } }
    var count: Int {
        lock.withLock {
            stored.lookUps.count + stored.drafts.count + stored.submissions.count + stored.files.count
        }
    }

    func add(_ lookUp: LookUp) { lock.withLock { stored.lookUps.append(lookUp) } }
    func add(draft: String) { lock.withLock { _ = stored.drafts.insert(draft) } }
    func add(submission: String) { lock.withLock { _ = stored.submissions.insert(submission) } }
    func add(file release: String, sha256: String) { lock.withLock { stored.files[release] = sha256 } }
    func add(surprise: String) { lock.withLock { stored.surprises.append(surprise) } }
}

/// Clients of one `serve`: look-ups, requests and files, until it no longer answers or the task is cancelled.
struct Load: Sendable {
    let site: SampleSite
    let keys: [String]
    let told: Told

    init(_ site: SampleSite, told: Told) throws {
        self.site = site
        self.told = told
        let path = "\(site.data)/uploads/最低生活保障对象.csv"
        keys = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n").compactMap { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return cells[5] == "源城区" && cells[11] == "在保" ? String(cells[0]) : nil
        }
    }

    func run(on served: ServedSite) async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { await again { try await lookUp(served) } } }
            group.addTask { await again { try await request(served) } }
            group.addTask { await again { try await file(served) } }
        }
    }

    private func again(_ act: () async throws -> Void) async {
        while !Task.isCancelled {
            do { try await act() } catch { return }
        }
    }

    func lookUp(_ served: ServedSite) async throws {
        let answer = try await served.post(
            "/api/v1/grants/\(site.outcome.grant)/lookups", token: try site.token("consumer"),
            json: ["column": "身份证号", "keys": [.string(keys.randomElement() ?? "")]])
        guard answer.status == 200, let leaf = answer.json["leaf"]?.string,
            let leafID = answer.json["leafId"]?.string, let release = answer.json["release"]?.string,
            let rows = answer.json["rows"]?.array
        else { return note(answer, "look-up") }
        told.add(Told.LookUp(leaf: leaf, leafID: leafID, release: release, rows: rows.count))
    }

    /// A draft, then its submission.
    private func request(_ served: ServedSite) async throws {
        let today = Clock.system.now().date()
        let token = try site.token("consumer")
        let drafted = try await served.post(
            "/catalogue/\(site.outcome.release.entry)/request", token: token,
            form: [
                ("columns", "户籍县区"), ("columns", "救助类别"), ("rows", ""), ("purpose", "临时救助资格核验"),
                ("legalBasis", "社会救助暂行办法第四十八条"), ("businessItem", "临时救助审批"), ("deliveries", "csv"),
                ("expectedRows", "100"), ("from", today.description),
                ("to", today.adding(days: 90).description), ("retentionDays", "30"), ("isCommitted", "1"),
                ("contactPost", "民政业务经办岗"),
            ])
        guard drafted.status == 303, let id = drafted.headers["location"]?.split(separator: "/").last else {
            return note(drafted, "draft")
        }
        told.add(draft: String(id))
        let submitted = try await served.post(
            "/requests/\(id)/acts/submit", token: token, form: [("revision", "1")])
        guard submitted.status == 303 else { return note(submitted, "submission") }
        told.add(submission: String(id))
    }

    private func file(_ served: ServedSite) async throws {
        let format = ["csv", "excel"].randomElement() ?? "csv"
        let answer = try await served.post(
            "/api/v1/grants/\(site.outcome.grant)/releases", token: try site.token("consumer"),
            json: ["format": .string(format)])
        guard answer.status == 201, let id = answer.json["id"]?.string,
            let sha256 = answer.json["sha256"]?.string
        else { return note(answer, "file") }
        told.add(file: id, sha256: sha256)
    }

    /// A busy database may say so; a dying process may answer nothing.
    private func note(_ answer: ServedSite.Answer, _ act: String) {
        if answer.status != 503 && answer.status != 0 {
            told.add(
                surprise:
                    "\(act): \(answer.status) \(String(decoding: answer.body, as: UTF8.self).prefix(400))")
        }
    }
}
