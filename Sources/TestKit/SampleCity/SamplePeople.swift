package import Foundation
package import Identity
package import Kernel
import Persistence
package import Server

/// The posts of the sample city, one holder each. Holders are named after their posts: the sample invents nobody.
package struct SamplePeople: Sendable {
    package struct Holder: Sendable {
        /// Also the account's name.
        package let key: String
        package let unit: String
        package let title: String
        package let roles: Set<Role>
        package let scopes: Set<String>
    }

    package struct Member: Sendable {
        package let holder: Holder
        package let password: String
        package let token: String
        package let principal: Principal
    }

    package static let bureau = "市政务服务数据管理局"
    package static let assistance = "市民政局"
    package static let market = "市市场监管局"
    package static let ecology = "市生态环境局"
    package static let tourism = "市文化广电旅游体育局"
    package static let county = "源城区人民政府"

    package static let holders: [Holder] = [
        Holder(
            key: "steward", unit: assistance, title: "数据专员岗", roles: [.steward],
            scopes: [
                "entry.*", "hook.*", "version.*", "rule.*", "request.*", "receipt.*", "letter.*",
                "joint-test.*", "paper-approval.*",
            ]),
        Holder(
            key: "cdo", unit: assistance, title: "首席数据官", roles: [.departmentCDO],
            scopes: [
                "entry.*", "hook.*", "version.*", "rule.*", "grade.*", "request.*", "grant.*", "receipt.*",
                "approval-chain.*", "case.*", "letter.*", "exchange.*", "supervision.*", "coordination.*",
                "joint-test.*", "paper-approval.*",
            ]),
        Holder(
            key: "market-steward", unit: market, title: "数据专员岗", roles: [.steward],
            scopes: ["entry.*", "hook.*", "version.*", "rule.*"]),
        Holder(
            key: "market-cdo", unit: market, title: "首席数据官", roles: [.departmentCDO],
            scopes: ["entry.*", "grade.*", "request.*", "grant.*"]),
        Holder(
            key: "ecology-steward", unit: ecology, title: "数据专员岗", roles: [.steward],
            scopes: ["entry.*", "hook.*", "version.*", "rule.*"]),
        Holder(
            key: "tourism-steward", unit: tourism, title: "数据专员岗", roles: [.steward],
            scopes: ["entry.*", "hook.*", "version.*", "rule.*"]),
        Holder(
            key: "reviewer", unit: bureau, title: "数据管理科审核岗", roles: [.bureauReviewer],
            scopes: [
                "entry.*", "request.*", "grant.*", "receipt.*", "party.*", "calendar.*", "letter.*",
                "exchange.*", "supervision.*", "coordination.*",
            ]),
        Holder(
            key: "leader", unit: bureau, title: "分管领导", roles: [.leader],
            scopes: ["request.*", "supervision.*", "coordination.*"]),
        Holder(
            key: "security", unit: bureau, title: "安全管理岗", roles: [.securityOfficer],
            scopes: ["grade.*", "grant.*", "receipt.*", "evidence.*", "upload.*"]),
        Holder(
            key: "auditor", unit: bureau, title: "审计岗", roles: [.auditor],
            scopes: ["receipt.*", "evidence.*"]),
        Holder(
            key: "administrator", unit: bureau, title: "系统管理岗", roles: [.administrator],
            scopes: ["account.*", "token.*", "party.*", "setting.*", "calendar.*"]),
        Holder(
            key: "consumer", unit: county, title: "民政业务经办岗", roles: [.consumer],
            scopes: [
                "request.*", "release.*", "receipt.*", "token.*", "push-target.*", "letter.*", "joint-test.*",
                "paper-approval.*", "grant.*",
            ]),
        Holder(
            key: "county-cdo", unit: county, title: "首席数据官", roles: [.departmentCDO],
            scopes: [
                "request.*", "receipt.*", "supervision.*", "coordination.*", "paper-approval.*", "grant.*",
            ]),
        // Administers the county alone, as posts of a county do.
        Holder(
            key: "county-administrator", unit: county, title: "系统管理岗", roles: [.administrator],
            scopes: ["account.*", "party.*"]),
    ]

    package let members: [String: Member]

    package func principal(_ key: String) throws(Problem) -> Principal {
        guard let member = members[key] else {
            throw Problem(.notFound, Message("demo.member-missing", ["key": key]))
        }
        return member.principal
    }

    /// Makes posts, accounts and tokens. Passwords are new and random: they are written to the demo's own file and nowhere else.
    package init(in node: Node) async throws {
        let now = node.clock.now()
        let system = Principal.system()
        var members: [String: Member] = [:]
        for holder in Self.holders {
            guard let party = try await node.parties.named(holder.unit).first else {
                throw Problem(.notFound, Message("demo.unit-missing", ["unit": holder.unit]))
            }
            let post = try await node.posts.create(
                holder.title, in: party.id, roles: holder.roles, by: system, at: now)
            let person = try await node.posts.register("\(holder.unit)\(holder.title)", by: system, at: now)
            try await node.posts.appoint(person.id, to: post.id, from: now.date(), by: system, at: now)
            let password = Self.password()
            let account = try await node.accounts.create(
                holder.key, password: password, for: person.id, by: system)
            let (_, token) = try await node.tokens.issue(
                for: account.id, in: post.id, label: "demo", scopes: holder.scopes, days: 30, by: system)
            let scope = try await node.database.read { try AdministrativeScope.below(post.scope, in: $0) }
            members[holder.key] = Member(
                holder: holder, password: password, token: token,
                principal: Principal(
                    account: account.id, party: party.id, post: post.id, roles: holder.roles,
                    channel: .commandLine, displayName: holder.title, scope: scope))
        }
        self.members = members
    }

    private static func password() -> String {
        var random = SystemRandomNumberGenerator()
        func some(_ count: Int, of alphabet: String) -> String {
            let alphabet = Array(alphabet)
            return String((0..<count).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
        }
        // Of every kind of character, so that it will do whatever a site asks of passwords.
        return some(13, of: "abcdefghjkmnpqrstuvwxyz23456789") + "-" + some(2, of: "ACEFHJKLMNPRTUVWXY")
            + some(1, of: "23456789")
    }

    /// `demo-accounts.json`: one account and one token a role, then the rest.
    package func write(to file: URL) throws {
        let list = Self.holders.compactMap { members[$0.key] }.map { member -> JSON in
            [
                "role": .string(member.holder.roles.map(\.rawValue).sorted().joined(separator: ",")),
                "account": .string(member.holder.key), "password": .string(member.password),
                "token": .string(member.token), "unit": .string(member.holder.unit),
                "post": .string(member.holder.title),
            ]
        }
        try Data(JSON.object(["accounts": .array(list)]).pretty.utf8).write(to: file, options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }
}
