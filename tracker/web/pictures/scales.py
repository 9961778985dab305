"""What pictures share: shares of a width as SVG takes them."""


def percent(share: float) -> str:
    """A share of the width (0 to 1) as SVG takes it: 12.5%."""
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"
