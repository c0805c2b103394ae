"""An RTSP server for the tests: GStreamer's, with test pictures.

Usage: /usr/bin/python3 rtsp_server.py PORT NAME=KIND ...   KIND: h264, udp, h265, bframes, alaw, mulaw, aac, opus, secret, scene
PORT 0 takes a free one. Prints "ready" and the port, or why not.
Reads commands from standard input: "remove NAME" ends all sessions of a stream, "show NAME WHAT" changes what a
scene shows (live, frozen, black, covered, moved), end of input ends all.
"""
import random
import struct
import sys
import tempfile
import threading
import zlib
import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
gi.require_version("GstRtsp", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

PICTURE = ("videotestsrc is-live=true pattern=ball ! "
           "video/x-raw,width=640,height=360,framerate=25/1 ! ")
H264 = (PICTURE + "x264enc {} speed-preset=ultrafast key-int-max=25 bitrate=800 ! video/x-h264,profile=main"
        " ! rtph264pay config-interval=1 name=pay0 pt=96")
SOUND = " audiotestsrc is-live=true freq=440 volume=0.1 ! {} name=pay1 pt=97"
KINDS = {
    "h264": H264.format("tune=zerolatency"),
    "udp": H264.format("tune=zerolatency"),
    "scene": H264.format("tune=zerolatency").replace("key-int-max=25", "key-int-max=7").replace(
        "pattern=ball", "name=noise pattern=snow").replace(
        "25/1 ! ", "25/1 ! gdkpixbufoverlay name=street location=STREET ! videocrop name=crop ! videoscale ! "
        "videoconvert ! video/x-raw,format=I420,width=640,height=360 ! ", 1),
    "secret": H264.format("tune=zerolatency"),
    "bframes": H264.format("bframes=2 b-adapt=false"),
    "h265": PICTURE + "x265enc tune=zerolatency speed-preset=ultrafast key-int-max=25 bitrate=800"
            " ! rtph265pay config-interval=1 name=pay0 pt=96",
    "alaw": H264.format("tune=zerolatency") + SOUND.format("alawenc ! rtppcmapay"),
    "mulaw": H264.format("tune=zerolatency") + SOUND.format("mulawenc ! rtppcmupay"),
    "opus": H264.format("tune=zerolatency") + SOUND.format("audioconvert ! opusenc ! rtpopuspay"),
    "aac": H264.format("tune=zerolatency") + SOUND.format("audioconvert ! avenc_aac ! rtpmp4gpay"),
}

# What a scene shows: the pattern behind its street, how much of the street is to be seen, pixels cut off at the left.
SHOWN = {
    "live": ("snow", 1.0, 0),
    "frozen": ("white", 1.0, 0),
    "black": ("black", 0.0, 0),
    "covered": ("solid-color", 0.0, 0),
    "moved": ("snow", 1.0, 120),
}
scenes = {}
streets = []
showing = {}

Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(sys.argv[1])
mounts = server.get_mount_points()


def street():
    """Writes a PNG of many coloured boxes with a hole, through which noise is seen as a camera's."""
    chance = random.Random(7)
    rows = [bytearray(b"\x60\x68\x70\xff" * 640) for _ in range(360)]
    for _ in range(300):
        x, y, w, h = chance.randrange(600), chance.randrange(330), chance.randrange(12, 70), chance.randrange(12, 60)
        colour = bytes([chance.randrange(30, 230), chance.randrange(30, 230), chance.randrange(30, 230), 255])
        for row in rows[y:y + h]:
            row[4 * x:4 * min(640, x + w)] = colour * (min(640, x + w) - x)
    for row in rows[150:220]:
        row[4 * 260:4 * 380] = bytes(4 * 120)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    file = tempfile.NamedTemporaryFile(suffix=".png")
    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 640, 360, 8, 6, 0, 0, 0))
               + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))) + chunk(b"IEND", b""))
    file.flush()
    return file


def begin(name, media):
    scenes[name] = media.get_element()
    show(name, showing.get(name, "live"))


def show(name, what):
    showing[name] = what
    if name in scenes:
        pattern, alpha, left = SHOWN[what]
        noise = scenes[name].get_by_name("noise")
        noise.set_property("foreground-color", 0xFF6E553C)
        Gst.util_set_object_arg(noise, "pattern", pattern)
        scenes[name].get_by_name("street").set_property("alpha", alpha)
        scenes[name].get_by_name("crop").set_property("left", left)
    return False


def add(name, kind):
    factory = GstRtspServer.RTSPMediaFactory()
    launch = KINDS[kind]
    if kind == "scene":
        streets.append(street())
        launch = launch.replace("STREET", streets[-1].name)
    factory.set_launch("( " + launch + " )")
    factory.set_shared(True)
    if kind == "udp":
        factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)
    if kind == "scene":
        factory.connect("media-configure", lambda _factory, media: begin(name, media))
    if kind == "secret":
        auth = GstRtspServer.RTSPAuth()
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "viewer")
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic("camera", "secret"), token)
        server.set_auth(auth)
        role = "viewer, media.factory.access=(boolean)true, media.factory.construct=(boolean)true"
        factory.add_role_from_structure(Gst.Structure.from_string(role)[0])
    mounts.add_factory("/" + name, factory)


for argument in sys.argv[2:]:
    add(*argument.split("="))
if server.attach(None) == 0:
    print("port " + sys.argv[1] + " is taken", flush=True)
    sys.exit(1)
loop = GLib.MainLoop()


def remove(name):
    mounts.remove_factory("/" + name)
    server.client_filter(lambda _server, _client: GstRtspServer.RTSPFilterResult.REMOVE)
    return False


def commands():
    for line in sys.stdin:
        words = line.split()
        if words and words[0] == "remove":
            GLib.idle_add(remove, words[1])
        elif words and words[0] == "show":
            GLib.idle_add(show, words[1], words[2])
        elif words and words[0] == "add":
            GLib.idle_add(lambda pair=words[1]: add(*pair.split("=")) and False)
    GLib.idle_add(loop.quit)


threading.Thread(target=commands, daemon=True).start()
print("ready", server.get_bound_port(), flush=True)
loop.run()
