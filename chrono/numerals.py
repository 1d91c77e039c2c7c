"""Numbers as texts write them in words, in their order."""

CARDINALS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
"""From one to twenty."""
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
"""From the first to the twelfth."""
ORDINAL = rf"(?:{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
"""A regular expression for one of these or a number written as one: '15th'; no group of its own."""


def ordinal_value(words: str) -> int:
    """The number that such words mean: 2 for 'Second', 15 for '15th'."""
    low = words.lower()
    return ORDINALS.index(low) + 1 if low in ORDINALS else int(low[:-2])
