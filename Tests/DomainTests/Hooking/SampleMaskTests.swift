import Testing

@testable import Hooking

@Suite struct `A sample of a source` {
    @Test(arguments: [
        ("441600199001010013", "441*************13"),
        ("来访人441600199001010013，电话13800138000", "来访人441*************13，电话138******00"),
        ("补贴打入6222021234567890128。", "补贴打入622**************28。"),
        ("案件441600199001010014，共3件", "案件441600199001010014，共3件"), ("材料齐全", "材料齐全"), ("", ""),
    ]) func `shows no citizen number, mobile number or bank card, not even among other words`(
        _ text: String, _ shown: String
    ) {
        #expect(SampleMask.plain.shown(text, column: 0) == shown)
    }
}
