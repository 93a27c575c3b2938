import Kernel

/// Cells and chips write their own markup: a page of a list has hundreds of each, for which a template would be asked some twenty
/// questions apiece, and takes several times as long.
extension Chip: Showable {
    package func shown(as shown: Shown) -> Any { ShownMarkup(markup: markup(as: shown)) }

    func markup(as shown: Shown) -> String {
        "<span class=\"hw-chip hw-chip-\(tone.rawValue)\">\(shown.escaped(label))</span>"
    }
}

extension Table.Cell: Showable {
    package func shown(as shown: Shown) -> Any { ShownMarkup(markup: markup(as: shown)) }

    func markup(as shown: Shown) -> String {
        var out = choice?.markup(as: shown) ?? ""
        if let label {
            var text = shown.escaped(label)
            if isCode { text = "<code>\(text)</code>" }
            if let href { text = "<a href=\"\(href.escapedForHTML)\">\(text)</a>" }
            out += text
            if let unit { out += "<span class=\"hw-unit\">\(shown.text(unit).escapedForHTML)</span>" }
            if let note { out += "<small class=\"hw-note\">\(shown.escaped(note))</small>" }
        }
        for chip in chips { out += chip.markup(as: shown) + " " }
        return out
    }
}

extension Table.Choice {
    fileprivate func markup(as shown: Shown) -> String {
        "<label class=\"hw-choose\"><input type=\"checkbox\" form=\"\(form.escapedForHTML)\""
            + " name=\"\(name.escapedForHTML)\" value=\"\(value.escapedForHTML)\"\(isChosen ? " checked" : "")>"
            + "<span class=\"visually-hidden\">\(shown.text(title).escapedForHTML)</span></label>"
    }
}

extension Table.Row: Showable {
    package func shown(as shown: Shown) -> Any {
        ShownMarkup(markup: cells.map { $0.markup(as: shown) }.joined())
    }
}

extension Table.ShownCell {
    fileprivate func markup(as shown: Shown) -> String {
        let classes = [isFigure ? "is-figure" : nil, isWhole ? "is-whole" : nil].compactMap(\.self)
        let kind = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
        return
            "<td data-label=\"\(shown.text(column).escapedForHTML)\"\(kind)\(isFirst ? " data-first" : "")>"
            + "<span class=\"hw-cell\">\(cell.markup(as: shown))</span></td>"
    }
}

extension Shown {
    fileprivate func escaped(_ label: Label) -> String { label.text(in: language, words).escapedForHTML }
}
