"""The payer's bank app (ứng dụng ngân hàng), played on the pages of the pretend bank."""

from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.inspector import Inspector


class BankApp:
    """Reads a VietQR from a picture and transfers what it says, or what people do instead."""

    def __init__(self, page: Page, *, address: str, inspector: Inspector) -> None:
        """Open the app."""
        self.page = page
        self.address = address
        self.inspector = inspector

    def reads_code(self, picture: Path) -> None:
        """Choose the picture of the code, as `quét từ ảnh` does."""
        self.page.goto(self.address)
        self.page.get_by_label("Ảnh chụp mã VietQR").set_input_files(picture)
        self.page.get_by_role("button", name="Đọc mã trong ảnh").click()
        expect(self.page.get_by_role("heading", name="Kiểm tra rồi chuyển tiền")).to_be_visible()
        self.inspector.look(self.page)

    def transfers(
        self, *, amount: int | None = None, words: str | None = None, situation: str | None = None
    ) -> None:
        """Send the money; amount and words may be changed, and the bank may be odd."""
        if amount is not None:
            self.page.get_by_label("Số tiền chuyển").fill(str(amount))
        if words is not None:
            self.page.get_by_label("Nội dung chuyển khoản").fill(words)
        if situation is not None:
            self.page.get_by_role("radio", name=situation).check()
        self.page.get_by_role("button", name="Chuyển tiền").click()
        expect(self.page.get_by_role("heading", name="Đã chuyển")).to_be_visible()
        self.inspector.look(self.page)

    def pays(
        self,
        picture: Path,
        *,
        amount: int | None = None,
        words: str | None = None,
        situation: str | None = None,
    ) -> None:
        """Read the code and transfer."""
        self.reads_code(picture)
        self.transfers(amount=amount, words=words, situation=situation)
