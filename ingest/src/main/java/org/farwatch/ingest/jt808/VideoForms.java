package org.farwatch.ingest.jt808;

import static org.farwatch.ingest.jt808.Form.answersSerial;
import static org.farwatch.ingest.jt808.Form.bits;
import static org.farwatch.ingest.jt808.Form.choice;
import static org.farwatch.ingest.jt808.Form.time;

import java.util.List;
import org.farwatch.ingest.explain.Explanation;

/** What JT/T 1078-2016 adds to the messages of JT/T 808. */
final class VideoForms {
    private static final String[] MEDIA = {"sound and video", "sound", "video", "video or both"};
    private static final String[] STREAMS = {"either", "main stream", "sub stream"};
    private static final String[] STORES = {"either", "main store", "backup store"};

    static final List<Form> ALL = List.of(
            new Form(0x1003, "attributes of sound and video (终端上传音视频属性)", (out, _) -> {
                out.octet("sound codec %d (table 12)");
                out.octet("sound channels %d");
                choice(out, "sampling rate", "8 kHz", "22.05 kHz", "44.1 kHz", "48 kHz");
                choice(out, "sample", "8 bits", "16 bits", "32 bits");
                out.word("sound frame of %d bytes");
                choice(out, "sound output", "no", "yes");
                out.octet("video codec %d (table 12)");
                out.octet("at most %d sound channels");
                out.octet("at most %d video channels");
            }),
            new Form(0x1005, "passengers (终端上传乘客流量)", (out, _) -> {
                time(out, "from");
                time(out, "to");
                out.word("got on %d");
                out.word("got off %d");
            }),
            new Form(0x1205, "list of recordings (终端上传音视频资源列表)", (out, _) -> {
                answersSerial(out);
                Form.times(out, out.dword("recordings %d"), () -> recording(out));
            }),
            new Form(0x1206, "upload of files finished (文件上传完成通知)", (out, _) -> {
                answersSerial(out);
                choice(out, "result", "done", "failed");
            }),
            Form.empty(0x9003, "query of the attributes of sound and video (查询终端音视频属性)"),
            new Form(0x9101, "live video ordered (实时音视频传输请求)", (out, _) -> {
                server(out);
                out.octet("channel %d");
                choice(
                        out,
                        "data",
                        "sound and video",
                        "video",
                        "two-way talk",
                        "listening",
                        "broadcast",
                        "transparent");
                choice(out, "stream", "main", "sub");
            }),
            new Form(0x9102, "control of live video (音视频实时传输控制)", (out, _) -> {
                out.octet("channel %d");
                choice(out, "order", "close", "switch stream", "pause all", "go on", "end talk");
                choice(out, "close", "all", "sound only", "video only");
                choice(out, "new stream", "main", "sub");
            }),
            new Form(0x9105, "state of live video (实时音视频传输状态通知)", (out, _) -> {
                out.octet("channel %d");
                out.octet("packets lost %d %%");
            }),
            new Form(0x9201, "playback ordered (平台下发远程录像回放请求)", (out, _) -> {
                server(out);
                out.octet("channel %d");
                stored(out);
                choice(out, "mode", "ordinary", "fast forward", "back by key frames", "key frames", "single frame");
                speed(out);
                time(out, "from");
                time(out, "to", "the end");
            }),
            new Form(0x9202, "control of a playback (平台下发远程录像回放控制)", (out, _) -> {
                out.octet("channel %d");
                choice(
                        out,
                        "order",
                        "start",
                        "pause",
                        "stop",
                        "fast forward",
                        "back by key frames",
                        "go to",
                        "key frames");
                speed(out);
                time(out, "go to", "nowhere");
            }),
            new Form(0x9205, "query of recordings (查询资源列表)", (out, _) -> {
                out.octet("channel %d, 0: all");
                time(out, "from", "any");
                time(out, "to", "any");
                out.field(8, "alarms " + out.digits(8) + ", bits");
                stored(out);
            }),
            new Form(0x9206, "upload of files ordered (文件上传指令)", (out, _) -> {
                out.countedText("server");
                out.word("port %d");
                out.countedText("user");
                out.countedText("password");
                out.countedText("folder");
                out.octet("channel %d");
                time(out, "from");
                time(out, "to");
                out.field(8, "alarms " + out.digits(8) + ", bits");
                stored(out);
                bits(out, 1, "only over", "Wi-Fi", "LAN", "3G or 4G");
            }),
            new Form(0x9207, "control of an upload (文件上传控制)", (out, _) -> {
                answersSerial(out);
                choice(out, "order", "pause", "go on", "cancel");
            }),
            new Form(0x9301, "camera turned (云台旋转)", (out, _) -> {
                out.octet("channel %d");
                choice(out, "direction", "stop", "up", "down", "left", "right");
                out.octet("speed %d of 255");
            }),
            camera(0x9302, "focus (云台调整焦距控制)", "increase", "decrease"),
            camera(0x9303, "iris (云台调整光圈控制)", "increase", "decrease"),
            camera(0x9304, "wiper (云台雨刷控制)", "stop", "start"),
            camera(0x9305, "infrared light (红外补光控制)", "stop", "start"),
            camera(0x9306, "zoom (云台变倍控制)", "increase", "decrease"));

    private VideoForms() {}

    private static Form camera(int messageId, String name, String zero, String one) {
        return new Form(messageId, name, (out, _) -> {
            out.octet("channel %d");
            choice(out, "order", zero, one);
        });
    }

    private static void server(Explanation out) {
        out.countedText("server");
        out.word("TCP port %d");
        out.word("UDP port %d");
    }

    private static void stored(Explanation out) {
        choice(out, "media", MEDIA);
        choice(out, "stream", STREAMS);
        choice(out, "store", STORES);
    }

    private static void speed(Explanation out) {
        choice(out, "speed", "not said", "x1", "x2", "x4", "x8", "x16");
    }

    private static void recording(Explanation out) {
        out.octet("channel %d");
        time(out, "from");
        time(out, "to");
        out.field(8, "alarms " + out.digits(8) + ", bits");
        stored(out);
        out.dword("size %d bytes");
    }
}
