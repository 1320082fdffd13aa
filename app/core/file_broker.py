"""Kombu's filesystem transport, with messages that appear whole.

The original opens a message's file and then writes it: a worker that lists the folder in between
takes an empty message and dies of it. Here a message is written beside the folder and moved in.
"""

import os
import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Puts a message into the folder by a rename."""

    def _put(self, queue: Any, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        # Same file system, so that the move is one step; a name no reader looks for.
        written = Path(self.data_folder_out) / f".{name}.part"
        try:
            written.write_bytes(dumps(payload).encode())
            os.replace(written, Path(self.data_folder_out) / name)  # noqa: PTH105
        except OSError as error:
            raise ChannelError(f"cannot put a message into {self.data_folder_out}") from error


class Transport(filesystem.Transport):
    """`filesystem://` with the channel above."""

    Channel = Channel
