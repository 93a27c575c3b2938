import Foundation

/// Web's own templates: the document, the components, the door and the error pages.
package let webPageFolder = PageFolder("web", Bundle.module)
