package import Kernel

/// The way from a source to a version, and where on it a page stands.
package struct WizardSteps: Sendable {
    package struct Step: Sendable {
        package let number: Int
        package let title: Message
        package let href: String?
        package let isCurrent: Bool
    }

    package let steps: [Step]

    init(at current: Int, of place: HookingPlace) {
        let hrefs = [
            HookingLinks.source(place.entry),
            place.hook == nil || place.isLive ? nil : HookingLinks.reading(place.entry),
            place.hook.map(HookingLinks.hook),
        ]
        steps = zip(1..., zip(["source", "reading", "publish"], hrefs)).map { number, step in
            Step(
                number: number, title: Message("hooking.way.\(step.0)"),
                href: number == current ? nil : step.1, isCurrent: number == current)
        }
    }
}
