"""A citizen with a phone (người dân): what they see, and what they can do."""

import base64
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import expect

from e2e.inspector import is_chromium
from e2e.people.person import Person
from tests.contract.people import Phone

AUTHORISED = "Người khác ủy quyền cho tôi"
CAMERA_MS = 500
AUTHORISATION = "Văn bản ủy quyền theo quy định"

HELD = """async () => {
  const all = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const stores = {}
  for (const { name } of await indexedDB.databases()) {
    const database = await all(indexedDB.open(name))
    for (const store of database.objectStoreNames)
      stores[store] = await all(database.transaction(store).objectStore(store).getAllKeys())
    database.close()
  }
  const cached = []
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) cached.push(new URL(url).pathname)
  return { stores, cached, local: { ...localStorage }, session: { ...sessionStorage },
    cookies: document.cookie }
}"""

DRAWN = """async (picture) => {
  await picture.decode()
  const sheet = document.createElement('canvas')
  sheet.width = picture.naturalWidth
  sheet.height = picture.naturalHeight
  sheet.getContext('2d').drawImage(picture, 0, 0)
  return sheet.toDataURL('image/png').split(',')[1]
}"""

KEPT_FOR_LATER = """async () => {
  const { serviceWorker } = navigator
  await serviceWorker.ready
  if (serviceWorker.controller !== null) return
  await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve))
}"""


