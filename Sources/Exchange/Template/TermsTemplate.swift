package import Kernel
package import Policy
import Web

/// A named bundle of terms that a decision can begin with: what the bureau recommends for a kind of sharing and purpose. It binds
/// nobody: whoever decides may change every term of it.
package struct TermsTemplate: Hashable, Sendable {
    package enum Limits {
        package static let nameCharactersMax = 60
        package static let textCharactersMax = 200
        package static let masksMax = 50
        package static let masksCharactersMax = 4_000
    }

    package let id: TemplateID
    package let name: String
    /// Nil: for any.
    package let sharing: SharingKind?
    /// A word of the purposes it is meant for; empty: for any.
    package let purpose: String
    /// The rule or recommendation it rests on.
    package let basis: String
    /// As the form of an offer asks for them, by field; `masks` holds a line for each kind of column: `身份证号：keep-6-4`.
    package let terms: [String: String]
    package let from: CalendarDate
    /// The last day; nil while in force.
    package let to: CalendarDate?

    package init(
        id: TemplateID, name: String, sharing: SharingKind?, purpose: String, basis: String,
        terms: [String: String], from: CalendarDate, to: CalendarDate? = nil
    ) {
        self.id = id
        self.name = name
        self.sharing = sharing
        self.purpose = purpose
        self.basis = basis
        self.terms = terms
        self.from = from
        self.to = to
    }

    package func isInForce(on day: CalendarDate) -> Bool { from <= day && to.map { day <= $0 } ?? true }

    /// Of the share type, and of the purpose where it names one.
    func fits(_ sharing: SharingKind, purpose: String) -> Bool {
        (self.sharing ?? sharing) == sharing && (self.purpose.isEmpty || purpose.contains(self.purpose))
    }

    /// One line of `masks`: columns whose name contains `column` are masked so.
    struct MaskLine: Hashable {
        let column: String
        let mask: String
        let measure: String
    }

    static func maskLines(_ text: String) -> [MaskLine] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let parts = line.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == ":" || $0 == "：" }
            let column = String(parts[0].filter { !$0.isWhitespace })
            if column.isEmpty, parts.count == 1 { return nil }
            let words = (parts.count == 2 ? parts[1] : "").split(maxSplits: 1, whereSeparator: \.isWhitespace)
            return MaskLine(
                column: column, mask: words.first.map(String.init) ?? "",
                measure: words.count == 2 ? words[1].trimmingPrefix(while: \.isWhitespace).description : "")
        }
    }

    /// The form of an offer, filled in for the columns of a wish: for each the first line that names it.
    func filled(for wish: RequestWish) -> SubmittedForm {
        var fields = terms.filter { $0.key != Self.masksField }.sorted { $0.key < $1.key }.map {
            ($0.key, $0.value)
        }
        fields.append(("limits", CircumstanceForm.asked))
        fields.append(("rows", wish.rows))
        let lines = Self.maskLines(terms[Self.masksField] ?? "")
        for (position, column) in wish.columns.enumerated() {
            guard let line = lines.first(where: { column.contains($0.column) }) else { continue }
            fields.append(("mask\(position)", line.mask))
            if !line.measure.isEmpty { fields.append(("measure\(position)", line.measure)) }
        }
        return SubmittedForm(fields)
    }

    static let masksField = "masks"

    /// Everything that is wrong with it, by field of its form.
    package func faults() -> [Problem.Place] {
        var faults: [Problem.Place] = []
        func demand(_ field: String, _ text: String, _ most: Int, isNeeded: Bool) {
            if isNeeded, text.allSatisfy(\.isWhitespace) {
                faults.append(Problem.Place(field, Message("exchange.field-required")))
            } else if text.unicodeScalars.count > most {
                faults.append(
                    Problem.Place(field, Message("exchange.field-too-long", ["charactersMax": "\(most)"])))
            }
        }
        demand("name", name, Limits.nameCharactersMax, isNeeded: true)
        demand("purpose", purpose, Limits.textCharactersMax, isNeeded: false)
        demand("basis", basis, Limits.textCharactersMax, isNeeded: true)
        demand(Self.masksField, terms[Self.masksField] ?? "", Limits.masksCharactersMax, isNeeded: false)
        faults += terms.keys.filter {
            !CircumstanceForm.templateFieldNames.contains($0) && $0 != Self.masksField
        }
        .sorted().map { Problem.Place($0, Message("exchange.field-unknown")) }
        if let to, to < from { faults.append(Problem.Place("to", Message("exchange.period-ends-early"))) }
        return faults + termFaults()
    }

    /// The terms are read as the form of an offer reads them: what it would refuse then is refused now.
    private func termFaults() -> [Problem.Place] {
        let lines = Self.maskLines(terms[Self.masksField] ?? "")
        if lines.count > Limits.masksMax
            || lines.contains(where: { $0.column.isEmpty || !OfferForm.knows($0.mask) })
        {
            return [Problem.Place(Self.masksField, Message("exchange.template-masks-wrong"))]
        }
        if terms.isEmpty { return [Problem.Place(Self.masksField, Message("exchange.template-empty"))] }
        let wish = RequestWish(columns: lines.map(\.column), deliveries: [.csv])
        do {
            let clauses = try OfferForm.clauses(filled(for: wish), wish, counties: [Self.anyCounty])
            _ = try [Clause](json: clauses.json)
            return []
        } catch let error as any ProblemConvertible {
            return error.problem.places.map { place in
                let isOfMask = place.name.hasPrefix("mask") || place.name.hasPrefix("measure")
                return Problem.Place(isOfMask ? Self.masksField : place.name, place.message)
            }
        } catch {
            return [Problem.Place("name", Message("exchange.field-malformed"))]
        }
    }

    /// Stands for the city's own divisions, which each decision takes from the table of its day.
    private static let anyCounty = "县区"
}
