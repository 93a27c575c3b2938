/// Names in the environment that are no settings: secrets, and where things lie.
enum EnvironmentName: String, CaseIterable {
    case masterKey = "HEADWATERS_MASTER_KEY"
    case token = "HEADWATERS_TOKEN"
    case profiles = "HEADWATERS_PROFILES"
    case extensions = "HEADWATERS_EXTENSIONS"
    case deps = "HEADWATERS_DEPS"
    case build = "HEADWATERS_BUILD"
    case binary = "HEADWATERS_BINARY"
    case shared = "HEADWATERS_SHARED"
    case bench = "HEADWATERS_BENCH"
    case fuzz = "HEADWATERS_FUZZ"

    var purpose: String {
        switch self {
        case .masterKey: "The key that opens `keys/`, instead of `master.key` in the data folder."
        case .token: "API token of the account that a command acts for."
        case .profiles: "Folder of profiles, instead of `share/headwaters/profiles`."
        case .extensions: "Folder of the engine's extensions."
        case .deps: "Where `make setup` put native libraries and assets."
        case .build: "Build folder of `make`."
        case .binary: "The program that the browser tests start."
        case .shared: "Real files that tests read; skipped where they are absent."
        case .bench: "`1` builds the benchmarks."
        case .fuzz:
            "How many seconds each reader of files is fed damaged ones, from a seed by chance; without it, some rounds from one seed."
        }
    }

    static func isUnknown(_ name: String) -> Bool {
        name.hasPrefix("HEADWATERS_") && !name.hasPrefix("HEADWATERS_TEST_")
            && EnvironmentName(rawValue: name) == nil
            && !Setting.allCases.contains { $0.environmentName == name }
    }
}
