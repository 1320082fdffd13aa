"""The process that decodes files nobody vouches for. Started by `darkroom.py`, never imported.

It loads the decoders once, before it has seen any file, and then divides itself for each: the half
that decodes one file is confined, may write to no file but the one it is given, and ends with it.
Its answer is one line of JSON, then the renditions' bytes one after another; of a PDF it says
first, in a line of its own, how many pages there are. Whatever the file does to it ends as that
line or as the death of that half, which the other one reports. Where there is no room for the
answer the status is `os.EX_IOERR`.

Over the socket that is its standard input come a job (JSON) with two open files, the picture and
the answer's; back goes a line of JSON: `status` as of `subprocess`, `peak_kb`, `seconds` of CPU.
"""

import ctypes
import errno
import importlib.util
import io
import json
import os
import resource
import select
import signal
import socket
import warnings
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

# The side of what is measured, whatever the file's own.
SMALL = 320
Answer = tuple[dict[str, Any], list[bytes]]


def confine(limits: dict[str, int]) -> None:
    """Bound memory, processor time and output; die with the worker; leave no core file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["output"], limits["output"]))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    pr_set_pdeathsig, pr_set_no_new_privs = 1, 38
    libc = ctypes.CDLL(None)
    libc.prctl(pr_set_pdeathsig, signal.SIGKILL, 0, 0, 0)
    libc.prctl(pr_set_no_new_privs, 1, 0, 0, 0)


def develop(source: BinaryIO, job: dict[str, Any]) -> Answer:
    """The facts and the renditions of one picture, each made from the one above it."""
    from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

    Image.MAX_IMAGE_PIXELS = job["max_pixels"]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    picture: Image.Image = Image.open(source, formats=("JPEG", "PNG", "WEBP"))
    if getattr(picture, "n_frames", 1) > 1:
        raise ValueError("more than one frame")
    rows = job["renditions"]
    if job["edits"]:
        return mended(picture, job["edits"], rows, job["look"])
    # The decoder itself may halve, quarter or eighth a JPEG, and that costs next to nothing.
    whole = picture.size
    picture.draft(None, fitting(whole, rows[0]["side"]))
    reduced = picture.size != whole
    picture.load()
    orientation = turned(picture)
    profile = picture.info.get("icc_profile")
    picture = to_plain_mode(picture)
    picture = shrunk(picture, rows[0]["side"], reduced)
    picture = upright(to_srgb(picture, profile), orientation)
    answer, files = printed(picture, rows, job["look"])
    return answer | {"size": whole if orientation < 5 else whole[::-1]}, files


def mended(
    picture: Any, edits: list[dict[str, Any]], rows: list[dict[str, Any]], look: bool
) -> Answer:
    """The same of a picture to which *edits* is done, with its sides in the file's pixels."""
    mending, side = beside("mending"), rows[0]["side"]
    orientation = turned(picture)
    size = picture.size if orientation < 5 else picture.size[::-1]
    room = mending.room(size, edits, side)
    picture.draft(None, fitting(picture.size, room))
    picture.load()
    profile = picture.info.get("icc_profile")
    picture = shrunk(to_plain_mode(picture), room)
    picture = upright(to_srgb(picture, profile), orientation)
    picture, sides = mending.mended(picture, size, edits, side, shrunk, flattened)
    answer, files = printed(shrunk(picture, side), rows, look)
    return answer | {"size": sides}, files


def fitting(size: tuple[int, int], side: int) -> tuple[int, int]:
    """*size* made to fit a square of *side*, in proportion, never larger."""
    longest = max(size)
    if longest <= side:
        return size
    return max(1, round(size[0] * side / longest)), max(1, round(size[1] * side / longest))


