package org.farwatch.ingest.jt808;

import static org.farwatch.ingest.jt808.Form.answersSerial;
import static org.farwatch.ingest.jt808.Form.bits;
import static org.farwatch.ingest.jt808.Form.choice;
import static org.farwatch.ingest.jt808.Form.time;

import java.util.List;
import org.farwatch.ingest.explain.Explanation;

/** Messages from the terminal to the platform, but those of media and areas (JT/T 808-2011, -2013, -2019). */
final class UpForms {
    private static final int MAKER_2019 = 11;
    private static final int ATTRIBUTES_2013 = 2 + 5 + 20 + 7 + 10 + 1 + 1 + 1 + 1;
    private static final String CUT_ITEM = "cut short";

    static final List<Form> ALL = List.of(
            new Form(MessageId.TERMINAL_REPLY, "general reply of the terminal (终端通用应答)", UpForms::general),
            Form.empty(MessageId.HEARTBEAT, "heartbeat (终端心跳)"),
            Form.empty(MessageId.LOGOUT, "logout (终端注销)"),
            Form.empty(MessageId.QUERY_TIME, "query of the server's time (查询服务器时间请求)"),
            new Form(MessageId.SEND_AGAIN_UP, "packages are to be sent again (终端补传分包请求)", (out, _) -> {
                out.word("serial of the first package %d");
                Form.times(out, out.word("packages %d"), () -> out.word("package %d"));
            }),
            new Form(MessageId.REGISTER, "registration (终端注册)", UpForms::register),
            new Form(MessageId.AUTHENTICATE, "authentication (终端鉴权)", UpForms::authenticate),
            new Form(MessageId.PARAMETERS, "parameters (查询终端参数应答)", (out, _) -> {
                answersSerial(out);
                DownForms.parameters(out);
            }),
            new Form(MessageId.ATTRIBUTES, "attributes (查询终端属性应答)", UpForms::attributes),
            new Form(MessageId.UPGRADE_RESULT, "result of an upgrade (终端升级结果通知)", (out, _) -> {
                DownForms.upgradeType(out);
                choice(out, "result", "done", "failed", "cancelled");
            }),
            new Form(MessageId.LOCATION, "position (位置信息汇报)", (out, _) -> LocationForm.read(out)),
            new Form(MessageId.LOCATION_QUERY_REPLY, "position that was asked for (位置信息查询应答)", (out, _) -> {
                answersSerial(out);
                LocationForm.read(out);
            }),
            new Form(MessageId.EVENT, "event of the menu (事件报告)", (out, _) -> out.octet("event %d")),
            new Form(MessageId.ANSWER, "answer to a question (提问应答)", (out, _) -> {
                answersSerial(out);
                out.octet("answer %d");
            }),
            new Form(MessageId.INFORMATION, "information ordered or cancelled (信息点播/取消)", (out, _) -> {
                out.octet("kind of information %d");
                choice(out, "order", "cancelled", "ordered");
            }),
            new Form(MessageId.VEHICLE_CONTROL_REPLY, "reply to vehicle control (车辆控制应答)", (out, _) -> {
                answersSerial(out);
                LocationForm.read(out);
            }),
            new Form(MessageId.DRIVING_RECORD, "data of the driving recorder (行驶记录数据上传)", (out, _) -> {
                answersSerial(out);
                out.octet("command %d (GB/T 19056)");
                out.rest("data block (GB/T 19056)");
            }),
            new Form(MessageId.WAYBILL, "electronic waybill (电子运单上报)", (out, _) -> {
                long length = out.dword("waybill of %d bytes");
                if (length > out.left()) {
                    out.wrong("the waybill says %d bytes, %d are there".formatted(length, out.left()));
                }
                out.rest("waybill (电子运单内容)");
            }),
            new Form(MessageId.DRIVER, "identity of the driver (驾驶员身份信息采集上报)", UpForms::driver),
            new Form(MessageId.LOCATION_BATCH, "positions in a batch (定位数据批量上传)", (out, _) -> batch(out)),
            new Form(MessageId.CAN_DATA, "data of the CAN bus (CAN总线数据上传)", (out, _) -> can(out)),
            new Form(MessageId.TRANSPARENT_UP, "transparent data up (数据上行透传)", (out, _) -> transparent(out)),
            new Form(MessageId.COMPRESSED, "compressed message (数据压缩上报)", (out, _) -> {
                out.dword("compressed message of %d bytes");
                out.rest("GZIP of one whole message");
            }),
            new Form(MessageId.TERMINAL_KEY, "key of the terminal (终端RSA公钥)", (out, _) -> DownForms.key(out)));

    private UpForms() {}

    static void general(Explanation out, boolean v2019) {
        answersSerial(out);
        String digits = out.digits(2);
        out.field(2, "answers message " + (digits.length() < 4 ? CUT_ITEM : digits + ": " + name(digits)));
        Form.result(out);
    }

    private static String name(String digits) {
        return Forms.name(Integer.parseInt(digits, 16));
    }

