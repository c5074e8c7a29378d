"""The words of office names, compiled: tails, lists, titles, first nouns. Part of :mod:`loaders.bodies`."""

from __future__ import annotations

import regex

from loaders.fold import fold

TOKEN = regex.compile(r"[^\W_]+")
TAIL = regex.compile(
    r"[ \n]{1,2}(?:"
    r"(?:(?:cua|thuoc|trong|tai|truc thuoc)[ \n])?(?:toan[ ])?(?:tinh(?![ \n]+(?:uy|doan))|thanh pho|tp\.?"
    r"|thi xa|tx|huyen|quan|phuong|thi tran|xa)"
    r"(?![\w])"
    r"|(?:o[ ])?(?:cap[ ](?:tinh|huyen|xa|co so|tren)|cac cap|dia phuong)"
    r"|tren dia ban(?:[ ]toan)?(?:[ ](?:tinh|thanh pho|huyen|thi xa|quan|ca nuoc))?"
    r"|truc thuoc(?:[ ](?:trung uong|tinh uy|tw|uy ban nhan dan|ubnd|tinh|so|huyen|thanh uy|huyen uy))?"
    r"|thuoc(?:[ ](?:tinh uy|uy ban nhan dan|ubnd|chinh phu|pham vi quan ly|bo(?! phan)|so|tong cuc|cuc|tinh))"
    r"|vung (?:dong bang song (?:cuu long|hong)|dong nam bo|tay nguyen|trung du (?:va )?mien nui phia bac|duyen hai"
    r"|kinh te trong diem)(?: phia nam| phia bac| mien trung| nam trung bo)?|(?:khu vuc )?(?:phia (?:nam|bac)"
    r"|mien (?:trung|tay))"
    r"|va tuong duong|tu tinh den co so|nhan dan tu tinh den co so|nhan dan(?![\w])|trung uong|lien quan"
    r"|co lien quan|trong ca nuoc|ca nuoc"
    r"|(?<=(?:y te|benh tat|cong an|quan su|dao tao|xa hoi|van tai|cong thuong|truyen thong|du lich|nong thon"
    r"|tai chinh|noi vu|bien phong|lao dong|thi truong)[ \n])cac dia phuong"
    r"|cac (?:tinh|huyen|quan|xa|phuong|thanh pho)(?:,? ?(?:va )?(?:thanh pho|thi xa|huyen|quan|phuong"
    r"|thi tran|thi)(?![\w]))*"
    # what an establishment is for: "người đứng đầu cơ sở cách ly"
    r"|(?<=co so[ \n])(?:cach ly|dieu tri|thu dung|tiem chung|xet nghiem|luu tru|tho tu|ton giao|an uong|dich vu"
    r"|giam giu|cai nghien|bao tro|y te|giao duc|dao tao|san xuat|kinh doanh|kham benh,? chua benh|kham,? chua benh)"
    r"(?: tap trung| xa hoi| du lich| dich vu| cong lap|,? kinh doanh| dich vu an uong| ma tuy)*"
    r"|giap ranh|ven bien|mien nui|vung cao|bien gioi(?= (?!bo(?![\w])))|chi nhanh"
    r"|noi co dich|chuyen mon|chuc nang|con lai|tu nhan|ngoai cong lap|cong lap|trong va ngoai cong lap"
    r")(?![\w])"
)
QUOTED = regex.compile(r"[ ]?\([^()\n]{1,80}\)")
# A word of a proper name. Names of the Highlands have a stroke in them: "Ia H'Drai", "M'Đrắk", "Đắk R’Lấp".
_WORD = r"\p{Lu}[\p{L}'’‘´ʼ`]*+"
NAME = regex.compile(rf"(?:[ ](?:[-–][ ])?(?:{_WORD}|\d{{1,2}}(?![\d/.%)])))++")
# A name of one word goes on a list where a mark, "và" or the stroke shows that nothing else follows it.
NEXT_NAME = regex.compile(
    rf"(?:,[ ]|[ ]và[ ])({_WORD}(?:[ ]{_WORD})++|\p{{Lu}}\p{{L}}*+['’‘´ʼ`]\p{{L}}++"
    rf"|{_WORD}(?=[,;.:]|[ ]và[ ]\p{{Lu}}|[ ]\p{{Ll}}))"
)
NEXT_PLACE = regex.compile(rf"(?:,[ ]|[ ]và[ ])(?:thành phố|thị xã|huyện|quận|TP\.?)[ ]{_WORD}(?:[ ]{_WORD})*+")
BELONGS = regex.compile(r"[ ](?:cua|thuoc|truc thuoc)[ ](?!tinh[ ,.:;])")
ANYTHING = regex.compile(r".*", regex.DOTALL)
BLANK = regex.compile(r"[ ](?=\w)")
EPIDEMIC = regex.compile(
    r"[ \n]+(?:ve[ ]"
    r"|cong tac[ ])?phong,?[ ](?:va[ ])?chong[ ](?:dai[ ])?dich(?:[ ]benh)?(?:[ ]covid(?:[ ]?-?[ ]?19)?)?"
    r"|[ \n]+(?:phong,?[ ]chong[ ]|benh[ ])?covid(?:[ ]?-?[ ]?19)?(?![\w])"
)
SERIES = regex.compile(
    r"[ \n]chinh tri ?- ?xa hoi(?![\w])|(?:\s?[,/&-]\s?|[ \n]va[ \n])(?:cac[ ](?=cum))?"
    r"(?:so|ban|nganh|doan the|dt|mat tran to quoc viet nam|mat tran to quoc|mat tran|mttq|hoi|don vi"
    r"|co quan|to chuc chinh tri ?- ?xa hoi|to chuc xa hoi"
    r"|chinh tri ?- ?xa hoi|to chuc dang|dia phuong|huyen|thi xa|thanh pho|tp|quan|xa|phuong|thi tran|thi"
    r"|thanh|phong|cap uy|chinh quyen"
    r"|dang doan|hop tac xa|trung uong|nha may|xi nghiep|co so|cum cong nghiep|khu cong nghiep|trung cap"
    r"|cao dang|doanh nghiep)(?![\w])(?![ ]uy(?![\w]))"
)
PERSON = regex.compile(
    r"(?:cac[ ])?(?:(?:dong chi|d/c)[ ])?(?:cac[ ])?(?:bi thu|pho bi thu|chu tich|pho chu tich"
    r"|tong giam doc|pho giam doc|giam doc|thu truong"
    r"|nguoi dung dau|truong ban|pho truong ban|chanh van phong|bo truong|chu nhiem|cuc truong"
    r"|chi cuc truong|tong cuc truong|vien truong"
    r"|hieu truong|chi huy truong|tu lenh|chinh uy|truong phong|truong cac|thong doc|tong bien tap"
    r"|chanh thanh tra|chanh an|lanh dao"
    r"|doi truong|truong cong an|tong thanh tra|chu dau tu|to truong|truong)(?: thuong truc)?(?![\w])"
)
NEXT_TITLE = regex.compile(r"(?:,|[ ]va)[ ](?=(?:pho )?(?:bi thu|chu tich|giam doc)[ ])")  # "Bí thư, Chủ tịch UBND …"
COMRADES = regex.compile(r"(?:cac[ \n])?(?:luc luong(?! chuc nang)|dong chi|d/c|ong,? ba|ong ?[(/] ?ba\)?):?[ \n]")
COLON_LIST = regex.compile(
    r"(?:cac[ \n]+)?(?:co quan[ ])?(so|bo)(?:(?:[ ]?,[ ]?(?:ban|nganh|co quan))*[ ]?:[ \n]*|[ ]+)"
)
ITEM_SEPARATOR = regex.compile(
    r"\s{0,3}(?:[,;]\s{0,12}(?:va[ \n]+|cung[ ](?:voi[ ])?)?|[ \n](?:va|cung)[ \n](?:voi[ ])?|&[ ]?"
    r"|/[ ]?(?=\p{Lu}))"
)
# First nouns that open the name of an office the vocabulary does not list. A noun of one syllable counts only with its
# own marks, or where the words around it have lost theirs too; words it begins ("phòng ngừa", "vụ việc") are no office.
_ONE_SYLLABLE = {
    "sở": "", "ban": "hành|đầu|đêm|ngày|bố|tặng|sơ", "cục": "bộ|diện", "viện": "dẫn|phí|trợ|cớ", "trường": "hợp|kỳ",
    "hội": "họp|nghị|thảo|chợ|ý|tụ|chẩn|nhập", "đoàn": "kết|tụ|viên", "phòng": "ngừa|chống|bệnh|dịch|vệ|tránh|thủ",
    "trạm": "dừng", "bộ": "phận|trang|máy|tiêu|đồ|xét|kit|sinh", "hạt": "nhân", "đồn": "đại|thổi", "đài": "thọ|các",
    "cảng": "biển các", "quỹ": "đất|đạo", "đội": "ngũ|hình|giá", "vụ": "việc|án|mùa|lợi",
}  # fmt: skip
OPEN_HEAD = regex.compile(
    r"(?:trung tam|benh vien|chi cuc|tong cuc|dai hoc|hoc vien|cong ty|tong cong ty|tap doan|ngan hang|hiep hoi"
    r"|lien doan|lien hiep|lien minh|uy ban|van phong|thanh tra|toa an|kho bac|dang uy|tap chi"
    r"|trung doan|su doan|quan doan|binh doan|hop tac xa|cong an|cong doan|ban quan ly|bo tu lenh"
    r"|ban chi huy|tong hoi|nha may|cang vu|to cong tac|tieu ban|ben xe|buu dien|khu quan ly"
    rf"|(?P<one>{'|'.join(fold(noun) for noun in _ONE_SYLLABLE)}))(?=[ ])"
)
_WITH_MARKS = regex.compile(
    "|".join(rf"{noun}(?![ ](?:{words})\b)" if words else noun for noun, words in _ONE_SYLLABLE.items())
    + r"|(?=\p{ASCII}{2,}[ ]\p{ASCII}+\b)[a-z]+",
    regex.IGNORECASE,
)


