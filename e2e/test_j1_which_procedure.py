"""J1: several procedures look alike; a few questions find the right one, or the next door."""

import re


def test_a_citizen_who_does_not_know_which_procedure_is_led_by_two_questions(citizen):
    citizen.opens("/").sees("Bạn cần làm việc gì?")
    citizen.presses("Tôi cần giấy khai sinh")
    citizen.sees("Việc sinh đã đăng ký ở phường, xã bao giờ chưa?")
    citizen.presses("Đã đăng ký rồi")
    citizen.sees("Bạn cần gì?")
    citizen.presses(re.compile("Thêm bản sao"))

    citizen.sees("Bản sao trích lục hộ tịch")


def test_what_people_type_finds_the_procedure_what_is_near_it_or_the_office_that_does_it(citizen):
    citizen.opens("/").sees("Bạn cần làm việc gì?")
    citizen.looks_for("bà ngoại mới mất")
    citizen.reads("1 việc")
    citizen.reads("Đăng ký khai tử")
    citizen.looks_for("ông nội 82 tuổi")
    citizen.reads("Gần với điều bạn tìm")
    citizen.reads("Trợ cấp hưu trí xã hội")
    citizen.looks_for("giặt ủi quần áo")
    citizen.reads(re.compile("Không tìm thấy"))
    citizen.reads("Gia đình tôi vừa có người mất")
    citizen.looks_for("đăng ký tạm trú cho con")
    citizen.reads(re.compile("Hỏi công an phường, xã nơi ở"))
    citizen.reads_nowhere("Tạm ngừng, tiếp tục kinh doanh")
    citizen.looks_for("xác nhận tình trạng hôn nhân sau ly hôn")
    citizen.reads("Một phần việc này có thể do nơi khác làm.")
    citizen.reads("Giấy xác nhận tình trạng hôn nhân")
    citizen.looks_for("chứng thực bản sao căn cước")
    citizen.reads(re.compile("Căn cước và định danh điện tử do công an làm"))
    citizen.presses("Chứng thực bản sao từ bản chính")

    citizen.sees("Chứng thực bản sao từ bản chính")


def test_where_nothing_here_fits_the_next_door_is_named_and_the_way_back_is_open(citizen):
    citizen.opens("/").presses("Gia đình tôi vừa có người mất")
    citizen.sees("Gia đình cần làm việc gì?")
    citizen.presses("Xin hỗ trợ chi phí mai táng")
    citizen.presses("Trợ cấp hưu trí xã hội")

    citizen.sees("Việc này chưa nộp được từ đây")
    citizen.reads(re.compile("mã 1.014028"))
    citizen.presses("EN, English")
    citizen.sees("This cannot be filed from here yet")
    citizen.reads_nowhere("mã 1.014028")
    citizen.presses("VI, Tiếng Việt")
    citizen.presses("Quay lại")
    citizen.sees("Người mất đang hưởng khoản nào?")


def test_the_phones_back_goes_one_question_back_and_forward_again(citizen):
    citizen.opens("/").presses("Tôi cần giấy khai sinh")
    citizen.sees("Việc sinh đã đăng ký ở phường, xã bao giờ chưa?")
    citizen.presses("Đã đăng ký rồi")
    citizen.sees("Bạn cần gì?")

    citizen.page.go_back()
    citizen.sees("Việc sinh đã đăng ký ở phường, xã bao giờ chưa?")
    citizen.page.go_forward()
    citizen.sees("Bạn cần gì?")
    citizen.presses(re.compile("Thêm bản sao"))
    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.page.go_back()
    citizen.sees("Bạn cần gì?")
    citizen.presses("Quay lại")
    citizen.sees("Việc sinh đã đăng ký ở phường, xã bao giờ chưa?")
    citizen.presses("Quay lại")
    citizen.sees("Bạn cần làm việc gì?")


def test_the_phones_back_from_the_result_is_the_question_before(citizen):
    citizen.opens("/").presses("Gia đình tôi vừa có người mất")
    citizen.presses("Xin hỗ trợ chi phí mai táng")
    citizen.presses("Trợ cấp hưu trí xã hội")
    citizen.sees("Việc này chưa nộp được từ đây")

    citizen.page.go_back()
    citizen.sees("Người mất đang hưởng khoản nào?")
    citizen.page.go_back()
    citizen.sees("Gia đình cần làm việc gì?")
    citizen.page.go_back()
    citizen.sees("Bạn cần làm việc gì?")


def test_a_family_in_mourning_is_led_to_registering_the_death(citizen):
    citizen.opens("/").presses("Gia đình tôi vừa có người mất")
    citizen.presses("Đăng ký khai tử")

    citizen.sees("Đăng ký khai tử")


def test_who_does_not_know_what_was_received_is_told_whom_to_ask(citizen):
    citizen.opens("/").presses("Gia đình tôi vừa có người mất")
    citizen.presses("Xin hỗ trợ chi phí mai táng")
    citizen.presses("Không rõ")

    citizen.sees("Việc này chưa nộp được từ đây")
    citizen.reads(re.compile("Hỏi bộ phận một cửa của phường"))