    private static void register(Explanation out, boolean v2019) {
        Layout layout = AdmissionBody.layout(v2019, out.left());
        out.heading("registration of " + layout.label());
        out.word("province %d (GB/T 2260)");
        out.word("city or county %d (GB/T 2260)");
        out.text(layout == Layout.V2019 ? MAKER_2019 : 5, "manufacturer");
        int model = switch (layout) {
            case V2011 -> 8;
            case V2013 -> 20;
            case V2019 -> 30;
        };
        out.text(model, "model");
        out.text(layout == Layout.V2019 ? 30 : 7, "terminal id");
        out.octet("plate colour %d (0: none, then the VIN follows)");
        out.text(out.left(), "plate");
    }

    private static void authenticate(Explanation out, boolean v2019) {
        int length = v2019 ? AdmissionBody.codeLength(out.peek(0), out.left()) : -1;
        if (length < 0) {
            out.text(out.left(), "code");
            return;
        }
        out.octet("code of %d bytes");
        out.text(length, "code");
        if (out.left() > 0) {
            out.text(15, "IMEI");
            out.text(20, "software version");
        }
    }

    /** Tables print five bytes for the maker of 2019 where others send eleven: the length of the whole decides. */
    private static void attributes(Explanation out, boolean v2019) {
        bits(
                out,
                2,
                "type",
                "passenger",
                "dangerous goods",
                "freight",
                "taxi",
                "",
                "",
                "disk",
                "split unit",
                "trailer");
        int counted = ATTRIBUTES_2013 + (v2019 ? 10 + 23 : 0);
        int beyond = out.left() + 2 - counted;
        boolean longMaker = v2019 && beyond >= 6 && fits(out, MAKER_2019);
        out.text(longMaker ? MAKER_2019 : 5, "manufacturer");
        out.text(v2019 ? 30 : 20, "model");
        out.text(v2019 ? 30 : 7, "terminal id");
        out.field(10, "ICCID " + out.digits(10));
        out.countedText("hardware version");
        out.countedText("firmware version");
        bits(out, 1, "GNSS", "GPS", "BeiDou", "GLONASS", "Galileo");
        bits(out, 1, "radio", "GPRS", "CDMA", "TD-SCDMA", "WCDMA", "CDMA2000", "TD-LTE", "", "other");
    }

    /** Whether the counted texts at the end come out even when the maker has so many bytes. */
    private static boolean fits(Explanation out, int maker) {
        int at = maker + 30 + 30 + 10;
        int hardware = out.peek(at);
        int firmware = hardware < 0 ? -1 : out.peek(at + 1 + hardware);
        return firmware >= 0 && at + 2 + hardware + firmware + 2 == out.left();
    }

    /** Terminals send the fields of a card also when it was removed, and those of 2019 under older headers. */
    private static void driver(Explanation out, boolean v2019) {
        int action = out.peek(0);
        out.field(
                1,
                "card (IC卡) %d: %s".formatted(action, action == 1 ? "inserted" : action == 2 ? "removed" : "unknown"));
        time(out, "at");
        if (action != 1 && out.left() == 0) {
            return;
        }
        int read = choice(
                out, "reading", "done", "card not authenticated", "card locked", "card pulled out", "check failed");
        if (read == 0) {
            out.countedText("name (驾驶员姓名)");
            out.text(20, "licence (从业资格证编码)");
            out.countedText("issued by (发证机构)");
            out.field(4, "valid until (证件有效期) " + out.digits(4));
            if (v2019 || out.left() > 0) {
                out.text(20, "identity number (身份证号)");
            }
        }
    }

    private static void batch(Explanation out) {
        out.word("positions %d");
        choice(out, "type", "ordinary", "kept while there was no connection");
        while (out.left() >= 2) {
            int length = out.word("position of %d bytes");
            if (length > out.left()) {
                out.wrong("the position says %d bytes, %d are there".formatted(length, out.left()));
            }
            int end = out.limit(Math.min(out.at() + length, out.at() + out.left()));
            LocationForm.read(out);
            out.limit(end);
        }
    }

    private static void can(Explanation out) {
        int count = out.word("items %d");
        String digits = out.digits(5);
        boolean whole = digits.length() == 10;
        out.field(
                5,
                "first item received at "
                        + (whole
                                ? "%s:%s:%s.%s"
                                        .formatted(
                                                digits.substring(0, 2),
                                                digits.substring(2, 4),
                                                digits.substring(4, 6),
                                                digits.substring(7))
                                : CUT_ITEM));
        Form.times(out, count, () -> {
            String id = out.digits(4);
            long bits = id.length() == 8 ? Long.parseLong(id, 16) : 0;
            out.field(
                    4,
                    "channel %d, %s frame, %s, id %08x"
                            .formatted(
                                    bits >> 31,
                                    (bits >> 30 & 1) == 0 ? "standard" : "extended",
                                    (bits >> 29 & 1) == 0 ? "raw" : "mean since the last",
                                    bits & 0x1FFF_FFFF));
            out.field(8, "data");
        });
    }

    static void transparent(Explanation out) {
        int type = out.peek(0);
        String name = switch (type) {
            case 0x00 -> "GNSS details";
            case 0x0B -> "IC card of the transport permit";
            case 0x41 -> "serial port 1";
            case 0x42 -> "serial port 2";
            case 0xF7 -> "state of peripherals (T/JSATL 12)";
            case 0xF8 -> "information of peripherals (T/JSATL 12)";
            default -> type >= 0xF0 ? "of the user" : "unknown";
        };
        out.field(1, "type %02x: %s".formatted(Math.max(type, 0), name));
        out.rest("content");
    }
}
