import Policy

/// A parameter as people write it, one a line: `query kind = 1`, `query id = @身份证号`, `body query.no = @编号:integer`. A constant that
/// begins with @ is written @@.
extension LiveSource.Parameter {
    /// Nil for what is none.
    package init?(line: String) {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let left = line[..<equals].split(whereSeparator: \.isWhitespace)
        guard left.count == 2, let place = LiveSource.Place(rawValue: left[0].lowercased()) else {
            return nil
        }
        var right = line[line.index(after: equals)...]
        while right.first?.isWhitespace == true { right.removeFirst() }
        while right.last?.isWhitespace == true { right.removeLast() }
        let name = String(left[1])
        guard right.hasPrefix("@"), !right.hasPrefix("@@") else {
            self.init(name, in: place, .constant(String(right.hasPrefix("@@") ? right.dropFirst() : right)))
            return
        }
        let key = right.dropFirst()
        if let colon = key.lastIndex(of: ":"), let type = ColumnType(String(key[key.index(after: colon)...]))
        {
            self.init(name, in: place, .key(column: String(key[..<colon]), type: type))
        } else {
            self.init(name, in: place, .key(column: String(key), type: .text))
        }
    }

    package var line: String {
        let value =
            switch filling {
            case .constant(let text): text.hasPrefix("@") ? "@" + text : text
            case .key(let column, let type): type == .text ? "@\(column)" : "@\(column):\(type)"
            }
        return "\(place.rawValue) \(name) = \(value)"
    }
}
