import Foundation

/// Web's own templates: the document, the components, the door and the error pages.
package let webPageFolder = PageFolder("web", Bundle.module)

/// Web's own pages, for the contract with their templates.
package let webPages: [any Page.Type] = [
    SignInPage.self, SecondStepPage.self, PostPage.self, ProblemPage.self, ConfirmPage.self,
    ConfirmAgainPage.self, KeptFormPage.self, ProviderPage.self, APIPage.self,
]
