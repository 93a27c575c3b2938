package import Kernel

package let serverWords = Words(
    """
    setting.faults | 有 {count} 项设置不正确,程序没有启动 | {count} settings are wrong, so nothing was started
    setting.unknown | 没有这一项设置(见 docs/settings.md) | there is no such setting (see docs/settings.md)
    setting.integer | “{value}”不是 {low} 至 {high} 之间的整数 | "{value}" is not a whole number from {low} to {high}
    setting.choice | “{value}”不是可选值之一:{choices} | "{value}" is none of {choices}
    setting.file-unreadable | {path} 不是“名称:值”均为文本的 JSON 对象 | {path} is not a JSON object of text values
    """)
