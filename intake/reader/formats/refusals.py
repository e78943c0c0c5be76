"""Why a file cannot be read: one sentence a reason, each saying what is wrong and how to mend it."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """The first argument of every `Unreadable` that the formats raise, so that callers can tell reasons apart."""

    EMPTY = "这份文件是空的，没有任何内容，请检查后重新上传。"
    NO_TEXT = "这份文件里没有读到文字，请确认上传的是工作要点或重点工作安排的正文。"
    NOT_TEXT = "这份文件不是文字文件，请上传Word（.docx）、PDF、网页（.html）或文本（.txt）格式的计划。"
    UNKNOWN_ENCODING = "这份文本的编码无法识别，请用记事本打开后另存为UTF-8编码再上传。"
    TOO_LONG = "这份文件的文字太多，不像是一份工作计划，请只保留计划正文后再上传。"
    TOO_DEEP = "这份文件的结构层层嵌套，无法读取，请把正文复制到新的Word文档里再上传。"

    OLD_WORD = "这是旧版Word（.doc/.wps）文件，请用Word或WPS打开后另存为.docx再上传。"
    OLD_EXCEL = "这是旧版Excel（.xls）表格，请把计划正文放进Word文档，另存为.docx再上传。"
    OLD_POWERPOINT = "这是旧版演示文稿（.ppt），请把计划正文放进Word文档，另存为.docx再上传。"
    OLE_UNKNOWN = "这份文件是旧版办公软件的格式，请用原来的软件打开后另存为.docx再上传。"
    ENCRYPTED_OFFICE = "这份Office文件设了打开密码，请打开文件、去掉密码并另存为.docx或.xlsx后再上传。"
    MACRO_WORD = "这是带宏的Word文件（.docm），请用Word打开后另存为不带宏的.docx再上传。"
    RICH_TEXT = "这是RTF文件，请用Word或WPS打开后另存为.docx再上传。"
    WORD_XML = "这是Word的XML文件，请用Word打开后另存为.docx再上传。"
    WEB_ARCHIVE = "这是单文件网页（.mht），请用浏览器打开后另存为“网页，仅HTML”，或把正文粘贴进来。"
    EXCEL = "这是Excel表格（.xlsx），请把计划正文放进Word文档，另存为.docx再上传。"
    POWERPOINT = "这是演示文稿（.pptx），请把计划正文放进Word文档，另存为.docx再上传。"
    OPEN_DOCUMENT = "这是OpenDocument文件（.odt/.ods/.odp），请用WPS或LibreOffice打开后另存为.docx再上传。"
    OFD = "这是OFD版式文件，请用OFD阅读器打开后导出为带文字层的PDF，或上传原来的Word文件。"
    IMAGE = "这是一张图片，里面没有可读的文字，请上传Word文件或带文字层的PDF。"
    ARCHIVE = "这是一个压缩包，请解压后上传里面的计划文件。"

    DAMAGED_DOCX = "这份Word文件已损坏，无法打开，请用Word打开修复后另存为.docx再上传。"
    UNSAFE_DOCX = "这份Word文件里带有不允许的外部定义（DTD或实体），请用Word打开后另存为.docx再上传。"
    SWOLLEN = "这份Word文件解压后过大，请删去图片和附件、只保留正文后再上传。"

    EMPTY_EXCEL = "这份表格里没有内容（只看没有隐藏的工作表），请检查后重新上传。"
    DAMAGED_EXCEL = "这份表格打不开，可能已损坏或设了打开密码，请用Excel或WPS打开、去掉密码后另存为.xlsx再上传。"
    UNSAFE_EXCEL = "这份表格里带有不允许的外部定义（DTD或实体），请用Excel或WPS打开后另存为.xlsx再上传。"
    SWOLLEN_EXCEL = "这份表格解压后过大，请只保留台账所在的工作表、删去多余格式后再上传。"
    FAR_EXCEL = "这份表格的行列太多，最多2万行、200列、20万格，请删去台账以外的行和列后再上传。"
    UNREADABLE_OLD_WORD = "这份旧版Word文件打不开，可能已损坏或设了密码，请用Word或WPS去掉密码后另存为.docx再上传。"

    DAMAGED_PDF = "这份PDF已损坏，无法打开，请重新导出PDF，或上传原来的Word文件。"
    ENCRYPTED_PDF = "这份PDF设了打开密码，请去掉密码后再上传，或上传原来的Word文件。"
    PDF_WITHOUT_TEXT = "这份PDF只有图片，没有文字层，无法读取，请上传带文字层的PDF，或上传原来的Word文件。"
    GARBLED_PDF = "这份PDF里的文字是乱码（字体没有对照表），无法读取，请上传原来的Word文件。"
    LONG_PDF = "这份PDF超过500页，不像是一份工作计划，请只保留计划正文的页后再上传。"
