package org.farwatch.ingest.jt808;

import static org.farwatch.ingest.jt808.Form.answersSerial;
import static org.farwatch.ingest.jt808.Form.bits;
import static org.farwatch.ingest.jt808.Form.choice;

import java.util.List;
import java.util.Map;
import org.farwatch.ingest.explain.Explanation;

/** Messages from the platform to the terminal, but those of media and areas (JT/T 808-2011, -2013, -2019). */
final class DownForms {
    private static final int TEXT_FLAGS_2013 = 1;

    /** Parameters whose value is no DWORD (JT/T 808, 0x8103). */
    private static final List<int[]> TEXTS = List.of(
            new int[] {0x10, 0x17},
            new int[] {0x1A, 0x1A},
            new int[] {0x1D, 0x1D},
            new int[] {0x23, 0x26},
            new int[] {0x40, 0x44},
            new int[] {0x48, 0x49},
            new int[] {0x83, 0x83});

    private static final Map<Integer, String> PARAMETERS = Map.ofEntries(
            Map.entry(0x01, "heartbeat, s"),
            Map.entry(0x02, "TCP reply timeout, s"),
            Map.entry(0x03, "TCP retries"),
            Map.entry(0x04, "UDP reply timeout, s"),
            Map.entry(0x05, "UDP retries"),
            Map.entry(0x10, "APN"),
            Map.entry(0x11, "APN user"),
            Map.entry(0x12, "APN password"),
            Map.entry(0x13, "main server"),
            Map.entry(0x17, "backup server"),
            Map.entry(0x18, "TCP port"),
            Map.entry(0x19, "UDP port"),
            Map.entry(0x20, "report by 0 time, 1 distance, 2 both"),
            Map.entry(0x21, "report scheme 0 by ACC, 1 login and ACC"),
            Map.entry(0x27, "report asleep, s"),
            Map.entry(0x28, "report in alarm, s"),
            Map.entry(0x29, "report, s"),
            Map.entry(0x2C, "report, m"),
            Map.entry(0x30, "corner, degrees"),
            Map.entry(0x31, "fence radius, m"),
            Map.entry(0x50, "alarm mask"),
            Map.entry(0x55, "maximum speed, km/h"),
            Map.entry(0x56, "overspeed lasts, s"),
            Map.entry(0x57, "continuous driving, s"),
            Map.entry(0x58, "driving in a day, s"),
            Map.entry(0x59, "least rest, s"),
            Map.entry(0x5A, "longest parking, s"),
            Map.entry(0x70, "picture quality 1 to 10"),
            Map.entry(0x80, "odometer, 0.1 km"),
            Map.entry(0x81, "province"),
            Map.entry(0x82, "city or county"),
            Map.entry(0x83, "plate"),
            Map.entry(0x84, "plate colour"),
            Map.entry(0x90, "GNSS bits GPS, BeiDou, GLONASS, Galileo"));

