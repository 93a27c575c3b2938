package import Kernel

package enum HandOverError: Error, Sendable, Hashable {
    case invalid([Problem.Place])
    /// The volumes were kept for a while and are gone.
    case volumesGone
    case tooManyVolumes(max: Int)
}

extension HandOverError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .invalid(let places): Problem(.invalid, Message("hand-over.invalid"), places: places)
        case .volumesGone:
            Problem(
                .notFound, Message("hand-over.volumes-gone", ["days": String(HandOver.keptDays)]),
                remedy: Message("hand-over.volumes-gone-remedy"))
        case .tooManyVolumes(let max):
            Problem(
                .invalid, Message("hand-over.too-many-volumes", ["max": String(max)]),
                places: [
                    Problem.Place("volumeBytes", Message("hand-over.too-many-volumes", ["max": String(max)]))
                ])
        }
    }
}
