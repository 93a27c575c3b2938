package import Kernel

package let webWords = Words(
    """
    web.product | 源头 · 公共数据平台 | Headwaters · Public data
    web.skip | 跳到正文 | Skip to content
    web.navigation | 主导航 | Main
    web.language | 语言 | Language
    web.footer | 依授权供数，凡供数必留痕。 | No row leaves without a grant; every release leaves a receipt.
    web.sign-in | 登录 | Sign in
    web.sign-out | 退出 | Sign out
    web.change-post | 切换岗位 | Change post

    web.template-folder-missing | 页面文件夹缺失：{name} | The pages folder is missing: {name}
    web.template-unreadable | 页面模板无法读取：{name} | The page template cannot be read: {name}
    web.template-unclosed | 页面模板 {name} 有未闭合的标记：{detail} | Template {name} has a tag that is not closed: {detail}
    web.template-tag-refused | 页面模板 {name} 使用了不允许的标记：{detail} | Template {name} uses a tag that is not allowed: {detail}
    web.template-not-mustache | 页面模板 {name} 无法解析：{detail} | Template {name} cannot be parsed: {detail}
    web.template-twice | 页面模板重名：{name} | Two templates have one name: {name}
    """)
