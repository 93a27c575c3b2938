import Foundation
package import Web

package let cataloguePageFolder = PageFolder("catalogue", Bundle.module)
