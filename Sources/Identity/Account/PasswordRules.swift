/// What a password must be like. What nobody may use is refused whatever the settings.
package struct PasswordRules: Sendable, Hashable {
    package var charactersMin = 10
    /// Of small letters, capitals, digits and everything else, so many kinds at least.
    package var classesMin = 1
    /// The present password and those before it that may not be used again; 0: none.
    package var remembered = 0
    /// After so many days a new one must be chosen; 0: never.
    package var daysMax = 0

    package init() {}

    /// Why `password` will not do for the account of that name; nil when it will.
    package func fault(of password: String, for account: String) -> IdentityError? {
        guard password.count >= charactersMin else { return .passwordTooShort(charactersMin: charactersMin) }
        guard Self.classes(of: password) >= classesMin else {
            return .passwordTooPlain(classesMin: classesMin)
        }
        return Self.isGuessed(password, for: account) ? .passwordGuessed : nil
    }

    static func classes(of password: String) -> Int {
        let kinds = Set(
            password.unicodeScalars.map { scalar in
                switch scalar {
                case "a"..."z": 0
                case "A"..."Z": 1
                case "0"..."9": 2
                default: 3
                }
            })
        return kinds.count
    }

    /// The account's own name, once or several times over; one character again and again; digits counted up.
    static func isGuessed(_ password: String, for account: String) -> Bool {
        let (password, name) = (password.lowercased(), account.lowercased())
        if Set(password).count <= 1 { return true }
        if !name.isEmpty, password.replacing(name, with: "").isEmpty { return true }
        let digits = password.utf8.map { Int($0) - 48 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return false }
        return zip(digits, digits.dropFirst()).allSatisfy { ($0 + 1) % 10 == $1 }
    }
}
