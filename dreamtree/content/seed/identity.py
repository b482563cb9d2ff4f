"""Ids that are fixed for good: the same slug has the same id in every installation."""

from uuid import UUID, uuid5

NAMESPACE = UUID("5c9d3d0e-6a0b-4d6f-9c57-1f0d3f5f7a11")


def fixed_id(kind: str, slug: str) -> str:
    """The id of the `kind` ("skill", "reference", …) with this slug."""
    return str(uuid5(NAMESPACE, f"{kind}/{slug}"))
