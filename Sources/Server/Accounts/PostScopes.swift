import Identity
import Kernel
import Web

extension PostForms {
    /// In a form: the whole node, and no unit.
    static let wholeNode = "node"

    /// What the reader can give a post to administer (管理范围).
    struct Scopes: Sendable {
        /// Whether the whole node is the reader's to give, and every role with it.
        let isNode: Bool
        let units: [(id: PartyID, name: String)]

        /// Without those that reach over the whole node.
        var roles: [Role] { Role.allCases.filter { $0 != .public && !Role.nodeWide.contains($0) } }

        func cell(of post: Post) -> Table.Cell {
            guard let scope = post.scope else { return Table.Cell(.word(Message("account.scope-node"))) }
            let name = units.first { $0.id == scope }?.name ?? scope.text
            return Table.Cell(
                .word(Message("account.scope-below", ["name": name])), href: UnitLinks.unit(scope))
        }

        func field(chosen: String, isNew: Bool) -> Field {
            let usual = isNew ? [Field.Option("", .word(Message("account.scope-usual")))] : []
            let node =
                isNode
                ? [
                    Field.Option(
                        wholeNode, .word(Message("account.scope-node")), isChosen: chosen == wholeNode)
                ] : []
            return Field.select(
                "scope", Message("account.scope"),
                usual + node
                    + units.map { Field.Option($0.id.text, .data($0.name), isChosen: chosen == $0.id.text) })
        }

        static let sample = Scopes(
            isNode: true, units: [(Party.sample.id, Party.sample.names.last?.text ?? "")])
    }

    static func scope(_ content: PostTermsPage.Content, failed: FailedForm?) -> ActForm {
        let typed = FailedForm.answers(failed, of: "scope")
        let present = content.post.scope?.text ?? wholeNode
        return ActForm(
            "scope", Message("account.set-scope"), note: Message("account.set-scope-note"),
            action: "\(AccountLinks.post(content.post.id))/scope",
            fields: [
                content.scopes.field(
                    chosen: typed.has("scope") ? typed["scope"] : present, isNew: false)
            ], errors: FailedForm.errors(failed, of: "scope"), button: Message("unit.save"))
    }
}

extension Post {
    /// Whether its rights over other units' things can be bounded.
    var isBoundable: Bool {
        !roles.isDisjoint(with: Role.administering) && roles.isDisjoint(with: Role.nodeWide)
    }
}
