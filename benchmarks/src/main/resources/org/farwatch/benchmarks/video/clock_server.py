"""An RTSP server whose cameras show the time: GStreamer's, 1280x720, 25 pictures a second, H.264 at about 2 Mb/s.

Usage: /usr/bin/python3 clock_server.py PORT SECONDS...   one camera /gopN for each N seconds between key pictures
Prints "ready"; ends at the end of its input.

The upper 32 rows hold 40 squares, black or white, the highest bit first: 32 bits of milliseconds since 1970 UTC when
the picture was drawn, modulo 2**32, and as a check the sum of their four bytes modulo 256. Below is noise that is new
in each picture, so that the encoder uses the bits it is given.
"""
import os
import sys
import threading
import time
import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

WIDTH, HEIGHT, RATE, SQUARE = 1280, 720, 25, 32
NOISE_ROWS = 256
LAUNCH = (
    "( appsrc name=pictures is-live=true do-timestamp=true format=time"
    " caps=video/x-raw,format=I420,width={w},height={h},framerate={r}/1"
    " ! x264enc tune=zerolatency speed-preset=ultrafast pass=cbr bitrate=2000 vbv-buf-capacity=1000 key-int-max={k}"
    " ! video/x-h264,profile=baseline ! rtph264pay config-interval=1 name=pay0 pt=96 )")

SHADE = bytes(112 + value // 8 for value in range(256))
NOISE = [os.urandom(WIDTH * NOISE_ROWS).translate(SHADE) for _ in range(RATE - 1)]
STILL = b"".join(bytes([64 + row // 4]) * WIDTH for row in range(HEIGHT - SQUARE - NOISE_ROWS))
COLOUR = bytes([128]) * (WIDTH * HEIGHT // 2)


def squares():
    millis = int(time.time() * 1000) & 0xFFFFFFFF
    check = sum(millis.to_bytes(4, "big")) & 0xFF
    code = millis << 8 | check
    row = b"".join((b"\xeb" if code >> bit & 1 else b"\x10") * SQUARE for bit in range(39, -1, -1))
    return row * SQUARE


def draw(source):
    """Pushes a picture each 40 ms until the pipeline takes none."""
    begun = time.monotonic()
    number = 0
    while True:
        picture = squares() + NOISE[number % len(NOISE)] + STILL + COLOUR
        if source.emit("push-buffer", Gst.Buffer.new_wrapped(picture)) != Gst.FlowReturn.OK:
            return
        number += 1
        time.sleep(max(0, begun + number / RATE - time.monotonic()))


def configure(_factory, media):
    source = media.get_element().get_by_name_recurse_up("pictures")
    threading.Thread(target=draw, args=(source,), daemon=True).start()


Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(sys.argv[1])
for seconds in sys.argv[2:]:
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(LAUNCH.format(w=WIDTH, h=HEIGHT, r=RATE, k=int(seconds) * RATE))
    factory.set_shared(True)
    factory.connect("media-configure", configure)
    server.get_mount_points().add_factory("/gop" + seconds, factory)
server.attach(None)
loop = GLib.MainLoop()


def wait():
    for _ in sys.stdin:
        pass
    GLib.idle_add(loop.quit)


threading.Thread(target=wait, daemon=True).start()
print("ready", flush=True)
loop.run()
