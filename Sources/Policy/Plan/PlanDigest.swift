import Cryptography
package import Kernel

extension Plan {
    /// Of what is done, not of which grant does it: a grant remembers the digest it was signed with, and a release whose plan
    /// no longer has it is refused. Hex SHA-256.
    package var digest: String {
        var members = json.object ?? [:]
        members["grant"] = nil
        return DigestAlgorithm.sha256.digest(JSON.object(members).canonical).hex
    }
}

extension Grant {
    /// What this grant lets out on `day`, from the facts as they stand. Throws when it is not active, not within its validity, when
    /// a grade rose or went missing, or when what would run is no longer what was signed.
    package func plan(
        facts: EntryFacts, on day: CalendarDate, rules: DisclosureRules = .standard
    ) throws(PolicyError) -> Plan {
        guard state == .active else { throw .grantNotActive(id, state) }
        if let validity {
            guard day >= validity.from else { throw .grantNotYetValid(id, from: validity.from) }
        }
        try demandDay(day)
        guard facts.entry == entry, facts.provider == provider else { throw .planChanged(id) }
        let plan = try Plan(try Terms(clauses, facts: facts, on: day, rules: rules), grant: id)
        guard plan.digest == planDigest else { throw .planChanged(id) }
        return plan
    }
}
