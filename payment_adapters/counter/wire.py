"""What the citizen is told who wants to pay at the counter (trả tại quầy)."""


def instructions(code: str, amount: int) -> str:
    """Write the steps; they end with our reference, which the officer can look up."""
    money = f"{amount:,}".replace(",", ".") + "\u00a0đ"
    return (
        f"Trả {money} tại quầy một cửa của phường, xã, bằng tiền mặt hoặc thẻ.\n"
        "Mang theo mã hồ sơ. Hồ sơ đã gửi vẫn được giữ, không cần gửi lại.\n"
        f"Mã khoản thu: {code}"
    )
