import Kernel

/// One thing a site may set. This table alone makes the environment names, the validation and docs/settings.md.
package struct Setting: Sendable, Hashable, CaseIterable {
    package enum Form: Sendable, Hashable {
        case integer(ClosedRange<Int>)
        case choice([String])
        /// Any text; empty means not set.
        case text
        /// The path of a file, from the root; empty means not set.
        case path
        case postgresURL
        /// Scheme, host and port; empty means not set.
        case siteAddress
        /// One mailbox; empty means not set.
        case mailAddress
        /// `22:00-07:30`; empty means none.
        case hours
        /// Several, parted by `separator`; empty means none.
        case list(of: Item, separator: Character)
    }

    package enum Item: String, Sendable, Hashable {
        case address = "IP address"
        case folder = "absolute path"
        case hostAndPort = "host:port"
        case odbcSource = "name of an ODBC data source"
        case role = "role of a post"
    }

    /// `evidence.checkpoint-age-seconds-max`; the unit is part of the name.
    package let name: String
    package let form: Form
    /// As it would be written in the settings file.
    package let standard: String
    /// One sentence for docs/settings.md.
    package let purpose: String

    /// `HEADWATERS_EVIDENCE_CHECKPOINT_AGE_SECONDS_MAX`
    package var environmentName: String {
        "HEADWATERS_" + name.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()
    }

    /// Shown to nobody: the value may hold a password.
    package var isSecret: Bool { self == .database || self == .mailPassword }

    private init(_ name: String, _ form: Form, _ standard: String, _ purpose: String) {
        self.name = name
        self.form = form
        self.standard = standard
        self.purpose = purpose
    }

    package static let listenAddress = Setting(
        "serve.address", .text, "127.0.0.1",
        "Address that `serve` listens on. Keep it on loopback behind a proxy that ends TLS.")
    package static let listenPort = Setting(
        "serve.port", .integer(0...65_535), "8080", "TCP port of `serve`; 0 takes a free one.")
    package static let stopSeconds = Setting(
        "serve.stop-seconds-max", .integer(1...3_600), "30",
        "After SIGTERM running requests have so long to end; then they are cancelled, and recorded as failed."
    )
    package static let database = Setting(
        "database.url", .postgresURL, "",
        "`postgres://user:password@host:port/name`. Empty: SQLite in the data folder.")
    package static let databaseConnections = Setting(
        "database.connections-max", .integer(2...128), "8",
        "Connections to PostgreSQL, each with a thread of its own.")
    package static let databaseWait = Setting(
        "database.wait-milliseconds-max", .integer(100...120_000), "15000",
        "How long a change waits for another that holds the database before it is refused as busy, in milliseconds."
    )
    package static let trustedProxies = Setting(
        "serve.trusted-proxies", .list(of: .address, separator: ","), "127.0.0.1,::1",
        "Addresses whose `X-Forwarded-Proto` and `X-Forwarded-For` are believed, separated by commas.")
    package static let uploadBytesMax = Setting(
        "hooking.upload-bytes-max", .integer(1_024...1_099_511_627_776), "4294967296",
        "Largest file that may be uploaded, in bytes.")
    package static let inboxFolders = Setting(
        "hooking.inbox-folders", .list(of: .folder, separator: ":"), "",
        "Folders from which files may be hooked by path, separated by colons. On the pages a department chooses from the subfolder that bears its name, its USCC or its id. Uploads are always allowed."
    )
    package static let sourceHosts = Setting(
        "hooking.source-hosts", .list(of: .hostAndPort, separator: ","), "",
        "`host:port` of databases that may be hooked, separated by commas. Empty: none.")
    package static let odbcSources = Setting(
        "hooking.odbc-sources", .list(of: .odbcSource, separator: ","), "",
        "ODBC data sources of `odbc.ini` that may be hooked, separated by commas. Empty: none. Their drivers run in a worker of their own."
    )
    package static let odbcFolder = Setting(
        "hooking.odbc-folder", .path, "",
        "Folder with the `odbc.ini` and `odbcinst.ini` that name data sources and drivers. Empty: those of the system."
    )
    package static let liveHosts = Setting(
        "hooking.live-hosts", .list(of: .hostAndPort, separator: ","), "",
        "`host:port` of HTTP services that may be asked call by call, separated by commas. Empty: none. A host that is a name is not connected to where it leads to this machine or to link-local and metadata addresses."
    )
    package static let liveAuthorities = Setting(
        "hooking.live-authorities-file", .path, "",
        "PEM file with the authorities whose certificates live sources may have. Empty: those of the system.")
    package static let columnsMax = Setting(
        "lake.columns-max", .integer(1...10_000), "2000", "Widest table that may be hooked, in columns.")
    package static let rejectedShareMax = Setting(
        "lake.rejected-permille-max", .integer(0...1_000), "100",
        "Rows of a thousand that may be rejected before a version is refused as a whole.")
    package static let workers = Setting(
        "lake.workers", .integer(1...64), "1", "`headwaters worker` children that `serve` keeps.")
    package static let workerMemory = Setting(
        "lake.worker-memory-mebibytes-max", .integer(128...1_048_576), "1024",
        "Memory that the engine of one worker may use, in MiB.")
    package static let workerThreads = Setting(
        "lake.worker-threads", .integer(1...256), "2", "Threads of one worker's engine.")
    package static let rowCache = Setting(
        "lake.row-cache-mebibytes-max", .integer(1...65_536), "32",
        "Memory for the blocks of row stores that were opened last, for all versions together, in MiB.")
    package static let workerTimeout = Setting(
        "lake.request-seconds-max", .integer(1...86_400), "3600",
        "Longest time one request to a worker may take, in seconds.")
    package static let sessionIdle = Setting(
        "identity.session-idle-minutes-max", .integer(1...1_440), "30",
        "A session that did nothing for so many minutes ends.")
    package static let sessionAge = Setting(
        "identity.session-hours-max", .integer(1...168), "12",
        "A session ends after so many hours in any case.")
    package static let lockAfter = Setting(
        "identity.failed-sign-ins-max", .integer(3...100), "5",
        "Failed sign-ins in a row after which an account is locked for a while.")
    package static let lockMinutes = Setting(
        "identity.lock-minutes", .integer(1...1_440), "15",
        "How long a locked account stays locked, in minutes.")
    package static let secondFactorRoles = Setting(
        "identity.second-factor-roles", .list(of: .role, separator: ","), "",
        "Roles whose holders need a second factor, separated by commas: who has none sets it up before anything else. Empty: none."
    )
    package static let confirmSeconds = Setting(
        "identity.confirm-seconds-max", .integer(0...86_400), "0",
        "Acts that sign ask for password or code again when the session gave it longer ago than this, in seconds. 0: never. Tokens are not asked."
    )
    package static let passwordCharacters = Setting(
        "identity.password-characters-min", .integer(8...64), "10", "Shortest password, in characters.")
    package static let passwordClasses = Setting(
        "identity.password-classes-min", .integer(1...4), "1",
        "Of small letters, capitals, digits and other characters, so many kinds must be in a password.")
    package static let passwordsRemembered = Setting(
        "identity.passwords-remembered", .integer(0...24), "0",
        "A new password may be none of the last so many, the present one included. 0: not compared.")
    package static let passwordDays = Setting(
        "identity.password-days-max", .integer(0...3_650), "0",
        "A password older than so many days must be changed before anything else. 0: never.")
    package static let separateAdministrators = Setting(
        "identity.separate-administrators", .choice(["off", "on"]), "off",
        "`on`: system administrator, security officer and auditor are separate persons (三员分立); no post and no person may have two of these roles."
    )
    package static let providersFile = Setting(
        "identity.providers-file", .path, "",
        "JSON file that describes the identity providers (统一身份认证, OpenID Connect) people may come in through. Empty: none. See accounts.md."
    )
    package static let passwordSignIn = Setting(
        "identity.password-sign-in", .choice(["everybody", "administrators"]), "everybody",
        "Whose password opens the door. `administrators`: everybody else comes in through an identity provider; the password stays for confirming."
    )
    package static let checkpointAge = Setting(
        "evidence.checkpoint-age-seconds-max", .integer(2...3_600), "60",
        "When records have waited longer than this for a signed checkpoint, nothing is released.")
    package static let witness = Setting(
        "evidence.witness-file", .path, "",
        "File on another disk or host to which every checkpoint is appended, so that a truncated log is found."
    )
    package static let trialSeconds = Setting(
        "exchange.trial-seconds-max", .integer(1...3_600), "30",
        "Longest time that the dry run of a request's terms may count, in seconds.")
    package static let letterConverter = Setting(
        "letter.converter-file", .path, "",
        "Program that makes PDFs of letters, called as `soffice --headless --convert-to pdf --outdir FOLDER FILE`. Empty: only the .docx is offered."
    )
    package static let letterSealer = Setting(
        "letter.seal-file", .path, "",
        "Program that puts the electronic seal on a letter, called with the path of the PDF and the path at which the sealed PDF or OFD is wanted. Empty: seals are scanned."
    )
    package static let letterScanner = Setting(
        "letter.scan-file", .path, "",
        "Program that looks for viruses, such as a script around `clamdscan`, called with the path of a file: exit 0 is clean, 1 infected; with any other the file is refused. Empty: files of letters are not looked at."
    )
    package static let letterToolSeconds = Setting(
        "letter.tool-seconds-max", .integer(1...3_600), "60",
        "Longest time that one of these three programs may take, in seconds.")
    package static let letterFileBytes = Setting(
        "letter.file-bytes-max", .integer(1_024...268_435_456), "20971520",
        "Largest sealed copy or attachment of a letter, in bytes.")
    package static let emergencyHours = Setting(
        "exchange.emergency-hours", .integer(1...720), "72",
        "An emergency grant is in force for so many hours, within which its paperwork has to follow; it ends by itself otherwise."
    )
    package static let lateEntryDays = Setting(
        "case.late-entry-days-max", .integer(1...366), "30",
        "A signature on paper may be entered afterwards for so many days, counted from the day signed.")
    package static let lateEntryConfirm = Setting(
        "case.late-entry-confirm-days", .integer(1...60), "5",
        "An entry of a signature on paper is to be confirmed within so many working days; after that the unit is reminded, and after as many again the bureau is told."
    )
    package static let runningMonths = Setting(
        "exchange.running-months-max", .integer(1...36), "12",
        "A running exchange becomes a transitional grant for so many months from its signing at most.")
    package static let releaseLease = Setting(
        "release.lease-seconds", .integer(10...86_400), "3600",
        "A release that was authorised and not settled within this time counts as unknown and is charged as reserved."
    )
    package static let pushHosts = Setting(
        "release.push-hosts", .list(of: .hostAndPort, separator: ","), "",
        "`host:port` of recipients' databases that rows may be pushed to, separated by commas. Empty: none.")
    package static let lookupKeysMax = Setting(
        "release.lookup-keys-max", .integer(1...1_000), "1000", "Keys in one bulk look-up.")
    package static let liveKeysMax = Setting(
        "release.live-keys-max", .integer(1...100), "20",
        "Keys in one look-up of an entry that is asked live; each is a call of its source.")
    package static let pageRowsMax = Setting(
        "release.page-rows-max", .integer(1...10_000), "1000", "Rows in one page of the rows interface.")
    package static let listBytesMax = Setting(
        "release.list-bytes-max", .integer(1_024...1_073_741_824), "67108864",
        "Largest file that may be brought as a name list, in bytes.")
    package static let listRowsMax = Setting(
        "release.list-rows-max", .integer(1...1_000_000), "100000", "Rows of one name list.")
    package static let listsPerDayMax = Setting(
        "release.lists-per-day-max", .integer(1...10_000), "20",
        "Name lists that one unit may have matched under one grant in a day.")
    package static let listKeysPerDayMax = Setting(
        "release.list-keys-per-day-max", .integer(1...1_000_000_000), "500000",
        "Keys of name lists that one post may ask in a day, counted once for each grant.")
    package static let listRunMax = Setting(
        "release.list-run-max", .integer(3...1_000), "10",
        "A name list is refused when so many of its citizen numbers were counted up one after the other.")
    package static let listUnmatchedMax = Setting(
        "release.list-unmatched-permille-max", .integer(1...1_000), "700",
        "When of a thousand keys that were asked under a grant more than these were unmatched, its name lists rest until the provider or the security officer lifts it. 1000: never."
    )
    package static let listUnmatchedKeysMin = Setting(
        "release.list-unmatched-keys-min", .integer(1...1_000_000), "200",
        "Fewer keys than this are too few to judge a grant's unmatched share.")
    package static let listUnmatchedDays = Setting(
        "release.list-unmatched-days", .integer(1...366), "7",
        "Days over which a grant's unmatched share is counted.")
    package static let mailHost = Setting(
        "reminder.mail-host", .text, "",
        "Mail server (SMTP) that reminders go through, a name or an address. Empty: no mail.")
    package static let mailPort = Setting(
        "reminder.mail-port", .integer(1...65_535), "587", "TCP port of the mail server.")
    package static let mailSecurity = Setting(
        "reminder.mail-security", .choice(["starttls", "tls", "plain"]), "starttls",
        "`starttls` or `tls` from the first byte, the certificate verified; `plain` only to a relay on this machine or a private network, and without user."
    )
    package static let mailAuthorities = Setting(
        "reminder.mail-authorities-file", .path, "",
        "PEM file with the authorities whose certificate the mail server may have. Empty: those of the system."
    )
    package static let mailSender = Setting(
        "reminder.mail-sender", .mailAddress, "", "Address that reminders come from. Empty: no mail.")
    package static let mailUser = Setting(
        "reminder.mail-user", .text, "", "User at the mail server. Empty: no authentication.")
    package static let mailPassword = Setting(
        "reminder.mail-password", .text, "",
        "Password at the mail server. Rather keep it in a file of its own.")
    package static let mailPasswordFile = Setting(
        "reminder.mail-password-file", .path, "",
        "File whose first line is the password at the mail server; wins over the setting before it.")
    package static let webhookHosts = Setting(
        "reminder.webhook-hosts", .list(of: .hostAndPort, separator: ","), "",
        "`host:port` that reminders of units may be posted to, separated by commas; of WeCom `qyapi.weixin.qq.com:443`. Empty: none. A name is not connected to where it leads to this machine or to link-local and metadata addresses."
    )
    package static let webhookAuthorities = Setting(
        "reminder.webhook-authorities-file", .path, "",
        "PEM file with the authorities whose certificates these hosts may have. Empty: those of the system.")
    package static let quietHours = Setting(
        "reminder.quiet-hours", .hours, "22:00-07:30",
        "Hours in which nobody who has not chosen otherwise is reminded, by Beijing time. Empty: none.")
    package static let quietDaysOff = Setting(
        "reminder.quiet-days-off", .choice(["on", "off"]), "on",
        "`on`: a new receiver is not reminded on days off, by the working-day calendar, until it is chosen otherwise."
    )
    package static let reminderTitles = Setting(
        "reminder.titles", .choice(["off", "on"]), "off",
        "`on`: reminders have the titles of cases. They leave the platform's walls; without, they say kind, unit, day and link."
    )
    package static let reminderKeepDays = Setting(
        "reminder.keep-days", .integer(1...3_650), "180",
        "The record of what was sent is kept for so many days; what still waits after them is told again.")
    package static let remindersPerHour = Setting(
        "reminder.messages-per-hour-max", .integer(1...1_000), "12",
        "Messages to one receiver within an hour; what is more waits and goes into one.")
    package static let reminderGiveUp = Setting(
        "reminder.give-up-hours", .integer(1...168), "24",
        "A message that was not taken for so many hours is given up, and said to have failed.")
    package static let reminderSeconds = Setting(
        "reminder.seconds-max", .integer(1...120), "20",
        "Longest time that handing over one message may take, in seconds.")
    package static let language = Setting(
        "web.language", .choice(Language.allCases.map(\.rawValue)), Language.simplifiedChinese.rawValue,
        "Language of a visitor who has not chosen one and whose browser names none that we have.")
    package static let siteName = Setting(
        "web.site-name", .text, "",
        "Name of the site in the head and the title of its pages. Empty: the product's own name.")
    package static let siteAddress = Setting(
        "web.site-address", .siteAddress, "",
        "Where browsers find this site, `https://data.example.gov.cn` without a path: for the links in reminders, and what identity providers send people back to. Empty: neither."
    )
    package static let secureCookies = Setting(
        "web.secure-cookies", .choice(["behind-tls", "always"]), "behind-tls",
        "Cookies are marked `Secure`: `behind-tls` when a trusted proxy says that the request came over https, or `always`."
    )
    package static let markedPages = Setting(
        "web.marked-pages", .choice(["personal", "all"]), "personal",
        "Pages of rows that show across them who looks, for which unit and when (可见水印): those with personal columns, or all. Workbooks made of them have it at the foot of each printed page."
    )
    package static let revealsPerHour = Setting(
        "quality.reveals-per-hour-max", .integer(1...1_000), "20",
        "Looks at values that are masked by grade, each with its reason, that one account may take in an hour (明文查看)."
    )
    package static let sensitiveFloor = Setting(
        "grading.sensitive-floor", .choice(["L4", "L3"]), "L4",
        "Least grade of a column with sensitive personal data. L4 by GB/T 43697-2024 Annex H; some provinces say L3."
    )
    package static let logLevel = Setting(
        "log.level", .choice(["debug", "info", "warning", "error"]), "info", "Least level that is logged.")

    package static let allCases: [Setting] = [
        listenAddress, listenPort, trustedProxies, stopSeconds, language, siteName, siteAddress,
        secureCookies,
        markedPages, logLevel,
        database, databaseConnections, databaseWait,
        sessionIdle, sessionAge, lockAfter, lockMinutes, secondFactorRoles, confirmSeconds,
        passwordCharacters, passwordClasses, passwordsRemembered, passwordDays, separateAdministrators,
        providersFile, passwordSignIn,
        checkpointAge, witness, uploadBytesMax, inboxFolders,
        sourceHosts, odbcSources, odbcFolder, liveHosts, liveAuthorities, columnsMax, rejectedShareMax,
        workers, workerMemory,
        workerThreads, workerTimeout,
        rowCache, sensitiveFloor, revealsPerHour, trialSeconds, emergencyHours, lateEntryDays,
        lateEntryConfirm,
        runningMonths,
        letterConverter, letterSealer,
        letterScanner,
        letterToolSeconds, letterFileBytes,
        releaseLease, pushHosts, lookupKeysMax, liveKeysMax,
        pageRowsMax,
        listBytesMax, listRowsMax, listsPerDayMax, listKeysPerDayMax, listRunMax, listUnmatchedMax,
        listUnmatchedKeysMin, listUnmatchedDays, mailHost, mailPort, mailSecurity,
        mailAuthorities, mailSender, mailUser, mailPassword, mailPasswordFile, webhookHosts,
        webhookAuthorities, quietHours, quietDaysOff, reminderTitles, reminderKeepDays, remindersPerHour,
        reminderGiveUp, reminderSeconds,
    ]
}
