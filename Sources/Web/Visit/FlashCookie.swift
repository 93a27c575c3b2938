import Foundation
import Kernel

/// A notice that outlives one redirect: the key and its arguments, never rendered text.
enum FlashCookie {
    static let lifetimeSeconds = 60
    private static let bytesMax = 2000

    private struct Carried: Codable {
        let tone: Notice.Tone
        let message: Message
    }

    static func cookie(_ notice: Notice) -> SetCookie {
        let carried = Carried(tone: notice.tone, message: notice.message)
        let data = (try? JSONEncoder().encode(carried)) ?? Data()
        return SetCookie(CookieName.flash, data.base64EncodedString(), lifetimeSeconds: lifetimeSeconds)
    }

    static func notice(_ value: String?) -> Notice? {
        guard let value, value.utf8.count <= bytesMax, let data = Data(base64Encoded: value),
            let carried = try? JSONDecoder().decode(Carried.self, from: data)
        else { return nil }
        return Notice(carried.tone, carried.message)
    }
}