def opens_office(raw: str, folded: str, pos: int) -> int:
    """End of the first noun of an office at ``pos``, 0 where another word stands there ("Phong tỏa", "Vụ việc")."""
    head = OPEN_HEAD.match(folded, pos)
    if not head or not raw[pos].isupper() or (head["one"] and not _WITH_MARKS.match(raw, pos)):
        return 0
    return head.end()


# What an office is named after though it is a verb elsewhere: "Trung tâm Kiểm soát bệnh tật", "Cảnh sát giao thông".
VERBAL_NOUN = regex.compile(
    r"giao (?:thông|dịch|lưu|thương|nhận)|(?<=công nghệ )thông tin|(?<=công )trình|(?<=xe )vận (?:chuyển|tải)"
    r"|chuyển (?:giao|đổi|phát)"
    r"|trật tự|phát (?:thanh|triển|hành)|bảo vệ (?:thực vật|môi trường|rừng|an ninh)"
    r"|(?<=cảnh sát )(?:quản lý|điều tra|bảo vệ|hỗ trợ)"
    r"|(?<=(?:cục|đội|trạm|tâm|ban|phòng|vụ|hạt|tổ|tác|sát) )(?:quản lý|kiểm soát|kiểm tra|kiểm dịch|giám sát|hỗ trợ"
    r"|bảo vệ|điều tra|điều phối|tuyên truyền|tiếp nhận|truy vết|xét nghiệm|tuần tra|huấn luyện|dự trữ"
    r"|thanh tra|tổ chức|xử lý|xây dựng)(?! công tác| việc| chặt| nghiêm)",
    regex.IGNORECASE,
)
OPEN_GAP = regex.compile(r"[ ](?:[-–~&][ ]|và[ ](?=\p{Lu}))?|,[ ](?=\p{Lu}|miền[ ]\p{Lu})")
NEWSPAPER = regex.compile(r"Báo[ ](?=\p{Lu})|BÁO[ ]")
PLACE = regex.compile(
    r"(?:thành phố|thị xã|huyện|quận|TP\.?|Thành phố|Thị xã|Huyện|Quận)(?:[ ](?:\p{Lu}[\p{L}'’]*+"
    r"|\d{1,2}))++"
)
NOBODY = regex.compile(r"lien quan|chuc nang|ca nhan")
LEVEL = frozenset(("tinh", "huyen", "quan", "xa", "phuong"))
BARE = regex.compile(r"cac (?:huyen|quan|thanh pho|thi xa|xa|phuong)(?![\w])(?! uy)")
# The places that go on behind "các huyện": "Ban Chỉ đạo các huyện | , thị xã, thành phố".
MORE_PLACES = regex.compile(
    r"(?<=cac (?:huyen|xa|quan|phuong|tinh|thi xa|thanh pho))"
    r"(?:(?:,?[ \n]va[ \n]|,[ \n])(?:thanh pho|thi xa|huyen|quan|phuong|thi tran|xa)(?![\w]))++"
)
# Offices that stand before the body they belong to: "Phòng Tham mưu Công an tỉnh".
PART_OF = regex.compile(r"(?:phong|doi|khoa|tram|to|doan)(?![\w])")
STOP = regex.compile(
    r"(?:của|tại|về|để|đã|được|bị|là|và|hoặc|các|theo|với|cho|trong|trên|ở|đến|từ|như|nếu|khi)(?![\w])"
)

