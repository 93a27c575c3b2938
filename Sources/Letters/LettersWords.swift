package import Kernel

package let letterWords = Words(
    """
    letter.not-found | 没有这件公文，或者您无权查看 | There is no such letter, or you may not see it
    letter.no-unit | 请先以所在单位的岗位身份登录 | Sign in under a post of a unit first
    letter.fields-invalid | 填写有误，请逐项更正 | Something is not filled in properly; correct the fields below
    letter.field-needed | 必填 | Required
    letter.field-malformed | 格式不正确 | Not of the right form
    letter.field-too-long | 内容过长，最多 {charactersMax} 字 | Too long: at most {charactersMax} characters
    letter.word-unknown | “{name}”不是可用的值：{words} | “{name}” is none of {words}
    letter.member-unknown | 不认识的字段 | There is no such field
    letter.day-unreadable | 请填写实际存在、且不太久远的日期 | Give a day that exists and is not too far away
    letter.received-early | 收文日期早于成文日期 | It was received before it was dated
    letter.copies-too-many | 抄送最多 {copiesMax} 个单位 | At most {copiesMax} units get a copy
    letter.classified | 带有密级标志“{mark}”。涉密公文不得在本平台办理，请按保密规定处理 | It bears the mark of secrecy “{mark}”. Classified letters do not belong on this platform; handle them as secrecy rules say
    letter.series-not-found | 本单位没有这个发文字号 | Your unit has no such series
    letter.series-ended | 该发文字号已停用 | This series has ended
    letter.code-malformed | 机关代字为 1 至 12 个汉字，不含括号、年份、“第”和“号” | The code is 1 to 12 Chinese characters, without brackets, year or serial
    letter.code-taken | 机关代字“{code}”已在使用 | The code “{code}” is in use already
    letter.numbering-begun | 该发文字号本年度已在平台上编过号，不能再设起始号 | Numbers of this year were given here already; where they begin can no longer be set
    letter.registered-before | 该文号已登记，收文号 {receipt} | A letter with this number is registered already, receipt no. {receipt}
    letter.numbers-used-up | 本年度的序号已用完 | The numbers of this year are used up
    letter.state-forbids.registered | 收文不能这样办理 | That is not done to a letter that came in
    letter.state-forbids.numbered | 该公文尚未盖章 | The letter is not sealed yet
    letter.state-forbids.sealed | 该公文已盖章，不能作废；需要更正时请另行发文 | The letter is sealed and cannot be voided; to correct it, issue another
    letter.state-forbids.voided | 该文号已作废 | The number was voided
    letter.case-unknown | 没有这个事项，或者您无权查看 | There is no such case, or you may not see it
    letter.template-not-found | 没有这个模板 | There is no such template
    letter.name-length | 名称为 1 至 {charactersMax} 字 | The name is 1 to {charactersMax} characters long
    letter.document-refused | 该文件不能用作模板 | The file cannot be a template
    letter.document.too-large | 文件过大，最多 {bytesMax} 字节 | The file is too large: at most {bytesMax} bytes
    letter.document.too-large-unpacked | 文档解压后超过 {bytesMax} 字节 | Unpacked, the document is larger than {bytesMax} bytes
    letter.document.not-one | 不是完好的 .docx 文档（可能已加密、已损坏，或是旧的 .doc 格式） | It is no sound .docx document (it may be encrypted, damaged, or an old .doc)
    letter.document.macros | 文档含有宏（VBA），不予接收 | The document holds macros (VBA)
    letter.document.macros-remedy | 请在文字处理软件中另存为不含宏的 .docx 后重新上传 | Save it as a .docx without macros and upload that
    letter.document.external | 文档引用了外部内容“{part}”，请改为文档内的内容 | The document refers to something outside of it, “{part}”; put it inside
    letter.document.embedded | 文档嵌入了对象“{part}”，请删除后重新上传 | The document embeds an object, “{part}”; remove it
    letter.document.field | 文档含有 {name} 域，打开时会读取或运行其他内容，请删除 | The document has a field {name}, which fetches or runs something when it is opened; remove it
    letter.document.placeholders-unknown | 不认识的占位符{words} | Placeholders that are not known: {words}
    letter.document.placeholders-known | 可用的占位符有{words} | Those that are known: {words}
    letter.document.placeholder-missing | 模板中没有{word} | The template has no {word}
    letter.document.placeholder-open | 占位符没有写完：{text} | A placeholder is not finished: {text}
    letter.file-refused | 文件未接收 | The file was not taken
    letter.file-not-found | 没有这个文件，或者文件已损坏 | There is no such file, or it is damaged
    letter.files-too-many | 最多 {filesMax} 个文件 | At most {filesMax} files
    letter.file.missing | 请选择文件 | Choose a file
    letter.file.empty | 文件是空的 | The file is empty
    letter.file.unknown-format | 只接收 PDF、OFD、JPEG、PNG、.docx、.xlsx 和 UTF-8 文本 | Only PDF, OFD, JPEG, PNG, .docx, .xlsx and text in UTF-8 are taken
    letter.file.ending-differs | 文件名以“{ending}”结尾，内容却是 {format} | Its name ends in “{ending}”, but it is {format}
    letter.file.not-for-sealed | 盖章件须为 PDF、OFD、JPEG 或 PNG，此文件是 {format} | A sealed copy is PDF, OFD, JPEG or PNG; this is {format}
    letter.file.infected | 病毒扫描发现该文件已感染 | The virus scanner found it infected
    letter.tool-unset.converter | 未设置文档转换程序，只能下载 .docx | No converter is set; there is only the .docx
    letter.tool-unset.sealer | 未设置电子印章程序 | No program for electronic seals is set
    letter.tool-unset.scanner | 未设置病毒扫描，上传的文件未经扫描 | No virus scanner is set; files are not looked at
    letter.tool-unset-remedy.converter | 请管理员设置 letter.converter-file | The administrator sets letter.converter-file
    letter.tool-unset-remedy.sealer | 请管理员设置 letter.seal-file，或上传盖章后的扫描件 | The administrator sets letter.seal-file; or bring the sealed scan
    letter.tool-unset-remedy.scanner | 请管理员设置 letter.scan-file | The administrator sets letter.scan-file
    letter.tool-failed.converter | 未能转换为 PDF，仍可下载 .docx | No PDF could be made; the .docx is there all the same
    letter.tool-failed.sealer | 未能加盖电子印章 | The electronic seal could not be put on
    letter.tool-failed.scanner | 病毒扫描没有给出结论，文件未接收 | The virus scanner gave no answer, so the file was not taken
    letter.tools-busy | 转换与扫描正忙，请稍后再试 | Conversions and scans are busy; try again in a moment
    letter.tool.ended | 程序以状态 {status} 结束 | The program ended with status {status}
    letter.tool.signalled | 程序异常终止 | The program was killed
    letter.tool.late | 超过 {secondsMax} 秒未完成，已终止 | It took longer than {secondsMax} seconds and was ended
    letter.tool.unstarted | 程序未能启动 | The program could not be started
    letter.tool.nothing-made | 程序没有产生可用的文件 | The program made no file that can be used
    letter.digest-unknown | 该文件不属于您可以查看的任何公文 | The file belongs to no letter that you may see
    letter.unwritable | 文件未能写入磁盘 | The file could not be written to disk
    letter.api.list | 列出公文 | List letters
    letter.api.list-about | 本单位收文与发文登记簿，新的在前；文号可用任何括号书写 | Both registers of one's unit, newest first; a number may be written in any brackets
    letter.api.read | 查看一件公文及其文件 | Read a letter and its files
    letter.api.enter | 登记收文，或为发文编号 | Register a letter that came in, or number one that goes out
    letter.api.enter-about | 同一 key 再次调用，得到第一次的公文，不会再占用一个号 | The same key again answers the first call’s letter and takes no second number
    letter.api.void | 作废一个文号 | Void a number
    letter.api.limit | 一页的件数，最多 200 | Letters of a page, at most 200
    letter.api.after | 上一页最后一件的标识 | The id of the last letter of the page before
    letter.api.ok | 公文 | The letter
    """)
