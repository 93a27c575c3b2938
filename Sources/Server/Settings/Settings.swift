package import Foundation
package import Kernel

/// The values in force: the environment wins over `settings.json` in the data folder, which wins over the table's own.
///
/// Everything is read and checked once, at start: a name that is no setting or a value out of range stops the program with
/// every fault named.
package struct Settings: Sendable {
    package enum Origin: String, Sendable {
        case standard, file, environment
    }

    private let values: [String: (text: String, origin: Origin)]

    /// Faults of all settings together, as places of one problem.
    package init(
        folder: URL? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(Problem) {
        var values: [String: (text: String, origin: Origin)] = [:]
        var faults: [Problem.Place] = []
        for setting in Setting.allCases { values[setting.name] = (setting.standard, .standard) }
        if let folder {
            for (name, text) in try Self.file(in: folder) {
                if values[name] == nil {
                    faults.append(Problem.Place(name, Message("setting.unknown")))
                } else {
                    values[name] = (text, .file)
                }
            }
        }
        for setting in Setting.allCases {
            if let text = environment[setting.environmentName] { values[setting.name] = (text, .environment) }
            if let text = values[setting.name]?.text, let fault = setting.form.fault(in: text) {
                faults.append(Problem.Place(setting.name, fault))
            }
        }
        guard faults.isEmpty else {
            throw Problem(
                .invalid, Message("setting.faults", ["count": String(faults.count)]), places: faults)
        }
        self.values = values
    }

    package func text(_ setting: Setting) -> String { values[setting.name]?.text ?? setting.standard }
    package func origin(_ setting: Setting) -> Origin { values[setting.name]?.origin ?? .standard }
    package func integer(_ setting: Setting) -> Int { Int(text(setting)) ?? 0 }
    package func list(_ setting: Setting, separator: Character = ",") -> [String] {
        text(setting).split(separator: separator).map(String.init)
    }

    private static func file(in folder: URL) throws(Problem) -> [String: String] {
        let path = folder.appending(path: "settings.json").path
        guard let data = FileManager.default.contents(atPath: path) else { return [:] }
        guard let values = try? JSONDecoder().decode([String: String].self, from: data) else {
            throw Problem(.invalid, Message("setting.file-unreadable", ["path": path]))
        }
        return values
    }
}

extension Setting {
    /// docs/settings.md, whole.
    package static var documentation: String {
        var lines = [
            "# Settings", "",
            "Set a value in `settings.json` in the data folder (names and values are strings) or in the environment, which",
            "wins. `headwaters settings` shows what is in force and where it comes from. This page is made from the table",
            "in `Sources/Server/Settings/Setting.swift`.", "",
            "| setting | environment | values | standard | what it is for |",
            "| --- | --- | --- | --- | --- |",
        ]
        for setting in allCases {
            let values =
                switch setting.form {
                case .integer(let range): "\(range.lowerBound) – \(range.upperBound)"
                case .choice(let choices): choices.map { "`\($0)`" }.joined(separator: ", ")
                case .text: "text"
                }
            let standard = setting.standard.isEmpty ? "–" : "`\(setting.standard)`"
            lines.append(
                "| `\(setting.name)` | `\(setting.environmentName)` | \(values) | \(standard) | \(setting.purpose) |"
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
