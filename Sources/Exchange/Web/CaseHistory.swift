import Casework
import Kernel

extension Case {
    /// What was done, for programs that read a case by itself.
    var historyJSON: JSON {
        .array(
            history.map { event in
                [
                    "act": .string(event.act), "at": .string(event.at.description),
                    "unit": event.party.map { .string($0.text) } ?? .null,
                    "comment": event.comment.map { .string($0) } ?? .null, "content": event.content,
                ]
            })
    }
}
