"""Small pure tools that every room may use: time, codes, money, Vietnamese text, errors."""
