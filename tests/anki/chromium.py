"""A page in headless Chromium, driven over its DevTools pipe: no package and no port are needed for that."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ORIGIN = "http://127.0.0.1:1/"
"""Where the page says it lives, so that it has a storage; nothing listens there, all requests are answered here."""

PATIENCE = 20


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


class Page:
    """One page. ``requests`` are the addresses that it asked for beyond its own, all of which are refused, and
    ``errors`` what its scripts raised."""

    def __init__(self, program: str) -> None:
        self.requests: list[str] = []
        self.errors: list[str] = []
        self._profile = TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        self._html = ""
        self._buffer = b""
        self._number = 0
        self._session = ""
        theirs, self._out = os.pipe()
        self._in, theirs_too = os.pipe()
        self._process = subprocess.Popen(
            [
                *(program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
                *("--disable-dev-shm-usage", "--disable-background-networking", "--remote-debugging-pipe"),
                *("--disable-extensions", "--force-color-profile=srgb", f"--user-data-dir={self._profile.name}"),
                "about:blank",
            ],
            close_fds=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: _at_three_and_four(theirs, theirs_too),  # noqa: PLW1509 - Chromium wants these numbers
        )
        os.close(theirs)
        os.close(theirs_too)
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._send("Page.enable")
        self._send("Runtime.enable")
        self._send("Fetch.enable", patterns=[{"urlPattern": "*"}])

    def close(self) -> None:
        with suppress(OSError, RuntimeError):
            self._session = ""
            self._send("Browser.close")
        os.close(self._out)
        os.close(self._in)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._profile.cleanup()

    def look(self, width: int = 720, height: int = 900, *, script: bool = True, touch: bool = False) -> None:
        """Give the window that size; ``script`` says whether the page may run any, from its next opening on."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch}
        self._send("Emulation.setDeviceMetricsOverride", **metrics)
        self._send("Emulation.setTouchEmulationEnabled", enabled=touch)
        self._send("Emulation.setScriptExecutionDisabled", value=not script)

    def open(self, html: str) -> None:
        """Show that page in place of the one before; what it stored for its session stays."""
        self._html = html
        self._loaded = False
        self._send("Page.navigate", url=ORIGIN)
        while not self._loaded:
            self._take_in()

    def ask(self, expression: str) -> Any:
        """What the expression is worth in the page; promises are waited for. Raises RuntimeError if it raises."""
        found = self._send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise RuntimeError(json.dumps(found["exceptionDetails"])[:500])
        return found["result"].get("value")

    def click(self, selector: str) -> None:
        """Click, as a mouse does, in the middle of the element; it is scrolled into view before."""
        x, y = self._middle(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self._send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def tap(self, selector: str) -> None:
        """Tap, as a finger does, in the middle of the element."""
        x, y = self._middle(selector)
        self._send("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self._send("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def press(self, key: str, *, alt: bool = False, named: str = "") -> None:
        """Press a digit, or a key that has a name, such as Tab; ``named`` is what the layout makes of it."""
        code = f"Digit{key}" if key.isdigit() else key
        number = {"Tab": 9, "Enter": 13, " ": 32}.get(key) or ord(key[0])
        stroke = {"key": named or key, "code": code, "windowsVirtualKeyCode": number, "modifiers": int(alt)}
        for kind in ("rawKeyDown", "keyUp"):
            self._send("Input.dispatchKeyEvent", type=kind, **stroke)

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """Save what is to be seen, or the ``whole`` page, as a PNG."""
        size = self._send("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        more = {"clip": clip, "captureBeyondViewport": True} if whole else {}
        path.write_bytes(base64.b64decode(self._send("Page.captureScreenshot", format="png", **more)["data"]))

    def _middle(self, selector: str) -> tuple[float, float]:
        found = self.ask(
            f"(() => {{ const it = document.querySelector({json.dumps(selector)}); it.scrollIntoView({{block: 'center'}});"
            " const box = it.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        return found[0], found[1]

    def _send(self, method: str, **params: Any) -> Any:
        number = self._post(method, **params)
        while (message := self._take_in()).get("id") != number:
            pass
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return message["result"]

    def _post(self, method: str, **params: Any) -> int:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        return self._number

    def _take_in(self) -> Any:
        """The next message, after what it asks for was done."""
        end = time.monotonic() + PATIENCE
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], max(0, end - time.monotonic()))
            block = os.read(self._in, 1 << 20) if ready else b""
            if not block:
                raise RuntimeError("Chromium does not answer")
            self._buffer += block
        first, _, self._buffer = self._buffer.partition(b"\0")
        message = json.loads(first)
        method, params = message.get("method"), message.get("params", {})
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Runtime.exceptionThrown":
            self.errors.append(str(params["exceptionDetails"].get("exception", {}).get("description")))
        elif method == "Fetch.requestPaused":
            self._answer(params["requestId"], params["request"]["url"])
        return message

    def _answer(self, request: str, address: str) -> None:
        if address == ORIGIN:
            body = base64.b64encode(self._html.encode()).decode()
            header = [{"name": "Content-Type", "value": "text/html; charset=utf-8"}]
            self._post("Fetch.fulfillRequest", requestId=request, responseCode=200, responseHeaders=header, body=body)
            return
        if address != f"{ORIGIN}favicon.ico":  # which browsers ask for by themselves
            self.requests.append(address)
        self._post("Fetch.failRequest", requestId=request, errorReason="BlockedByClient")


def _at_three_and_four(source: int, sink: int) -> None:
    """Put the ends of two pipes where Chromium looks for them, in whatever order they are now."""
    spare = fcntl.fcntl(source, fcntl.F_DUPFD, 10), fcntl.fcntl(sink, fcntl.F_DUPFD, 10)
    for place, end in zip((3, 4), spare, strict=True):
        os.dup2(end, place)
        os.close(end)
