"""The graph as an interactive page that opens offline."""

from kg.views.page import page, write

__all__ = ["page", "write"]
