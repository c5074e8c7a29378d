"""Who is told to act, in provisions of several provinces', ministries' and districts' wording."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.fold import Text
from loaders.provisions import parse_provisions
from loaders.records import Span, Zones
from loaders.tasks import LONGEST_QUOTE, match_tasks


def told(raw):
    text = Text(raw)
    zones = Zones(header=Span(0, 0), body=Span(0, len(raw)))
    return match_tasks(text, zones, parse_provisions(text, zones.body))


def roles(raw):
    """Distinct (role, actor) pairs in order of mention."""
    return list(dict.fromkeys((task.role, task.actor) for task in told(raw)))


CASES = {
    "places-that-go-on": (
        "1. Ban Chỉ đạo các huyện, thị xã, thành phố tổ chức cách ly F0 không triệu chứng tại nhà.",
        ["lead Ban Chỉ đạo các huyện, thị xã, thành phố"],
    ),
    "part-of-a-body": (
        "1. Thanh tra Sở chủ trì, phối hợp với Phòng Tham mưu Công an tỉnh kiểm tra bến xe.",
        ["lead Thanh tra Sở", "coordinate Phòng Tham mưu Công an tỉnh"],
    ),
    "report-of-a-named-body": (
        "1. Các huyện ủy, Thành ủy Hòa Bình báo cáo kết quả về Tỉnh ủy trước ngày 15/8/2021.",
        ["lead Các huyện ủy", "lead Thành ủy Hòa Bình"],
    ),
    "report-of-nobody-in-particular": ("1. Các đơn vị báo cáo kết quả trước 16 giờ hằng ngày.", []),
    "adverb-is-no-name": ("1. Doanh nghiệp định kỳ lấy mẫu 20% công nhân.", ["lead Doanh nghiệp"]),
    "only-is-no-cell": ("1. Chỉ bố trí lái xe đã tiêm đủ liều vắc xin.", []),
    "hamlet-and-neighbourhood": (
        "1. Trưởng thôn, Bí thư chi bộ các thôn lập danh sách; Công an xã phối hợp với Tổ trưởng tổ dân phố rà soát.",
        ["lead Trưởng thôn", "lead Bí thư chi bộ các thôn", "lead Công an xã", "coordinate Tổ trưởng tổ dân phố"],
    ),
    "boards-of-markets-and-towers": (
        "1. Ban Quản lý các chợ phát thẻ vào chợ.\n2. Ban quản trị các chung cư đo thân nhiệt.\n"
        "3. Ban Quản lý khai thác các cảng cá chỉ cho tàu cập cảng ban ngày.",
        ["lead Ban Quản lý các chợ", "lead Ban quản trị các chung cư", "lead Ban Quản lý khai thác các cảng cá"],
    ),
    "heads-in-a-row": (
        "1. Trưởng bản, tiểu khu trưởng nhắc nhở nhân dân; Ủy ban Bầu cử huyện bố trí hòm phiếu phụ.",
        ["lead Trưởng bản", "lead tiểu khu trưởng", "lead Ủy ban Bầu cử huyện"],
    ),
    "heads-of-several": (
        "1. Trưởng các ban xây dựng Đảng, người đứng đầu cấp ủy cơ sở chịu trách nhiệm về kết quả.",
        ["responsible Trưởng các ban xây dựng Đảng", "responsible người đứng đầu cấp ủy cơ sở"],
    ),
    "forces-and-teams": (
        "1. Lực lượng Công an xã bám nắm địa bàn; các chốt kiểm soát ghi chép người qua lại; Đội phản ứng nhanh trực "
        "24/24 giờ.",
        ["lead Lực lượng Công an xã", "lead các chốt kiểm soát", "lead Đội phản ứng nhanh"],
    ),
    "bank-and-veterinarians": (
        "1. Ngân hàng Chính sách xã hội chi nhánh tỉnh giải ngân vốn vay; Chi cục Thú y kiểm dịch động vật nhập tỉnh.",
        ["lead Ngân hàng Chính sách xã hội chi nhánh tỉnh", "lead Chi cục Thú y"],
    ),
    "assigned-to-a-place": (
        "1. Thành viên Ban Chỉ đạo được phân công phụ trách địa bàn tăng cường đi cơ sở.",
        ["lead Thành viên Ban Chỉ đạo"],
    ),
    "wards-without-names": (
        "1. Trung tâm Y tế thành phố phối hợp chặt chẽ với các phường rà soát.",
        ["lead Trung tâm Y tế thành phố", "coordinate các phường"],
    ),
    "head-after-an-opening": (
        "1. Khi phát hiện ca bệnh, người đứng đầu đơn vị phải báo ngay Trạm Y tế.", ["lead người đứng đầu đơn vị"],
    ),
    "cases-are-no-duty": ("1. Công ty Samsung có 3 ca mắc.\n2. Sở Y tế truy vết.", ["lead Sở Y tế"]),
    "who-watches": (
        "1. Trạm Y tế cấp xã theo dõi sức khỏe, phối hợp với Tổ chăm sóc cộng đồng.\n"
        "2. Đội Quản lý trật tự đô thị dẹp bỏ chợ cóc.",
        ["lead Trạm Y tế cấp xã", "coordinate Tổ chăm sóc cộng đồng", "lead Đội Quản lý trật tự đô thị"],
    ),
    "money-by": ("1. Kinh phí do Phòng Tài chính - Kế hoạch tham mưu.", ["lead Phòng Tài chính - Kế hoạch"]),
    "moved-to-a-regime": (
        "1. Các xã, phường thuộc vùng xanh chuyển sang thực hiện Chỉ thị số 15/CT-TTg.",
        ["lead Các xã, phường thuộc vùng xanh"],
    ),
    "more-of-a-district": (
        "1. Ban Giám hiệu các trường học phân công giáo viên trực; Tổ giám sát cộng đồng nhắc nhở người dân.\n"
        "2. Phòng VH&TT, Trung tâm VH-TT&TT huyện tăng thời lượng phát sóng.\n3. Nhà máy thủy điện Thác Bà bố trí ca.",
        ["lead Ban Giám hiệu các trường học", "lead Tổ giám sát cộng đồng", "lead Phòng VH&TT",
         "lead Trung tâm VH-TT&TT huyện", "lead Nhà máy thủy điện Thác Bà"],
    ),
    "police-and-army": (
        "1. Trung tâm Y tế huyện phối hợp với Công an, Quân sự huyện đón công dân.", ["lead Trung tâm Y tế huyện"],
    ),
    "agreed": ("1. Đồng ý để Sở Y tế áp dụng cách ly tại nhà.", ["lead Sở Y tế"]),
    "marks-lost": ("1. Hieu truong chiu trach nhiem quan ly hoc sinh.", ["responsible Hieu truong"]),
    "neighbouring-districts": (
        "1. Công an tỉnh phối hợp với UBND các huyện giáp ranh lập chốt.",
        ["lead Công an tỉnh", "coordinate UBND các huyện giáp ranh"],
    ),
    "made-known": ("Văn phòng UBND tỉnh thông báo để các đơn vị biết, thực hiện.", []),
    "carry-out-at-once": ("Nhận được Công điện này, yêu cầu các đơn vị triển khai ngay.", []),
    "ministry-and-ministries": (
        "1. Bộ Y tế chủ trì, phối hợp với Bộ Quốc phòng, Bộ Công an và Ủy ban nhân dân các tỉnh, thành phố trực thuộc "
        "Trung ương tổ chức phân luồng người nhập cảnh.",
        ["lead Bộ Y tế", "coordinate Bộ Quốc phòng", "coordinate Bộ Công an",
         "coordinate Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"],
    ),
    "chairmen-answer": (
        "1. Chủ tịch Ủy ban nhân dân các tỉnh chỉ đạo các lực lượng chức năng rà soát; chịu trách nhiệm trước Thủ "
        "tướng Chính phủ nếu để dịch lây lan.",
        ["responsible Chủ tịch Ủy ban nhân dân các tỉnh"],
    ),
    "one-noun-many-ministries": (
        "1. Các Bộ: Công Thương, Giao thông vận tải theo chức năng, nhiệm vụ được giao bảo đảm lưu thông hàng hóa.",
        ["lead Các Bộ: Công Thương, Giao thông vận tải"],
    ),
    "heading-and-points": (
        "1. Giao Sở Y tế:\na) Tham mưu kế hoạch tiêm chủng.\nb) Phối hợp với Công an tỉnh truy vết người từ vùng dịch.",
        ["lead Sở Y tế", "coordinate Công an tỉnh"],
    ),
    "heading-without-colon": (
        "1. Sở Y tế\n- Chủ trì, phối hợp với các sở, ngành liên quan triển khai.\n2. Sở Tài chính\nBố trí kinh phí.",
        ["lead Sở Y tế", "lead Sở Tài chính"],
    ),
    "asked": (
        "1. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội vận động đoàn viên.",
        ["lead Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "lead các tổ chức chính trị - xã hội"],
    ),
    "as-for": (
        "1. Đối với Ban Quản lý các khu công nghiệp tỉnh: Kiểm tra phương án sản xuất của doanh nghiệp.",
        ["lead Ban Quản lý các khu công nghiệp tỉnh"],
    ),
    "answerable-within-a-sentence": (
        "1. Yêu cầu UBND các xã, thị trấn lập tổ giám sát. Nếu lây lan thì Chủ tịch UBND cấp xã phải chịu trách nhiệm.",
        ["lead UBND các xã, thị trấn", "responsible Chủ tịch UBND cấp xã"],
    ),
    "after-an-opening": (
        "1. Căn cứ tình hình thực tế, Sở Giáo dục và Đào tạo quyết định thời gian cho học sinh trở lại trường.",
        ["lead Sở Giáo dục và Đào tạo"],
    ),
    "coordinate-without-with": (
        "1. Sở Văn hóa, Thể thao và Du lịch chủ trì phối hợp Sở Y tế, Công an tỉnh kiểm tra các cơ sở lưu trú.",
        ["lead Sở Văn hóa, Thể thao và Du lịch", "coordinate Sở Y tế", "coordinate Công an tỉnh"],
    ),
    "two-clauses": (
        "1. Đài Truyền thanh huyện tăng thời lượng phát sóng; Phòng Y tế tham mưu kế hoạch tiêm vắc xin.",
        ["lead Đài Truyền thanh huyện", "lead Phòng Y tế"],
    ),
    "after-a-day": (
        "1. Từ 0 giờ ngày 20/7/2021, UBND thành phố Vĩnh Long và UBND các huyện Long Hồ, Mang Thít áp dụng giãn cách.",
        ["lead UBND thành phố Vĩnh Long", "lead UBND các huyện Long Hồ, Mang Thít"],
    ),
    "carried-out-by-heads": (
        "Điều 3. Chánh Văn phòng UBND tỉnh; Giám đốc các Sở: Y tế, Tài chính; Chủ tịch UBND các huyện và các tổ chức, "
        "cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.",
        ["responsible Chánh Văn phòng UBND tỉnh", "responsible Giám đốc các Sở: Y tế, Tài chính",
         "responsible Chủ tịch UBND các huyện"],
    ),
    "by-passive": (
        "1. Việc điều tiết hàng hóa do Sở Công Thương chủ trì, phối hợp cùng Cục Quản lý thị trường thực hiện.",
        ["lead Sở Công Thương", "coordinate Cục Quản lý thị trường"],
    ),
    "party-heads": (
        "1. Các quận ủy, huyện ủy quán triệt đến chi bộ; Bí thư Quận ủy, Huyện ủy chịu trách nhiệm trước Thành ủy.",
        ["lead Các quận ủy, huyện ủy", "responsible Bí thư Quận ủy, Huyện ủy"],
    ),
    "issuer-gives": (
        "1. UBND tỉnh giao Sở Tài chính cân đối nguồn kinh phí; Sở Kế hoạch và Đầu tư tham mưu phân bổ vốn.",
        ["lead Sở Tài chính", "lead Sở Kế hoạch và Đầu tư"],
    ),
    "caucus-of-a-city": (
        "1. Ban Thường vụ Thành ủy giao Ban cán sự đảng Ủy ban nhân dân thành phố lãnh đạo triển khai các phương án.",
        ["lead Ban cán sự đảng Ủy ban nhân dân thành phố"],
    ),
    "units-of-a-department": (
        "1. Giao Thanh tra Sở chủ trì, phối hợp với Phòng Quản lý vận tải kiểm tra các bến xe.",
        ["lead Thanh tra Sở", "coordinate Phòng Quản lý vận tải"],
    ),
    "office-not-listed": (
        "1. Hạt Kiểm lâm, Đồn Biên phòng Pha Long phối hợp với Công an xã tuần tra đường mòn.",
        ["lead Hạt Kiểm lâm", "lead Đồn Biên phòng Pha Long", "coordinate Công an xã"],
    ),
    "narrowed-group": (
        "1. Các đơn vị kinh doanh vận tải hành khách tạm dừng hoạt động đến các tỉnh đang có dịch.",
        ["lead Các đơn vị kinh doanh vận tải hành khách"],
    ),
    "tail-that-is-nobody": (
        "1. Đài Phát thanh – Truyền hình tỉnh, Cổng Thông tin điện tử tỉnh, hệ thống loa truyền thanh tăng tần suất.",
        ["lead Đài Phát thanh – Truyền hình tỉnh", "lead Cổng Thông tin điện tử tỉnh"],
    ),
    "semicolon-list-before-colon": (
        "1. Sở Du lịch; Ban Quản lý vịnh; các cơ sở lưu trú du lịch: dừng đón khách.",
        ["lead Sở Du lịch", "lead Ban Quản lý vịnh", "lead các cơ sở lưu trú du lịch"],
    ),
    "central-enterprise": (
        "1. Tổng công ty Cảng hàng không Việt Nam bố trí khu vực lấy mẫu tại sân bay.",
        ["lead Tổng công ty Cảng hàng không Việt Nam"],
    ),
    "capital": (
        "1. Bộ Tư lệnh Thủ đô Hà Nội, Công an Thành phố duy trì các chốt kiểm soát cửa ngõ.",
        ["lead Bộ Tư lệnh Thủ đô Hà Nội", "lead Công an Thành phố"],
    ),
    "object-of-a-subject": (
        "1. Ban Chỉ đạo huyện chỉ đạo Trung tâm Y tế tiêm ngừa cho người trở về.",
        ["lead Ban Chỉ đạo huyện"],
    ),
    "subject-left-out": (
        "1. Tăng cường tuần tra. Chỉ đạo Bộ đội Biên phòng tỉnh chủ động, phối hợp với Bộ Tư lệnh Vùng 2 Hải quân, thị "
        "xã La Gi tuần tra trên biển.",
        ["lead Bộ đội Biên phòng tỉnh", "coordinate Bộ Tư lệnh Vùng 2 Hải quân", "coordinate thị xã La Gi"],
    ),
    "accents-lost": (
        "1. So Y te chu tri, phoi hop voi Cong an tinh to chuc xet nghiem.",
        ["lead So Y te", "coordinate Cong an tinh"],
    ),
    "body-with-chịu-trách-nhiệm-leads": (
        "1. Sở Công Thương chịu trách nhiệm bảo đảm nguồn cung hàng hóa.",
        ["lead Sở Công Thương"],
    ),
    "unit-of-three": (
        "1. Bưu điện tỉnh, Viettel Hà Nam, VNPT Hà Nam bảo đảm đường truyền.",
        ["lead Bưu điện tỉnh", "lead Viettel Hà Nam", "lead VNPT Hà Nam"],
    ),
    "letter-without-provisions": (
        "Chủ tịch UBND tỉnh yêu cầu Sở Y tế khẩn trương tổ chức xét nghiệm diện rộng.",
        ["lead Sở Y tế"],
    ),
    "lockdown-is-no-office": (
        "1. Phong tỏa tạm thời khu dân cư, ấp Bình Hòa; khoanh vùng, truy vết.\n2. Phong tỏa xóm 5 tiếp tục thực hiện.",
        [],
    ),
    "words-that-begin-like-offices": (
        "1. Phòng ngừa lây nhiễm chéo phải thực hiện ngay. Vụ việc vi phạm phải xử lý nghiêm. Hội họp phải hạn "
        "chế. Đội "
        "ngũ y tế phải được bảo vệ. Bộ phận một cửa bố trí bàn tiếp. Trường hợp nghi ngờ phải cách ly. Hạt nhân "
        "đoàn kết "
        "tham gia.",
        [],
    ),
    "rooms-and-posts": (
        "1. Phòng Tư pháp rà soát văn bản. Đội xe vận chuyển bệnh nhân thực hiện khử khuẩn. Đồn công an tăng "
        "cường tuần "
        "tra.",
        ["lead Phòng Tư pháp", "lead Đội xe vận chuyển bệnh nhân", "lead Đồn công an"],
    ),
    "traffic-police": (
        "1. Cục Cảnh sát giao thông hướng dẫn phân luồng.\n2. Phòng Cảnh sát quản lý hành chính phối hợp với Đội "
        "Cảnh sát "
        "giao thông, Công an phường bố trí chốt.",
        ["lead Cục Cảnh sát giao thông", "lead Phòng Cảnh sát quản lý hành chính",
         "coordinate Đội Cảnh sát giao thông", "coordinate Công an phường"],
    ),
    "office-named-after-a-verb": (
        "1. Trung tâm kiểm soát bệnh tật tăng cường lấy mẫu. Đội quản lý thị trường số 2 kiểm tra giá. Trạm kiểm dịch "
        "y tế quốc tế giám sát hành khách. Ban quản lý chợ bố trí lối đi.",
        ["lead Trung tâm kiểm soát bệnh tật", "lead Đội quản lý thị trường số 2", "lead Trạm kiểm dịch y tế quốc tế",
         "lead Ban quản lý chợ"],
    ),
    "stations": (
        "1. Các bến xe khách phải đo thân nhiệt hành khách.\n2. Bến xe khách phía Bắc dừng bán vé.",
        ["lead Các bến xe khách", "lead Bến xe khách phía Bắc"],
    ),
    "head-of-an-establishment": (
        "1. Người đứng đầu cơ sở cách ly chịu trách nhiệm về an toàn.\n2. Người đứng đầu cơ sở lưu trú phải khai báo "
        "khách.\n3. Người đứng đầu khu cách ly chịu trách nhiệm quản lý.",
        ["responsible Người đứng đầu cơ sở cách ly", "lead Người đứng đầu cơ sở lưu trú",
         "responsible Người đứng đầu khu cách ly"],
    ),
    "names-of-the-highlands": (
        "1. UBND các huyện Ia Grai, Đăk Đoa, Ia H’Drai, M'Đrắk, Kbang tổ chức chốt.\n2. Ủy ban nhân dân các huyện Đắk "
        "R'Lấp, Cư M'gar và Ea H‘leo rà soát.",
        ["lead UBND các huyện Ia Grai, Đăk Đoa, Ia H’Drai, M'Đrắk, Kbang",
         "lead Ủy ban nhân dân các huyện Đắk R'Lấp, Cư M'gar và Ea H‘leo"],
    ),
    "names-that-fold-like-nouns": (
        "1. UBND các huyện Ngọc Hồi, Thạnh Phú, Quản Bạ, Ô Môn rà soát. UBND huyện Phong Thổ kiểm tra.",
        ["lead UBND các huyện Ngọc Hồi, Thạnh Phú, Quản Bạ, Ô Môn", "lead UBND huyện Phong Thổ"],
    ),
    "a-name-in-capitals-is-no-place": (
        "1. UBND huyện Cư Jút, VNPT, Công an huyện phối hợp bảo đảm đường truyền.",
        ["lead UBND huyện Cư Jút", "lead VNPT", "lead Công an huyện"],
    ),
    "committees-with-and-without-a-name": (
        "1. Các huyện ủy, thành ủy Vĩnh Yên, thị ủy Phúc Yên chịu trách nhiệm chỉ đạo lấy mẫu.\n2. Bí thư các "
        "huyện ủy, "
        "thành ủy Tam Kỳ và thị ủy Điện Bàn chịu trách nhiệm nếu để dịch lây lan.",
        ["lead Các huyện ủy", "lead thành ủy Vĩnh Yên", "lead thị ủy Phúc Yên",
         "responsible Bí thư các huyện ủy, thành ủy Tam Kỳ và thị ủy Điện Bàn"],
    ),
    "committee-answers-and-leads": (
        "1. Đảng ủy Sở Giáo dục và Đào tạo chịu trách nhiệm về công tác phòng, chống dịch tại các trường.",
        ["lead Đảng ủy Sở Giáo dục và Đào tạo"],
    ),
    "made-standing-body": (
        "1. Giao Sở Y tế là cơ quan thường trực, tham mưu Ban Chỉ đạo.\n2. Phân công Công an huyện là đầu mối "
        "tiếp nhận tin "
        "báo.\n3. UBND tỉnh giao Sở Nội vụ làm cơ quan theo dõi.",
        ["lead Sở Y tế", "lead Công an huyện", "lead Sở Nội vụ"],
    ),
    "schools": (
        "1. Mỗi trường xây dựng kịch bản.\n2. Với học sinh ở xa, nhà trường cho mượn máy tính.\n"
        "3. Hiệu trưởng chịu trách nhiệm trước Giám đốc Sở nếu để lây lan.\n4. Mỗi trường hợp F0 phải cách ly.",
        ["lead Mỗi trường", "lead nhà trường", "responsible Hiệu trưởng"],
    ),
    "each-party-cell": ("1. Từng chi bộ khóm, ấp phân công đảng viên bám hộ.", ["lead chi bộ khóm, ấp"]),
    "youth-of-a-district": (
        "1. Công an huyện chủ trì, phối hợp với Huyện đoàn dựng chốt tại cửa ngõ.",
        ["lead Công an huyện", "coordinate Huyện đoàn"],
    ),
    "subcommittees": (
        "1. Tiểu ban điều trị phân tầng người bệnh; Tiểu ban Hậu cần bảo đảm vật tư.",
        ["lead Tiểu ban điều trị", "lead Tiểu ban Hậu cần"],
    ),
    "head-of-a-committee": (
        "1. Trưởng ban chỉ đạo cấp xã chịu trách nhiệm nếu để lây lan.",
        ["responsible Trưởng ban chỉ đạo cấp xã"],
    ),
    "head-of-a-hospital": (
        "1. Giám đốc bệnh viện chịu trách nhiệm về sàng lọc.\n2. Giám đốc Bệnh viện Đa khoa Phú Bình lập khu.",
        ["responsible Giám đốc bệnh viện", "lead Giám đốc Bệnh viện Đa khoa Phú Bình"],
    ),
    "head-of-a-coach-station": ("1. Giám đốc bến xe bố trí người đo thân nhiệt.", ["lead Giám đốc bến xe"]),
    "zones-of-a-board": (
        "1. Sở Nội vụ, Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp Bình Định rà soát nhà máy.",
        ["lead Sở Nội vụ", "lead Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp Bình Định"],
    ),
    "firms-of-regions": (
        "1. Bảo đảm nước sạch; Tổng công ty Cấp nước miền Tây, miền Đông dự phòng máy bơm.",
        ["lead Tổng công ty Cấp nước miền Tây, miền Đông"],
    ),
    "allowed-or-stopped": (
        "1. Doanh nghiệp chế biến gỗ, giấy chỉ được sản xuất khi có phương án. Các doanh nghiệp ở thị xã được mở "
        "cửa bình thường. Doanh nghiệp không đáp ứng phải ngừng ngay. Các bệnh viện dã chiến số 5, số 6 không còn "
        "người bệnh thì tạm đóng. Địa phương chỉ được nâng cấp độ sau khi báo trước.",
        [],
    ),
    "allowed-and-told": (
        "1. Các doanh nghiệp ở thị xã được hoạt động, đồng thời phải xét nghiệm người lao động hằng tuần.",
        ["lead Các doanh nghiệp"],
    ),
    "where-not-who": ("1. Đối với các xã, thị trấn còn lại: dừng họp chợ phiên.", []),
    "said-to-be": ("1. Sở Y tế là cơ quan chuyên môn thuộc UBND tỉnh. Công an huyện là lực lượng nòng cốt.", []),
    "whoever": (
        "1. Doanh nghiệp nào không đáp ứng yêu cầu phải dừng hoạt động. Địa phương nào để dịch lây lan phải kiểm "
        "điểm. Cơ "
        "quan, đơn vị nào vi phạm sẽ bị xử lý.",
        [],
    ),
    "mentioned-only": (
        "1. Thực hiện chỉ đạo của Thủ tướng Chính phủ, theo hướng dẫn của Bộ Y tế; báo cáo Ban Thường vụ Tỉnh ủy.",
        [],
    ),
    "past": ("1. Sở Y tế đã có Công văn số 123/SYT-NVY đề nghị hỗ trợ sinh phẩm.", []),
    "people": ("1. Người dân không ra khỏi nhà từ 18 giờ. Tổ chức, cá nhân vi phạm bị xử lý nghiêm.", []),
    "carry-out": ("1. Rà soát ngay.\n\nYêu cầu các sở, ngành nghiêm túc triển khai thực hiện Công văn này./.", []),
    "thanks": ("1. Rà soát ngay.\n\nBộ Y tế trân trọng cảm ơn sự phối hợp của Quý Ủy ban./.", []),
    "preamble": ("UBND tỉnh yêu cầu các sở, ngành thực hiện các nội dung sau:\n\n1. Rà soát ngay các ổ dịch.", []),
    "related-bodies-only": ("1. Tăng cường kiểm tra, phối hợp với các cơ quan có liên quan xử lý vi phạm.", []),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "wanted"), CASES.values(), ids=CASES.keys())
def test_who_is_told(raw, wanted):
    assert sorted(f"{role} {actor}" for role, actor in roles(raw)) == sorted(wanted)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "part", ["Sở Y tế, \n\n", "Sở Y tế tổ chức; ", "1. Sở Y tế:\n- Rà soát.\n", "huyện Long Hồ, ", "giao Sở Y tế "]
)
def test_a_long_text_of_nothing_but_bodies_is_read_to_its_end(part):
    raw = part * 3000
    assert all(0 <= task.start < task.end <= len(raw) for task in told(raw))


def test_each_dash_under_a_heading_is_a_task_with_its_own_sentence():
    raw = "1. Công an tỉnh:\n\n- Chủ trì rà soát người đi từ vùng dịch về.\n\n- Lập 03 chốt kiểm soát trên quốc lộ."
    quotes = [raw[task.start : task.end] for task in told(raw)]
    assert quotes == [
        "Công an tỉnh:\n\n- Chủ trì rà soát người đi từ vùng dịch về.",
        "- Lập 03 chốt kiểm soát trên quốc lộ.",
    ]
    assert {raw[task.actor_start : task.actor_end] for task in told(raw)} == {"Công an tỉnh"}


_WORDS = [
    *[
        "1.",
        "2.",
        "-",
        "Sở",
        "Y",
        "tế",
        "Công",
        "an",
        "tỉnh",
        "UBND",
        "các",
        "huyện,",
        ";",
        ":",
        ".",
        "chủ",
        "trì,",
        "phối",
        "hợp",
        "với",
        "chịu",
        "trách",
        "nhiệm",
        "Giao",
        "Yêu",
        "cầu",
        "Điều",
        "và",
    ],
    "\n\n",
]


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join))
def test_nothing_raises_and_spans_hold(raw):
    for task in told(raw):
        assert 0 <= task.start < task.end <= len(raw)
        assert task.end - task.start <= LONGEST_QUOTE + 200
        assert " ".join(raw[task.actor_start : task.actor_end].split()) == task.actor != ""
        assert task.role in ("lead", "coordinate", "responsible")


def test_a_body_that_asks_others_is_told_where_another_issues():
    raw = "UBND tỉnh yêu cầu:\n\n1. Dừng họp chợ.\n2. Ban Quản lý các khu công nghiệp yêu cầu doanh nghiệp ký cam kết."
    assert roles(raw) == [("lead", "Ban Quản lý các khu công nghiệp")]
