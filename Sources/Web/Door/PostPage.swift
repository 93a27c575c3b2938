import Identity
package import Kernel

/// One person may hold several posts; what they do, they do in one of them.
package struct PostPage: Page {
    package struct Choice: Sendable {
        package let id: String
        package let title: String
        package let party: String
        package let roles: [Message]
        package let isCurrent: Bool
        package let standsIn: Message?
    }

    package static let template = "web/post"
    package let title: Message
    package let choices: [Choice]
    package let hasSeveral: Bool
    package let back: String

    package init(_ posts: [Door.Post], current: PostID?, back: String) {
        title = Message("web.choose-post")
        choices = posts.map { post in
            Choice(
                id: post.id.text, title: post.title, party: post.party,
                roles: post.roles.map { Message("web.role.\($0.rawValue)") }, isCurrent: post.id == current,
                standsIn: post.deputyUntil.map {
                    Message("web.stands-in", ["day": $0.description])
                })
        }
        hasSeveral = posts.count > 1
        self.back = back
    }

    package static let samples: [PostPage] = {
        let steward = PostID(high: 1, low: 1)
        let posts = [
            Door.Post(id: steward, title: "数据专员", party: "示例市民政局", roles: [.steward]),
            Door.Post(
                id: PostID(high: 1, low: 2), title: "首席数据官", party: "示例市民政局",
                roles: [.departmentCDO, .consumer], deputyUntil: CalendarDate(daysSince1970: 20_005)),
        ]
        return [PostPage(posts, current: steward, back: "/"), PostPage([], current: nil, back: "/")]
    }()
}