# What folding merges with the first noun of an office: số with sở, bỏ and bố with bộ.
OTHER_WORDS = frozenset(
    ["số", "bỏ", "bố", "hỏi", "hồi", "hơi", "đại", "dài", "đoạn", "bàn", "bản", "bán", "hối", "đoán", "cúc"]
)

# Nouns that folding merges with other words (quận and quản, sở and số): they count only with marks of their own.
MARKS = {
    "quan": {"quận"},
    "xa": {"xã"},
    "thi": {"thị"},
    "so": {"sở"},
    "ban": {"ban"},
    "hoi": {"hội"},
    "thanh": {"thành"},
    "phong": {"phòng"},
    "tinh": {"tỉnh", "tĩnh", "tính"},
    "huyen": {"huyện"},
    "phuong": {"phường", "phương"},
    "o": {"ở"},
}

# These count only with their own marks: folding merges "mỗi" with "môi", "chi bộ" with "chỉ bố".
OWN_MARKS = {
    "moi truong": "mỗi trường",
    "tung truong": "từng trường",
    "hieu truong": "hiệu trưởng",
    "chi bo": "chi bộ",
}
# The second half of a management board's name: "Ban Quản lý Khu kinh tế Nghi Sơn | và các khu công nghiệp".
ZONES = regex.compile(r"[ ](?:va|-)[ ](?:cac[ ])?(?:khu cong nghiep|khu kinh te|khu che xuat|kcn)(?![\w])")
