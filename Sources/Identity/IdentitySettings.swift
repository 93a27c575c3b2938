/// Limits of accounts, sessions and tokens; the settings table fills them in.
package struct IdentitySettings: Sendable {
    package var failuresMax = 5
    package var failureWindowSeconds = 900
    package var lockSeconds = 900
    /// Of one network address within the failure window, whatever the account.
    package var addressFailuresMax = 50
    package var sessionIdleSeconds = 1800
    package var sessionSeconds = 43_200
    /// A session's or token's last use is written down at most this often.
    package var touchSeconds = 60
    package var tokenDaysMax = 365
    /// Between the password and the code.
    package var secondStepSeconds = 300
    /// Who holds a post with one of these needs a second factor.
    package var secondFactorRoles: Set<Role> = []
    package var passwords = PasswordRules()
    /// 三员分立: administrator, security officer and auditor are three persons.
    package var separatesAdministrators = false

    /// Who holds no post of an administrator comes in through a provider.
    package var passwordsForAdministratorsOnly = false

    package init() {}
}
