import Identity

extension IdentitySettings {
    init(_ settings: Settings) {
        self.init()
        failuresMax = settings.integer(.lockAfter)
        lockSeconds = settings.integer(.lockMinutes) * 60
        sessionIdleSeconds = settings.integer(.sessionIdle) * 60
        sessionSeconds = settings.integer(.sessionAge) * 3_600
        secondFactorRoles = Set(settings.list(.secondFactorRoles).compactMap(Role.init(rawValue:)))
        passwords.charactersMin = settings.integer(.passwordCharacters)
        passwords.classesMin = settings.integer(.passwordClasses)
        passwords.remembered = settings.integer(.passwordsRemembered)
        passwords.daysMax = settings.integer(.passwordDays)
        passwordsForAdministratorsOnly = settings.text(.passwordSignIn) == "administrators"
        separatesAdministrators = settings.text(.separateAdministrators) == "on"
    }

    var separation: AdministratorSeparation { AdministratorSeparation(isOn: separatesAdministrators) }
}
