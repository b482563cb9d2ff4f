"""Patroni, which stops itself (SIGSTOP) between reading who leads and renewing its lead, once a file asks it to.

Runs by the Python that Patroni is installed for, in the folder of its server.
"""

import os
import signal
from pathlib import Path
from typing import Any

from patroni.__main__ import main
from patroni.dcs.etcd import Etcd
from patroni.dcs.etcd3 import Etcd3

ASKED = Path("stop-as-you-renew")


def stop_as_it_renews(kind: Any) -> None:
    renew = kind._update_leader

    def stop_and_renew(self: Any, *known: Any) -> Any:
        if ASKED.exists():
            ASKED.unlink()
            os.kill(os.getpid(), signal.SIGSTOP)
        return renew(self, *known)

    kind._update_leader = stop_and_renew


if __name__ == "__main__":
    stop_as_it_renews(Etcd)
    stop_as_it_renews(Etcd3)
    main()
