import Kernel
import Policy

/// Whether decisions may stand: pure, so that the page can say beforehand what the store will refuse.
struct GradeCheck {
    let rules: GradeRules
    let sharing: SharingKind?
    let columns: [String]
    let book: GradeBook

    func demand(_ decided: [String: GradeLevel], reason: String?) throws(GradingError) {
        guard !decided.isEmpty else { throw .nothingDecided }
        let unknown = decided.keys.filter { name in !columns.contains { $0.utf8.elementsEqual(name.utf8) } }
        guard unknown.isEmpty else { throw .columnsUnknown(unknown.sorted()) }
        if let reason, reason.count > GradingLimits.reasonCharactersMax {
            throw .reasonTooLong(max: GradingLimits.reasonCharactersMax)
        }
        var low: [Problem.Place] = []
        for (column, level) in decided.sorted(by: { $0.key < $1.key }) {
            low += floors(column).filter { level < $0.level }.map(\.place)
        }
        low += sharingFloor(decided)
        guard low.isEmpty else { throw .belowFloor(low) }
        if reason?.allSatisfy(\.isWhitespace) ?? true {
            let departing = decided.filter { column, level in
                level >= .important || (book.suggestion(for: column).map { level < $0.level } ?? false)
            }
            if !departing.isEmpty { throw .reasonNeeded(departing.keys.sorted()) }
        }
    }

    private func floors(_ column: String) -> [(level: GradeLevel, place: Problem.Place)] {
        (book.suggestion(for: column)?.findings ?? []).filter(\.isBinding).map { finding in
            let floor = rules.floor(of: finding.kind)
            let key = finding.kind.isSensitive ? "grading.floor-sensitive" : "grading.floor-personal"
            let kind = gradingWords.text(finding.kind.message, in: .simplifiedChinese)
            return (
                floor,
                Problem.Place(
                    column,
                    Message(
                        key,
                        ["column": column, "kind": kind, "level": floor.rawValue, "citation": rules.citation])
                )
            )
        }
    }

    /// Judged once every column has a grade.
    private func sharingFloor(_ decided: [String: GradeLevel]) -> [Problem.Place] {
        guard let floor = sharing.flatMap({ rules.sharingFloors[$0] }) else { return [] }
        let levels = columns.map { decided[$0] ?? book.level(of: $0) }
        guard !levels.contains(nil), let highest = levels.compactMap(\.self).max(), highest < floor else {
            return []
        }
        return [
            Problem.Place(
                "entry",
                Message("grading.floor-sharing", ["level": floor.rawValue, "citation": rules.citation]))
        ]
    }
}
