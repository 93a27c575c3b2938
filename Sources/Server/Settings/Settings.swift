package import Foundation
package import Kernel

/// The values in force: the environment wins over `settings.json` in the data folder, which wins over the table's own.
///
/// Everything is read and checked once, at start: a name that is no setting or a value out of range stops the program with
/// every fault named.
package struct Settings: Sendable {
    package enum Origin: String, Sendable, CaseIterable {
        case standard, file, environment
    }

    private let values: [String: (text: String, origin: Origin)]
    /// Names in the environment that begin like ours and mean nothing to us. Told, not refused: container platforms add names of
    /// their own for a service called headwaters.
    package let unknownNames: [String]

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
            if let (text, origin) = values[setting.name], let fault = setting.form.fault(in: text) {
                faults.append(
                    Problem.Place(origin == .environment ? setting.environmentName : setting.name, fault))
            }
        }
        guard faults.isEmpty else {
            throw Problem(
                .invalid, Message("setting.faults", ["count": String(faults.count)]), places: faults)
        }
        self.values = values
        unknownNames = environment.keys.filter(EnvironmentName.isUnknown).sorted()
    }

    package func text(_ setting: Setting) -> String { values[setting.name]?.text ?? setting.standard }
    /// For people: dots instead of what may hold a password.
    package func shown(_ setting: Setting) -> String {
        let text = text(setting)
        return setting.isSecret && !text.isEmpty ? "••••" : text
    }
    package func origin(_ setting: Setting) -> Origin { values[setting.name]?.origin ?? .standard }
    package func integer(_ setting: Setting) -> Int { Int(text(setting)) ?? 0 }
    package func list(_ setting: Setting) -> [String] {
        guard case .list(_, let separator) = setting.form else { return [] }
        return Setting.Form.items(of: text(setting), separator)
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
            let standard = setting.standard.isEmpty ? "–" : "`\(setting.standard)`"
            lines.append(
                "| `\(setting.name)` | `\(setting.environmentName)` | \(setting.form.documentation) | \(standard) | \(setting.purpose) |"
            )
        }
        lines += [
            "", "## Other names in the environment", "",
            "A name that begins with `HEADWATERS_` and is neither above nor here is warned of by `serve` and `headwaters settings`.",
            "", "| environment | what it is for |", "| --- | --- |",
        ]
        lines += EnvironmentName.allCases.map { "| `\($0.rawValue)` | \($0.purpose) |" }
        return lines.joined(separator: "\n") + "\n"
    }
}
