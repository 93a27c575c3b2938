package import Kernel

package let letterPageWords = Words(
    """
    letter.letters | 公文 | Letters
    site.way.letters | 登记收文，为发文编号，生成文稿，绑定盖章件。 | Register letters, number those that go out, make and seal them.
    letter.letters-why | 本单位的收文与发文登记簿。文号按机关代字和年份连续编号，取用而未发的须作废登记。 | The registers of what came in and went out. Numbers run on by series and year; one that was taken and not used is voided and stays.
    letter.register | 公文登记簿 | Register of letters
    letter.none-of-case | 本事项还没有来往公文。 | No letter belongs to this case yet.
    letter.none | 没有符合条件的公文。 | No letter fits.
    letter.series-missing | 本单位还没有机关代字，请在“字号与模板”中设置。 | Your unit has no series yet; set one under “Series and templates”.
    letter.series-none | 还没有机关代字，请在下面设置；设置后即可为发文编号。 | No series yet. Set one below, and letters that go out can be numbered.
    letter.new-incoming | 登记收文 | Register a letter
    letter.new-outgoing | 拟发公文 | Write a letter
    letter.incoming-why | 登记其他单位来文，平台给出收文号。 | Enter what another unit sent; it gets a receipt number.
    letter.outgoing-why | 保存即取下一个文号；编号后可生成 .docx 继续修改。 | Saving takes the next number; then a .docx can be made and worked on.
    letter.do-register | 登记 | Register
    letter.take-number | 编号并保存 | Take the number and save
    letter.number | 文号 | Number
    letter.no-number | （无文号） | (no number)
    letter.sender-number | 来文文号 | Sender’s number
    letter.number-hint | 照来文填写；括号可任意，登记为六角括号。来文没有文号时留空 | As it stands on the letter, in any brackets; empty when there is none
    letter.title | 标题 | Title
    letter.direction | 收发 | In or out
    letter.direction.in | 收文 | came in
    letter.direction.out | 发文 | goes out
    letter.any-direction | 收文和发文 | Both
    letter.counterpart | 来文或主送单位 | From or to
    letter.sender | 来文单位 | From
    letter.addressee | 主送 | To
    letter.dated | 成文日期 | Dated
    letter.received-on | 收文日期 | Received
    letter.receipt | 收文号 | Receipt no.
    letter.mark | 紧急程度 | Urgency
    letter.mark-hint | 如“特急”“加急”，没有则留空 | For example 特急; empty when there is none
    letter.copies | 抄送 | Copies to
    letter.copies-hint | 每行一个单位，也可用顿号隔开 | One unit a line
    letter.body | 正文 | Text
    letter.body-hint | 每行一个自然段 | A paragraph a line
    letter.year | 年份 | Year
    letter.any-year | 全部年份 | Every year
    letter.series | 发文字号 | Series
    letter.any-series | 全部字号 | Every series
    letter.series-hint | 序号在保存时取下一个，不可预占 | The serial is taken when you save; none can be kept beforehand
    letter.state | 状态 | State
    letter.any-state | 全部状态 | Every state
    letter.state.registered | 已登记 | registered
    letter.state.numbered | 已编号，待盖章 | numbered, not sealed
    letter.state.sealed | 已盖章 | sealed
    letter.state.voided | 已作废 | voided
    letter.search | 文号、标题或单位 | Number, title or unit
    letter.one | 公文 {name} | Letter {name}
    letter.owner | 登记单位 | Register of
    letter.belongs-to | 所属事项 | Case
    letter.made | 登记时间 | Entered
    letter.registered-as | 已登记，收文号 {number} | Registered; receipt no. {number}
    letter.numbered-as | 已编号：{number} | It is {number}
    letter.void | 作废登记 | Void
    letter.void-question | 作废 {number}？ | Void {number}?
    letter.void-consequence | 该号不再用于其他公文，连同原因留在登记簿中，不能恢复。 | The number is given to nothing else and stays in the register with the reason; this cannot be undone.
    letter.void-reason | 作废原因 | Reason
    letter.void-reason-hint | 例如：文稿未通过、登记有误 | For example: the draft was not approved
    letter.voided-because | {day} 作废：{reason} | Voided on {day}: {reason}
    letter.voided-done | 已作废登记 | Voided
    letter.document | 生成文稿 | Make the document
    letter.template | 模板 | Template
    letter.template-built-in | 平台自带（按 GB/T 9704 版式） | Built in (laid out by GB/T 9704)
    letter.make-document | 下载 .docx | Download .docx
    letter.make-pdf | 转换为 PDF | As PDF
    letter.files | 盖章件与附件 | Sealed copy and attachments
    letter.files-none | 还没有文件。 | There is no file yet.
    letter.file | 文件 | File
    letter.file-kind | 类别 | Kind
    letter.kind.sealed | 盖章件 | sealed copy
    letter.kind.attachment | 附件 | attachment
    letter.size | 大小 | Size
    letter.digest | 摘要 | Digest
    letter.added | 时间 | Added
    letter.file-one | 文件 {name} | File {name}
    letter.preview | 内容预览 | Preview
    letter.preview-cut | 只显示开头：{linesMax}行以内，过长的行已截断。完整内容请下载。 | Only the beginning is shown: up to {linesMax} lines, long ones cut. Take the file for the whole.
    letter.preview-sheet | 第一个工作表。 | The first sheet.
    letter.preview-sheet-cut | 第一个工作表的开头：{rowsMax}行以内，过多的列和过长的内容已截断。完整内容请下载。 | The beginning of the first sheet: up to {rowsMax} rows; further columns and long cells are cut. Take the file for the whole.
    letter.preview-none | 此文件不能在页面上预览，请下载后用相应程序打开。 | This file cannot be shown here; take it and open it with its program.
    letter.view | 在新窗口中查看 | Look at it in a window
    letter.take-file | 下载 | Download
    letter.clean | 已扫描，未发现病毒 | scanned, clean
    letter.scanned | 上传的文件先经病毒扫描，发现感染即拒收。 | Files are scanned for viruses before they are taken.
    letter.add.sealed | 上传盖章件 | Bring the sealed copy
    letter.add.attachment | 上传附件 | Attach a file
    letter.add-why.sealed | 盖章后的扫描件或版式文件，按摘要与本文号绑定存证。 | The scan with the seal, bound to this number by its digest in evidence.
    letter.add-why.attachment | 文件名后缀须与内容一致；含宏或带密级标志的文件不接收。 | Its name must end as what it is; macros and marks of secrecy are refused.
    letter.added.sealed | 盖章件已绑定 | The sealed copy is bound to the letter
    letter.added.attachment | 附件已添加 | The file is attached
    letter.e-seal | 加盖电子印章 | Put the electronic seal on
    letter.e-seal-why | 按模板生成 PDF，由电子印章程序盖章后绑定。 | A PDF is made of the template, sealed by the program that is set, and bound.
    letter.set-up | 字号与模板 | Series and templates
    letter.set-up-why | 本单位的机关代字，以及生成公文所用的 .docx 模板。 | What your unit numbers under, and the .docx templates it writes with.
    letter.series-all | 机关代字 | Series
    letter.series-new | 设置机关代字 | Set a series
    letter.series-why | 每个机关代字按年度从 1 连续编号，不编虚位，不加“第”字。 | Each series runs from 1 every year, without leading zeros.
    letter.series-set | 设置 | Set
    letter.series-set-done | 机关代字已设置 | The series is set
    letter.series-end | 停用“{code}” | End “{code}”
    letter.series-end-why | 不再取号；已编的文号保留。 | No more numbers are taken; those there are stay.
    letter.series-ended-done | 机关代字已停用 | The series has ended
    letter.code | 机关代字 | Code
    letter.code-hint | 例如：河数、河数函 | For example 河数
    letter.used | 本年度已用到的序号 | Last number used this year
    letter.used-hint | 在其他系统或纸质登记簿中已编的最后一个序号；没有则留空 | The last that was given elsewhere; empty when none was
    letter.last | 本年度最后序号 | Last number this year
    letter.in-use | 使用中 | in use
    letter.ended | 已停用 | ended
    letter.end | 停用 | End
    letter.templates | 公文模板 | Templates
    letter.template-new | 上传模板 | Bring a template
    letter.template-why | 在 .docx 中写占位符，例如“正文”两侧各加两个花括号；宏、外部引用和嵌入对象不接收。 | A .docx with placeholders in double braces; macros, outside references and embedded objects are refused.
    letter.template-name | 模板名称 | Name
    letter.template-file | 模板文件（.docx） | File (.docx)
    letter.template-set | 上传 | Bring
    letter.template-set-done | 模板已启用 | The template is in use
    letter.template-end | 停用模板“{name}” | End the template “{name}”
    letter.template-end-why | 不再用于生成公文；已生成的不受影响。 | Nothing more is made of it; what was made stays.
    letter.template-ended-done | 模板已停用 | The template has ended
    letter.placeholders | 占位符 | Placeholders
    letter.placeholders-why | 单独成段的占位符，内容有几行就生成几段；没有关联事项时，事项类占位符为空。 | One that is a paragraph by itself becomes a paragraph a line; those of a case are empty in a letter that stands alone.
    """)
