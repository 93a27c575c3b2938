/// What stands at the foot of a sheet's printed pages, where rows are not disturbed by it.
enum PrintedFoot {
    /// What a sheet takes, in characters of UTF-16, without the signs around it.
    private static let charactersMax = 220

    /// `&` begins a sign in a foot, so it is doubled. A space after the size: no figure of the line is taken for part of it. Behind
    /// the text page and pages are counted.
    static func text(_ line: String) -> String {
        var out = ""
        for character in line where character.isNewline == false && character != "\0" {
            let next = character == "&" ? "&&" : String(character)
            guard out.utf16.count + next.utf16.count <= charactersMax else { break }
            out += next
        }
        return "&L&8 \(out)&R&8 &P / &N"
    }
}