    static final List<Form> ALL = List.of(
            new Form(MessageId.PLATFORM_REPLY, "general reply of the platform (平台通用应答)", UpForms::general),
            new Form(MessageId.SEND_AGAIN_DOWN, "packages are to be sent again (服务器补传分包请求)", (out, v2019) -> {
                out.word("serial of the first package %d");
                int count = v2019 ? out.word("packages %d") : out.octet("packages %d");
                Form.times(out, count, () -> out.word("package %d"));
            }),
            new Form(
                    MessageId.TIME_REPLY,
                    "the server's time (查询服务器时间应答)",
                    (out, _) -> out.field(
                            TerminalTime.BYTES, "time in UTC " + out.digits(TerminalTime.BYTES) + ", YYMMDDhhmmss")),
            new Form(MessageId.REGISTER_REPLY, "reply to a registration (终端注册应答)", (out, _) -> {
                answersSerial(out);
                choice(
                        out,
                        "result",
                        "registered",
                        "vehicle is registered already",
                        "no such vehicle",
                        "terminal is registered already",
                        "no such terminal");
                if (out.left() > 0) {
                    out.text(out.left(), "code");
                }
            }),
            new Form(0x8103, "setting of parameters (设置终端参数)", (out, _) -> parameters(out)),
            Form.empty(0x8104, "query of parameters (查询终端参数)"),
            new Form(0x8105, "control of the terminal (终端控制)", (out, _) -> {
                choice(
                        out,
                        "order",
                        "unknown",
                        "upgrade",
                        "connect to a server",
                        "switch off",
                        "reset",
                        "factory settings",
                        "close the data link",
                        "close all radio");
                if (out.left() > 0) {
                    out.text(out.left(), "parameters");
                }
            }),
            new Form(
                    0x8106,
                    "query of named parameters (查询指定终端参数)",
                    (out, _) -> Form.times(out, out.octet("parameters %d"), () -> out.dword("parameter %d"))),
            Form.empty(0x8107, "query of attributes (查询终端属性)"),
            new Form(0x8108, "upgrade package (下发终端升级包)", (out, _) -> {
                upgradeType(out);
                out.text(5, "manufacturer");
                out.countedText("version");
                long length = out.dword("package of %d bytes");
                if (length != out.left()) {
                    out.wrong("the package says %d bytes, %d are there".formatted(length, out.left()));
                }
                out.rest("content");
            }),
            Form.empty(0x8201, "query of the position (位置信息查询)"),
            new Form(0x8202, "temporary tracking (临时位置跟踪控制)", (out, _) -> {
                if (out.word("every %d s, 0: stop") > 0) {
                    out.dword("for %d s");
                }
            }),
            new Form(0x8203, "alarm confirmed by a person (人工确认报警消息)", (out, _) -> {
                out.word("serial of the alarm %d, 0: all of the kind");
                out.field(4, "alarms " + LocationAlarm.labels((int) Long.parseLong("0" + out.digits(4), 16)));
            }),
            Form.empty(0x8204, "link test (链路检测)"),
            new Form(0x8300, "text (文本信息下发)", DownForms::text),
            new Form(0x8301, "events of the menu (事件设置)", (out, _) -> {
                choice(out, "order", "delete all", "replace", "append", "modify", "delete some");
                listed(out, "event");
            }),
            new Form(0x8302, "question (提问下发)", (out, _) -> {
                bits(out, 1, "flags", "urgent", "", "", "read aloud", "advertising screen");
                out.countedText("question");
                while (out.left() > 0) {
                    out.octet("answer %d");
                    out.text(out.word("answer of %d bytes"), "answer");
                }
            }),
            new Form(0x8303, "menu of information (信息点播菜单设置)", (out, _) -> {
                choice(out, "order", "delete all", "replace", "append", "modify");
                Form.times(out, out.octet("kinds %d"), () -> {
                    out.octet("kind %d");
                    out.text(out.word("name of %d bytes"), "name");
                });
            }),
            new Form(0x8304, "information (信息服务)", (out, _) -> {
                out.octet("kind %d");
                out.text(out.word("text of %d bytes"), "text");
            }),
            new Form(0x8400, "call back (电话回拨)", (out, _) -> {
                choice(out, "call", "ordinary", "listen only");
                out.text(out.left(), "phone");
            }),
            new Form(0x8401, "phone book (设置电话本)", (out, _) -> {
                choice(out, "order", "delete all", "replace", "append", "modify");
                Form.times(out, out.octet("entries %d"), () -> {
                    choice(out, "may", "nothing", "be called", "call", "both");
                    out.countedText("phone");
                    out.countedText("name");
                });
            }),
            new Form(0x8500, "control of the vehicle (车辆控制)", (out, v2019) -> {
                if (v2019) {
                    Form.times(out, out.word("controls %d"), () -> {
                        out.word("control %d (1: doors)");
                        choice(out, "order", "lock", "open");
                    });
                } else {
                    bits(out, 1, "doors are locked when bit 0 is set, opened when not:", "lock");
                }
            }),
            new Form(0x8700, "query of the driving recorder (行驶记录数据采集命令)", (out, _) -> recorder(out)),
            new Form(0x8701, "setting of the driving recorder (行驶记录参数下传命令)", (out, _) -> recorder(out)),
            Form.empty(0x8702, "query of the driver (上报驾驶员身份信息请求)"),
            new Form(0x8900, "transparent data down (数据下行透传)", (out, _) -> UpForms.transparent(out)),
            new Form(0x8A00, "key of the platform (平台RSA公钥)", (out, _) -> key(out)));

    private DownForms() {}

    static void upgradeType(Explanation out) {
        int type = out.peek(0);
        String name = switch (type) {
            case 0 -> "terminal";
            case 12 -> "reader of transport permits";
            case 52 -> "GNSS module";
            default -> "unknown";
        };
        out.field(1, "part %d: %s".formatted(type, name));
    }

    static void key(Explanation out) {
        out.dword("exponent %d");
        out.field(128, "modulus");
    }

    /** BYTE count, then DWORD id, BYTE length, value. */
    static void parameters(Explanation out) {
        Form.times(out, out.octet("parameters %d"), () -> {
            String digits = out.digits(4);
            int id = digits.length() == 8 ? (int) Long.parseLong(digits, 16) : -1;
            String name = PARAMETERS.getOrDefault(id, "see JT/T 808");
            out.field(4, "parameter %04x: %s".formatted(id, name));
            int length = out.octet("value of %d bytes");
            boolean text = TEXTS.stream().anyMatch(range -> id >= range[0] && id <= range[1]);
            if (text) {
                out.text(length, "value");
            } else if (length >= 1 && length <= 4) {
                String value = out.digits(length);
                out.field(length, "value " + (value.isEmpty() ? "missing" : Long.parseLong(value, 16)));
            } else {
                out.field(length, "value");
            }
        });
    }

    private static void text(Explanation out, boolean v2019) {
        if (v2019) {
            int flags = Math.max(out.peek(0), 0);
            String kind = List.of("reserved", "service", "urgent", "notice").get(flags & 3);
            out.field(
                    TEXT_FLAGS_2013,
                    "flags %s %s"
                            .formatted(
                                    kind, Form.labels(flags & ~3, "", "", "display", "read aloud", "", "CAN fault")));
            choice(out, "kind", "unknown", "notice", "service");
        } else {
            bits(
                    out,
                    TEXT_FLAGS_2013,
                    "flags",
                    "urgent",
                    "",
                    "display",
                    "read aloud",
                    "advertising screen",
                    "CAN fault");
        }
        out.text(out.left(), "text");
    }

    private static void listed(Explanation out, String what) {
        if (out.left() > 0) {
            Form.times(out, out.octet(what + "s %d"), () -> {
                out.octet(what + " %d");
                out.countedText("content");
            });
        }
    }

    private static void recorder(Explanation out) {
        out.octet("command %d (GB/T 19056)");
        out.rest("data block (GB/T 19056)");
    }
}