def shrunk(picture: Any, side: int, reduced: bool = False) -> Any:
    """*picture* made to fit *side*; itself where it does. *reduced*: the decoder has halved it.

    Bicubic: nobody tells it from Lanczos where a size is made from one less than twice as large
    (structural similarity above 0.99, which the tests look at), and it costs two thirds. What the
    decoder has reduced has no grain of single pixels left: there the same holds of Hamming.
    """
    from PIL.Image import Resampling

    size = fitting(picture.size, side)
    how = Resampling.HAMMING if reduced else Resampling.BICUBIC
    return picture if size == picture.size else picture.resize(size, how)


def turned(picture: Any) -> int:
    """The EXIF orientation, 1 to 8; 1 where it is missing or makes no sense."""
    try:
        orientation = int(picture.getexif().get(0x0112, 1))
    except Exception:
        return 1
    return orientation if 1 <= orientation <= 8 else 1


def upright(picture: Any, orientation: int) -> Any:
    """*picture* turned and mirrored as *orientation* says."""
    from PIL.Image import Transpose

    how = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(orientation)
    return picture if how is None else picture.transpose(how)


def to_plain_mode(picture: Any) -> Any:
    """8 bits a channel in L, RGB, RGBA or CMYK; palettes and keyed colours made plain."""
    if picture.mode.startswith("I"):
        # 16-bit grey; by way of I, as I;16 does not scale.
        return picture.convert("I").point(lambda value: value / 257).convert("L")
    if "transparency" in picture.info or picture.mode in ("LA", "PA", "La", "RGBa"):
        return picture.convert("RGBA")
    if picture.mode in ("L", "RGB", "RGBA", "CMYK"):
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def to_srgb(picture: Any, profile: bytes | None) -> Any:
    """Colours as sRGB in RGB or RGBA. A profile that cannot be used is left out, not obeyed."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    plain = picture.convert("RGB") if alpha is not None else picture
    converted = by_profile(plain, profile) if profile else None
    colours = converted if converted is not None else plain.convert("RGB")
    if alpha is not None:
        colours.putalpha(alpha)
    return colours


def by_profile(picture: Any, data: bytes) -> Any | None:
    """*picture* in sRGB by the ICC profile *data*; None where the two do not go together."""
    from PIL import ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        space = profile.profile.xcolor_space.strip()
        fits = {"RGB": ("RGB", "L"), "GRAY": ("L",), "CMYK": ("CMYK",)}.get(space, ())
        if picture.mode not in fits:
            return None
        source = picture.convert("RGB") if space == "RGB" else picture
        return ImageCms.profileToProfile(
            source,
            profile,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def flattened(picture: Any) -> Any:
    """*picture* on white, without transparency."""
    from PIL import Image

    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def printed(picture: Any, rows: list[dict[str, Any]], look: bool) -> Answer:
    """Every row encoded anew, on white, without any metadata, each size from the one above it.

    With *look* also what it looks like, and how much of it was transparent.
    """
    made: list[dict[str, Any]] = []
    files: list[bytes] = []
    measuring = beside("measuring") if look else None
    clear = measuring.transparency(picture) if measuring else None
    picture = flattened(picture)
    large, small = picture, None
    for row in rows:
        picture = shrunk(picture, row["side"])
        if small is None and row["side"] <= SMALL:
            small = picture
        data = encoded(picture, row)
        files.append(data)
        made.append(
            {
                "name": row["name"],
                "type": row["type"],
                "width": picture.width,
                "height": picture.height,
                "bytes": len(data),
            }
        )
    if measuring is None:
        return {"renditions": made, "look": {}}, files
    seen = measuring.look(large, small or shrunk(picture, SMALL))
    return {"renditions": made, "look": seen | {"transparency": clear}}, files


@cache
def beside(name: str) -> ModuleType:
    """The module of that name beside this one: isolated, the interpreter looks for none there."""
    place = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, place)
    assert spec is not None and spec.loader is not None  # noqa: S101 - it is a file of ours
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def encoded(picture: Any, row: dict[str, Any]) -> bytes:
    """One file of one rendition."""
    picture.info.clear()
    buffer = io.BytesIO()
    if row["type"] == "image/webp":
        picture.save(buffer, "WEBP", quality=row["quality"], method=row["method"])
    else:
        # Progressive would be 5 % smaller and costs four times as much, optimised 3 % at twice.
        picture.save(buffer, "JPEG", quality=row["quality"])
    return buffer.getvalue()


def page_of(source: BinaryIO, job: dict[str, Any], answer_to: BinaryIO) -> Answer:
    """A picture of one page of a PDF.

    How many there are is told first: whatever this page does, the others are there.
    """
    from PIL import Image

    # PDFium alone says how much a page has, and it is told the sides.
    Image.MAX_IMAGE_PIXELS = None
    drawing, row = beside("drawing"), job["renditions"][0]
    pdf = drawing.opened(source)
    answer_to.write(json.dumps({"pages": len(pdf)}).encode() + b"\n")
    answer_to.flush()
    data = encoded(drawing.drawn(pdf, job["page"], job["dots"], row["side"]), row)
    return {"renditions": [{"bytes": len(data)}]}, [data]


def fault_of(error: BaseException) -> str:
    """Which verdict an error of the decoder is."""
    if beside("drawing").is_locked(error):
        return "locked"
    if isinstance(error, MemoryError) or "DecompressionBomb" in type(error).__name__:
        return "too-heavy"
    return "truncated" if "truncated" in str(error).lower() else "broken"


def work(job: dict[str, Any], source: BinaryIO, answer_to: BinaryIO) -> None:
    """Do one job in a process of its own, confined, and answer."""
    if "page" in job:
        beside("drawing").load()
    confine(job["limits"])
    files: list[bytes] = []
    try:
        if "page" in job:
            answer, files = page_of(source, job, answer_to)
        else:
            answer, files = develop(source, job)
    except Exception as error:  # anything a file can do to a decoder is a verdict on that file
        detail = f"{type(error).__name__}: {error}"[:300]
        answer = {"fault": fault_of(error), "detail": detail}
    answer_to.write(json.dumps(answer).encode() + b"\n")
    answer_to.writelines(files)
    answer_to.flush()


def divide(control: socket.socket, job: dict[str, Any], files: list[int]) -> int:
    """The half that does the job: its process id, to the half that stays."""
    half = os.fork()
    if half:
        return half
    status = 1
    try:
        # Nothing a file does may reach whoever asks for the next one.
        control.close()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        with os.fdopen(files[0], "rb") as source, os.fdopen(files[1], "wb") as answer_to:
            work(job, source, answer_to)
        status = 0
    except OSError as error:
        # What the file does to a decoder is an answer: it is that which could not be written.
        status = os.EX_IOERR if error.errno in (errno.ENOSPC, errno.EDQUOT) else 1
    finally:
        os._exit(status)


def ended(control: socket.socket, half: int) -> dict[str, Any] | None:
    """What became of the half at work; None, with it killed, where nobody waits any more."""
    pidfd = os.pidfd_open(half)
    ready, _, _ = select.select([pidfd, control.fileno()], [], [])
    os.close(pidfd)
    if alone := control.fileno() in ready:
        os.kill(half, signal.SIGKILL)
    _, status, used = os.wait4(half, 0)
    if alone:
        return None
    seconds = used.ru_utime + used.ru_stime
    code = os.waitstatus_to_exitcode(status)
    return {"status": code, "peak_kb": used.ru_maxrss, "seconds": seconds}


def main() -> None:
    """Serve whoever holds the other end of standard input until they let go of it."""
    from PIL import Image, ImageCms, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

    for name in ("measuring", "mending", "drawing"):
        beside(name)
    # Pages come before pictures.
    os.nice(5)
    control = socket.socket(fileno=os.dup(0))
    while True:
        message, files, _, _ = socket.recv_fds(control, 64 * 1024, 2)
        if not message:
            return
        half = divide(control, json.loads(message), files)
        for file in files:
            os.close(file)
        told = ended(control, half)
        if told is None:
            return
        control.sendall(json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    main()
