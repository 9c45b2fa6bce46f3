"""Lists in the order that somebody asks for, as `contracts.base.sorted_by` names it."""

from collections.abc import Mapping


def order_by(columns: Mapping[str, str], sort: str) -> str:
    """SQL of the one of `columns` that `sort` names; with `-` before it, the other way round."""
    return columns[sort.lstrip("-")] + " DESC" * sort.startswith("-")
