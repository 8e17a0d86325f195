"""Payment adapters (kênh thanh toán): translators between the house and those who move money.

`contract` is what an adapter is; `strict` reads what strangers send; `testing` is the kit that
every adapter passes. The core decides what is paid; an adapter only says what it was told.
"""
