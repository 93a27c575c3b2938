import ArgumentParser
import Kernel
import Policy

/// What whoever brings a file says of it.
struct Declaration: ParsableArguments {
    @Flag(help: "The declaration that what is brought holds neither state secrets nor work secrets; needed.")
    var unclassified = false

    func require() throws { if !unclassified { throw UploadDeclaration.missing } }
}
