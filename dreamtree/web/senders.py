"""Where a request comes from."""

import ipaddress
from collections.abc import Callable, Mapping
from typing import Any

FORWARDED = "HTTP_X_FORWARDED_FOR"


def sender_of(is_behind_tls: bool) -> Callable[[Mapping[str, Any]], str]:
    """Makes a function: the environ of a request → the network it comes from, which behind TLS the proxy has named."""

    def sender(environ: Mapping[str, Any]) -> str:
        forwarded = str(environ.get(FORWARDED, "")).rpartition(",")[2].strip() if is_behind_tls else ""
        return network_of(forwarded or environ["REMOTE_ADDR"])

    return sender


def network_of(address: str | None) -> str:
    """The address; of IPv6 the network, since one household has a whole one."""
    try:
        place = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((place, 64), strict=False)) if place.version == 6 else str(place)