class Citizen(Person):
    """One person, one phone."""

    # -- seeing and doing on a phone ------------------------------------------------------------

    def code(self) -> str:
        """Read the dossier's code from the receipt."""
        label = self.page.get_by_text("Mã hồ sơ", exact=True).locator("..")
        return re.sub(r"\W", "", label.inner_text().removeprefix("Mã hồ sơ"))

    def scans(self, poster: str) -> Self:
        """Scan a poster: its QR holds the address in capitals."""
        return self.opens(f"/Q/{poster}")

    def looks_for(self, words: str) -> None:
        """Write into the search of the first page what is needed."""
        self.page.get_by_role("searchbox", name="Tìm việc cần làm").fill(words)

    def photographs(self, *photos: Path, with_: str = "Chụp ảnh") -> None:
        """Take photos with the camera, one after the other, or choose them from the gallery."""
        for photo in photos:
            self.taps += 1
            with self.page.expect_file_chooser() as chooser:
                self.page.get_by_role("button", name=with_).first.click()
            chooser.value.set_files(photo)

    def opens_the_camera(self) -> None:
        """Open the camera and take nothing yet; a camera needs half a second to open."""
        self.taps += 1
        with self.page.expect_file_chooser():
            self.page.get_by_role("button", name="Chụp ảnh").click()
        self.page.wait_for_timeout(CAMERA_MS)

    def chooses_photos(self, photos: Sequence[Path]) -> None:
        """Choose several photos from the gallery at once."""
        self.taps += 1
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="Chọn ảnh có sẵn").click()
        chooser.value.set_files(list(photos))

    def has_photos(self, count: int, state: str) -> None:
        """See that so many pages of the paper stand in this state."""
        tiles = self.page.get_by_role("list", name="Các trang đã chụp").get_by_role("listitem")
        expect(tiles.filter(has_text=state)).to_have_count(count)
        self.inspector.look(self.page)

    def copies(self, what: str) -> None:
        """Tap `Chép` beside a part of the transfer, and be told that it was copied."""
        if is_chromium(self.page):  # Firefox asks nobody before a tap may copy
            self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.presses(f"Chép {what}")
        expect(self.button(f"Đã chép {what}")).to_be_visible()

    def saves_the_code(self) -> Path:
        """Save the picture of the VietQR, to read it with the bank's app."""
        self.taps += 1
        with self.page.expect_download() as download:
            self.button("Lưu ảnh mã để quét").click()
        return Path(download.value.path())

    def holds(self, picture: str, folder: Path) -> Path:
        """Press on a picture and hold, which keeps it on the phone where nothing is downloaded."""
        shown = self.page.get_by_role("img", name=picture, exact=True)
        expect(shown).to_be_visible()
        self.inspector.look(self.page)
        kept = folder / "giu.png"
        kept.write_bytes(base64.b64decode(shown.evaluate(DRAWN)))
        return kept

    def makes_a_pay_link(self) -> str:
        """Make a link by which a relative pays, and copy it."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.presses("Tạo đường dẫn")
        self.presses("Chép đường dẫn")
        self.reads("Đã chép. Dán vào tin nhắn cho người trả hộ.")
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def saves_file(self, folder: Path) -> Path:
        """Save the locked file of a dossier, as it is named."""
        self.taps += 1
        with self.page.expect_download() as download:
            self.button("Lưu tệp").click()
        kept = folder / download.value.suggested_filename
        download.value.save_as(kept)
        return kept

    def saves_pdf(self, paper: str) -> tuple[str, bytes]:
        """Save one paper of the sheet for the national portal: its name and its bytes."""
        self.taps += 1
        with self.page.expect_download() as download:
            self.button(f"Lưu tệp {paper}").click()
        kept = download.value
        return kept.suggested_filename, Path(kept.path()).read_bytes()

    def opens_file(self, file: Path, digits: str) -> None:
        """Open a locked file with the digits on paper."""
        self.opens("/ho-so")
        self.presses("Mở tệp hồ sơ có khóa")
        self.sees("Mở tệp hồ sơ có khóa")
        with self.page.expect_file_chooser() as chooser:
            self.presses("Chọn tệp")
        chooser.value.set_files(file)
        self.fills({"16 số ghi trên giấy": digits})
        self.presses("Mở hồ sơ")

    def saves_paper(self, words: str) -> bytes:
        """Save a signed paper as PDF."""
        self.taps += 1
        with self.page.expect_download() as download:
            self.button(words).click()
        return Path(download.value.path()).read_bytes()

    def keys_in(self, label: str, digits: str) -> None:
        """Type a code that is not shown; a hidden box has no role to find it by."""
        self.page.get_by_label(label, exact=True).fill(digits)

    def opens_the_dossier(self, phone: Phone) -> None:
        """Open a dossier that was sent, by the link that only its people hold."""
        self.opens(f"/h#{phone.id}.{phone.key}")
        self.sees("Bản sao trích lục hộ tịch")

    def follows(self, code: str, *, digits: str) -> None:
        """Look a dossier up by its code, as the slip's QR opens it, and four digits."""
        self.opens(f"/tra-cuu#{code}")
        self.sees("Tra cứu hồ sơ")
        self.fills({"4 số cuối điện thoại": digits})
        self.presses("Xem hồ sơ")

    def asks_for_help(self) -> None:
        """Open `Cần giúp?` below the page."""
        self.taps += 1
        self.page.get_by_text("Cần giúp?").click()

    # -- the phone ------------------------------------------------------------------------------

    def loses_network(self) -> None:
        """Airplane mode on, after the pages to come have come to the phone."""
        self.page.evaluate(KEPT_FOR_LATER)
        super().loses_network()

    def another_tab(self) -> "Citizen":
        """Open the same page in a second tab on the same phone."""
        page = self.page.context.new_page()
        page.goto(self.page.url)
        return Citizen(page, web=self.web, inspector=self.inspector)

    @contextmanager
    def with_room_for(self, size: int) -> Iterator[None]:
        """Leave the browser room for so many bytes more, for a while."""
        used = self.page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
        session = self.page.context.new_cdp_session(self.page)
        address = {"origin": self.web}
        session.send("Storage.overrideQuotaForOrigin", {**address, "quotaSize": used + size})
        yield
        session.send("Storage.overrideQuotaForOrigin", address)
        session.detach()

    def loses_the_tab(self) -> None:
        """The system ends the page to free memory; a new one is opened by hand."""
        context = self.page.context
        self.page.close()
        self.page = context.new_page()

    def what_is_sent(self) -> list[str]:
        """Listen from now on to what goes to the service with a body."""
        sent: list[str] = []
        self.page.on("request", lambda one: one.method != "GET" and sent.append(one.url))
        return sent

    def loses_all_it_kept(self) -> None:
        """The app is closed, and its browser's storage goes with it."""
        self.loses_the_tab()
        session = self.page.context.new_cdp_session(self.page)
        session.send("Storage.clearDataForOrigin", {"origin": self.web, "storageTypes": "all"})
        session.detach()

    def what_the_phone_holds(self) -> dict[str, Any]:
        """List all that lies in any storage of the browser, by kind of storage."""
        found: dict[str, Any] = self.page.evaluate(HELD)
        return found

    # -- the whole form, in the words of the procedure ------------------------------------------

    def begins(
        self,
        poster: str,
        *,
        procedure: str = "Bản sao trích lục hộ tịch",
        question: str = "Bạn nộp cho ai?",
    ) -> None:
        """Go from the scan to the first question."""
        self.scans(poster)
        self.sees(procedure)
        self.starts(question)

    def starts(self, question: str = "Bạn nộp cho ai?") -> None:
        """Go from the poster's page to the first question."""
        self.presses("Xem và bắt đầu")
        self.starts_here(question)

    def starts_here(self, question: str = "Bạn nộp cho ai?") -> None:
        """Go from the start page of a procedure to the first question."""
        begin = self.page.get_by_role("button", name="Bắt đầu", exact=True)
        expect(begin).to_be_visible()
        self.inspector.look(self.page)
        self.taps += 1
        begin.click()
        self.sees(question)

    def answers_for_another_person(self, owner: str = "Nguyễn Thị Bé Tư") -> None:
        """Fill the questions up to the number of copies, as the authorised person."""
        self.chooses(AUTHORISED)
        self.goes_on()
        self.sees("Thông tin của bạn")
        self.fills(
            {
                "Họ, chữ đệm, tên": "Trần Văn Lành",
                "Số định danh cá nhân": "092088000456",
                "Số điện thoại": "0900 000 523",
            }
        )
        self.goes_on()
        self.sees("Bạn đang cư trú ở đâu?")
        self.fills(
            {
                "Số nhà, đường, khu vực": "Khu vực Thới Hòa",
                "Phường, xã": "Phường Long Hưng",
                "Tỉnh, thành phố": "Thành phố Cần Thơ",
            }
        )
        self.goes_on()
        self.sees("Ai ủy quyền cho bạn?")
        self.fills(
            {
                "Họ, chữ đệm, tên người ủy quyền": owner,
                "Số định danh cá nhân của người ủy quyền": "092199000123",
                "Số điện thoại của người ủy quyền": "0900000417",
            }
        )
        self.goes_on()
        self.answers_about_the_paper()

    def answers_for_oneself(self) -> None:
        """Fill all questions for a copy of one's own marriage entry: no paper is needed."""
        self.chooses("Cho chính tôi")
        self.goes_on()
        self.fills(
            {
                "Họ, chữ đệm, tên": "Lê Minh Khôi",
                "Số định danh cá nhân": "092095000789",
                "Số điện thoại": "0900000611",
            }
        )
        self.goes_on()
        self.fills({"Phường, xã": "Phường Thới An", "Tỉnh, thành phố": "Thành phố Cần Thơ"})
        self.goes_on()
        self.chooses("Kết hôn")
        self.goes_on()
        self.fills({"Năm": "1995"})
        self.chooses("Nam")
        self.goes_on()
        self.fills({"Nơi đã đăng ký": "UBND phường Thới An"})
        self.goes_on()
        self.goes_on()

    def answers_about_the_paper(self) -> None:
        """Say which entry the copy is of, whose it is, and where it was made."""
        self.sees("Bạn cần bản sao của giấy nào?")
        self.chooses("Khai sinh")
        self.chooses("Có", of="Giấy đó mang tên người ủy quyền phải không?")
        self.goes_on()
        self.sees("Người có tên trong giấy sinh ngày nào?")
        self.fills({"Ngày": "1", "Tháng": "2", "Năm": "1999"})
        self.chooses("Nữ")
        self.goes_on()
        self.sees("Giấy đó đăng ký ở đâu, khi nào?")
        self.fills({"Nơi đã đăng ký": "UBND phường Long Hưng, quận Ô Môn"})
        self.goes_on()
        self.sees("Bạn cần mấy bản?")

    def is_at_the_paper(self, poster: str, *, owner: str = "Nguyễn Thị Bé Tư") -> None:
        """Answer everything up to the photo of the authorisation."""
        self.begins(poster)
        self.answers_up_to_the_paper(owner)

    def answers_up_to_the_paper(self, owner: str = "Nguyễn Thị Bé Tư") -> None:
        """Answer the questions for one copy as the authorised person."""
        self.answers_for_another_person(owner)
        self.goes_on()
        self.sees(AUTHORISATION)

    def is_at_the_last_look(
        self, poster: str, *photos: Path, owner: str = "Nguyễn Thị Bé Tư"
    ) -> None:
        """Answer everything, with these photos, up to the last look before sending."""
        self.is_at_the_paper(poster, owner=owner)
        self.chooses_photos(photos)
        self.has_photos(len(photos), "Phường đã giữ")
        self.goes_on()
        self.sees("Xem lại trước khi gửi")

    def sends(self) -> None:
        """Declare and send from the last look."""
        self.ticks("Tôi cam đoan")
        self.presses("Gửi hồ sơ")

    def is_received(self) -> str:
        """See the receipt that says that everything has arrived, and read its code."""
        self.sees("ĐÃ NHẬN ĐỦ")
        return self.code()
