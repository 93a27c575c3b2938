import Identity
import Kernel
import Web

/// What may be done to units, as forms.
enum UnitForms {
    /// `isNode`: whether a unit may stand below none.
    static func new(
        above: [Party], isNode: Bool = true, on day: CalendarDate, failed: FailedForm?
    ) -> ActForm {
        let typed = FailedForm.answers(failed, of: "new")
        return ActForm(
            "new", Message("unit.new"), action: UnitLinks.units,
            fields: [
                Field.text("name", Message("unit.official-name"), value: typed["name"]).required(),
                Field.select(
                    "kind", Message("unit.kind"),
                    Party.Kind.allCases.map {
                        Field.Option(
                            $0.rawValue, .word($0.message), isChosen: typed["kind"] == $0.rawValue)
                    }
                ).required(),
                Field.text("alias", Message("unit.aliases"), value: typed["alias"])
                    .hint(Message("unit.aliases-hint")),
                Field.text("uscc", Message("unit.uscc"), value: typed["uscc"])
                    .hint(Message("unit.uscc-hint")),
                Field.text("division", Message("unit.division"), value: typed["division"])
                    .hint(Message("unit.division-hint")),
                parent(above, isNode, chosen: typed.id("parent"), on: day),
                Field.date(
                    "founded", Message("unit.founded"),
                    value: typed.has("founded") ? typed["founded"] : day.description
                ).required(),
            ], errors: FailedForm.errors(failed, of: "new"), button: Message("unit.register"))
    }

    /// All that may be done to `party`, which still exists.
    static func of(
        _ party: Party, others: [Party], members: Set<PartyID>, isNode: Bool = true, on day: CalendarDate,
        failed: FailedForm?
    ) -> [ActForm] {
        var forms = [rename(party, on: day, failed), place(party, others, isNode, on: day, failed)]
        if party.kind == .group { forms.append(membership(party, others, members, on: day, failed)) }
        return forms
    }

    private static func rename(_ party: Party, on day: CalendarDate, _ failed: FailedForm?) -> ActForm {
        let typed = FailedForm.answers(failed, of: "name")
        return ActForm(
            "name", Message("unit.rename"), note: Message("unit.rename-note"),
            action: "\(UnitLinks.unit(party.id))/name",
            fields: [
                Field.text("name", Message("unit.new-name"), value: typed["name"]).required(),
                Field.date(
                    "from", Message("unit.from-day"),
                    value: typed.has("from") ? typed["from"] : day.description
                ).required(),
            ], errors: FailedForm.errors(failed, of: "name"), button: Message("unit.rename"))
    }

    private static func place(
        _ party: Party, _ others: [Party], _ isNode: Bool, on day: CalendarDate, _ failed: FailedForm?
    ) -> ActForm {
        let typed = FailedForm.answers(failed, of: "parent")
        return ActForm(
            "parent", Message("unit.place"), action: "\(UnitLinks.unit(party.id))/parent",
            fields: [
                parent(
                    others, isNode, chosen: typed.has("parent") ? typed.id("parent") : party.parent, on: day)
            ], errors: FailedForm.errors(failed, of: "parent"), button: Message("unit.save"))
    }

    private static func membership(
        _ party: Party, _ others: [Party], _ members: Set<PartyID>, on day: CalendarDate,
        _ failed: FailedForm?
    ) -> ActForm {
        let typed = FailedForm.answers(failed, of: "members")
        let chosen = failed?.id == "members" ? Set(typed.all("members")) : Set(members.map(\.text))
        return ActForm(
            "members", Message("unit.members"), note: Message("unit.members-note"),
            action: "\(UnitLinks.unit(party.id))/members",
            fields: [
                Field.ticks(
                    "members", Message("unit.members"),
                    others.filter { $0.kind != .group }.map {
                        Field.Option(
                            $0.id.text, .data($0.name(on: day)), isChosen: chosen.contains($0.id.text))
                    })
            ], errors: FailedForm.errors(failed, of: "members"), button: Message("unit.save"))
    }

    private static func parent(
        _ others: [Party], _ isNode: Bool, chosen: PartyID?, on day: CalendarDate
    ) -> Field {
        Field.select(
            "parent", Message("unit.parent"),
            (isNode ? [Field.Option("", .word(Message("unit.no-parent")))] : [])
                + others.filter { $0.kind != .group }.map {
                    Field.Option($0.id.text, .data($0.name(on: day)), isChosen: $0.id == chosen)
                })
    }
}
