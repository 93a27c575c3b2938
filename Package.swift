// swift-tools-version: 6.2
// This file is the architecture diagram: a target may import only what is listed beside it, and imports run one way.
import Foundation
import PackageDescription

/// Native libraries and assets that `make setup` fetched. Links are resolved, so that a binary built from a temporary clone
/// keeps working after the clone is gone.
let deps = URL(fileURLWithPath: Context.environment["HEADWATERS_DEPS"] ?? "\(Context.packageDirectory)/.deps")
    .resolvingSymlinksInPath().path

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    .unsafeFlags(["-Xcc", "-I\(deps)/include"]),
]

func module(
    _ name: String, _ imports: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(name: name, dependencies: imports, resources: resources, swiftSettings: strict)
}

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// The platform: small, slow to change, no word of a single domain.
let platform: [Target] = [
    module("Kernel", ["COpenCC"]),
    module("OpenSSL", ["COpenSSL"]),
    module("DuckDB", ["CDuckDB"]),
    module("Postgres", ["CPostgres"]),
    module("MySQL", ["CMariaDB"]),
    module("ODBC", ["CODBC"]),
    module("Curl", ["CCurl"]),
    module("Cryptography", ["Kernel", "OpenSSL", "CSodium"]),
    module("Persistence", ["Kernel", "Postgres", "CSQLite"]),
    module("Evidence", ["Kernel", "Cryptography", "Persistence"]),
    module("Identity", ["Kernel", "OpenSSL", "Cryptography", "Persistence", "Evidence", "Curl"]),
    module("Policy", ["Kernel", "Cryptography", "Persistence", "Evidence", "Identity"]),
    module(
        "Lake",
        [
            "Kernel", "Cryptography", "Policy", "DuckDB", "Postgres", "MySQL", "ODBC", "Curl", "CSQLite",
            "CXlsxWriter", "CZlib",
            "CExpat", "CLinux",
        ]),
    module("Casework", ["Kernel", "Cryptography", "Persistence", "Evidence", "Identity", "Policy"]),
    module(
        "Web",
        ["Kernel", "Cryptography", "Persistence", "Identity", "Policy", "CQRencode", hummingbird, mustache],
        resources: [.copy("Pages")]),
]

/// What every domain may stand on.
let ground: [Target.Dependency] = [
    "Kernel", "Cryptography", "Persistence", "Evidence", "Identity", "Policy", "Web", hummingbird, mustache,
]

let domains: [Target] = [
    module("Quality", ground + ["Lake"], resources: [.copy("Pages")]),
    module("Grading", ground + ["Lake"], resources: [.copy("Pages")]),
    module("Catalogue", ground, resources: [.copy("Pages")]),
    module(
        "Hooking", ground + ["Catalogue", "Quality", "Grading", "Lake", "Postgres"],
        resources: [.copy("Pages")]),
    module("Letters", ground + ["Casework", "Lake"], resources: [.copy("Pages")]),
    module("Exchange", ground + ["Catalogue", "Casework"], resources: [.copy("Pages")]),
    module("Release", ground + ["Lake"], resources: [.copy("Pages")]),
    module("Reminders", ground + ["Lake", "Curl"], resources: [.copy("Pages")]),
]

let every: [Target.Dependency] = (platform + domains).map { .target(name: $0.name) }

let natives: [Target] = [
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"])]),
    .systemLibrary(name: "CODBC", pkgConfig: "odbc", providers: [.apt(["unixodbc-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "COpenCC", providers: [.apt(["libopencc-dev"])]),
    .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .target(
        name: "CDuckDB", cSettings: [.unsafeFlags(["-I\(deps)/include"])],
        linkerSettings: [
            .linkedLibrary("duckdb"), .linkedLibrary("duckpystub"),
            .unsafeFlags([
                "-L\(deps)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(deps)/lib",
                "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../lib",
            ]),
        ]),
]

var programs: [Target] = [
    module("Server", every, resources: [.copy("Pages")]),
    module("TestKit", every + ["Server", "COpenSSL"]),
    .executableTarget(
        name: "headwaters", dependencies: every + ["Server", "TestKit", arguments], swiftSettings: strict),
    .testTarget(
        name: "PlatformTests", dependencies: every + ["TestKit"], swiftSettings: strict),
    .testTarget(
        name: "DomainTests", dependencies: every + ["TestKit"], swiftSettings: strict),
    .testTarget(
        name: "ServerTests", dependencies: every + ["Server", "TestKit"], swiftSettings: strict),
]

if Context.environment["HEADWATERS_BENCH"] == "1" {
    programs.append(
        .executableTarget(
            name: "Benchmarks", dependencies: every + ["Server", "TestKit"], path: "Benchmarks",
            swiftSettings: strict))
}

let package = Package(
    name: "headwaters",
    products: [.executable(name: "headwaters", targets: ["headwaters"])],
    dependencies: [
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1",
            traits: ["FullFoundation"]),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    ],
    targets: natives + platform + domains + programs
)
