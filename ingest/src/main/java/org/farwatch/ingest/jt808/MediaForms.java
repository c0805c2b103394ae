package org.farwatch.ingest.jt808;

import static org.farwatch.ingest.jt808.Form.answersSerial;
import static org.farwatch.ingest.jt808.Form.choice;
import static org.farwatch.ingest.jt808.Form.time;

import java.util.List;
import org.farwatch.ingest.explain.Explanation;

/** Messages about photographs, sound and video that terminals store (JT/T 808, 0x0800 to 0x0805, 0x8800 to 0x8805). */
final class MediaForms {
    private static final String[] TYPES = {"image", "sound", "video"};
    private static final String[] FORMATS = {"JPEG", "TIF", "MP3", "WAV", "WMV"};
    private static final String[] EVENTS = {
        "ordered by the platform",
        "timer",
        "robbery",
        "collision or rollover",
        "door opened",
        "door closed",
        "door closed, faster than 20 km/h",
        "distance"
    };
    private static final String[] RESOLUTIONS = {
        "the lowest", "320x240", "640x480", "800x600", "1024x768", "176x144", "352x288", "704x288", "704x576"
    };
    private static final int UNLIMITED = 0xFFFF;

    static final List<Form> ALL = List.of(
            new Form(MessageId.MEDIA_EVENT, "medium is there (多媒体事件信息上传)", (out, _) -> head(out)),
            new Form(MessageId.MEDIA, "medium (多媒体数据上传)", (out, _) -> {
                head(out);
                LocationForm.fixed(out);
                out.rest("content");
            }),
            new Form(MessageId.STORED_MEDIA, "media that are stored (存储多媒体数据检索应答)", (out, _) -> {
                answersSerial(out);
                Form.times(out, out.word("media %d"), () -> {
                    out.dword("medium %d");
                    choice(out, "type", TYPES);
                    out.octet("channel %d");
                    choice(out, "event", EVENTS);
                    LocationForm.fixed(out);
                });
            }),
            new Form(MessageId.CAPTURE_REPLY, "reply to an order of photographs (摄像头立即拍摄命令应答)", (out, _) -> {
                answersSerial(out);
                if (choice(out, "result", "done", "failed", "channel not supported") == 0 && out.left() > 0) {
                    Form.times(out, out.word("media %d"), () -> out.dword("medium %d"));
                }
            }),
            new Form(MessageId.MEDIA_REPLY, "reply to a medium (多媒体数据上传应答)", (out, _) -> {
                out.dword("medium %d");
                if (out.left() > 0) {
                    Form.times(out, out.octet("missing packages %d"), () -> out.word("package %d"));
                }
            }),
            new Form(0x8801, "order of photographs (摄像头立即拍摄命令)", (out, _) -> capture(out)),
            new Form(0x8802, "search of stored media (存储多媒体数据检索)", (out, _) -> searched(out)),
            new Form(0x8803, "upload of stored media (存储多媒体数据上传命令)", (out, _) -> {
                searched(out);
                choice(out, "afterwards", "keep", "delete");
            }),
            new Form(0x8804, "sound recording (录音开始命令)", (out, _) -> {
                choice(out, "order", "stop", "start");
                out.word("for %d s, 0: until it is stopped");
                choice(out, "then", "upload", "store");
                choice(out, "sampling rate", "8 kHz", "11 kHz", "23 kHz", "32 kHz");
            }),
            new Form(0x8805, "upload of one stored medium (单条存储多媒体数据检索上传命令)", (out, _) -> {
                out.dword("medium %d");
                choice(out, "afterwards", "keep", "delete");
            }));

    private MediaForms() {}

    private static void head(Explanation out) {
        out.dword("medium %d");
        choice(out, "type", TYPES);
        choice(out, "format", FORMATS);
        choice(out, "event", EVENTS);
        out.octet("channel %d");
    }

    private static void capture(Explanation out) {
        out.octet("channel %d");
        int order = out.peek(0) << 8 | Math.max(out.peek(1), 0);
        out.field(2, order == 0 ? "stop" : order == UNLIMITED ? "record video" : order + " photographs");
        out.word("interval or length %d s, 0: shortest or endless");
        choice(out, "then", "upload", "store");
        choice(out, "resolution", RESOLUTIONS);
        out.octet("quality %d, 1 is best, 10 is worst");
        out.octet("brightness %d of 255");
        out.octet("contrast %d of 127");
        out.octet("saturation %d of 127");
        out.octet("chroma %d of 255");
    }

    private static void searched(Explanation out) {
        choice(out, "type", TYPES);
        out.octet("channel %d, 0: all");
        choice(out, "event", EVENTS);
        time(out, "from", "any");
        time(out, "to", "any");
    }
}
