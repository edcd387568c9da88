"""Words."""


def joint(left: str, right: str) -> bool:
    """stub."""
    return (left[-1:] + right[:1]) in {"颅脑"}
