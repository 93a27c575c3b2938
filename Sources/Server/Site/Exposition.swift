/// Figures as Prometheus reads them (text format 0.0.4): each family once, with its help and its kind.
struct Exposition {
    enum Kind: String {
        case counter, gauge
    }

    private(set) var text = ""

    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Int64) {
        add(name, kind, help, by: "", [("", value)])
    }

    /// One sample a label value.
    mutating func add(
        _ name: String, _ kind: Kind, _ help: String, by label: String, _ samples: [(String, Int64)]
    ) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for (value, figure) in samples {
            text += label.isEmpty ? "\(name) \(figure)\n" : "\(name){\(label)=\"\(value)\"} \(figure)\n"
        }
    }
}
