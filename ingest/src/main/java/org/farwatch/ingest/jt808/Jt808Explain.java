package org.farwatch.ingest.jt808;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.farwatch.ingest.DeviceDirectory.Registration;
import org.farwatch.ingest.FixTimes;

/**
 * Explains JT/T 808 frames to support staff: offset, hex and meaning of every field of the messages that are handled
 * here, header and raw body of the others. Stateless; any thread; never throws for what the bytes contain.
 */
public final class Jt808Explain {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));
    private static final int MAX_FRAME = 65_536;

    private Jt808Explain() {}

    /**
     * Explains what was captured on the wire.
     *
     * @param hex one or more frames; blanks, line ends, {@code 0x} and a missing first or last 7E are forgiven
     * @throws IllegalArgumentException when it is no hex
     */
    public static String explain(String hex) {
        String digits = hex.replaceAll("0[xX]|[\\s,:-]", "");
        if (digits.isEmpty() || !digits.matches("([0-9a-fA-F]{2})+")) {
            throw new IllegalArgumentException("hex must be pairs of the digits 0-9 a-f, was "
                    + (hex.length() > 40 ? hex.substring(0, 40) + "..." : hex));
        }
        return explain(HexFormat.of().parseHex(digits));
    }

    /** Explains what was captured on the wire: one or more frames, escaped. */
    public static String explain(byte[] wire) {
        StringBuilder text = new StringBuilder();
        FrameReader reader = new FrameReader(MAX_FRAME);
        int at = 0;
        while (at < wire.length) {
            at = reader.read(wire, at, wire.length);
            if (reader.complete()) {
                text.append(explain(reader.frame()));
            }
        }
        byte[] delimiter = {FrameReader.DELIMITER};
        reader.read(delimiter, 0, 1);
        if (reader.complete()) {
            text.append("the last delimiter 7e is missing\n").append(explain(reader.frame()));
        }
        return text.isEmpty() ? "no frame: nothing between delimiters\n" : text.toString();
    }

    private static String explain(Frame frame) {
        int afterBody = frame.hasHeader() ? frame.bodyOffset() + frame.bodyLength() : frame.length();
        Explanation out = new Explanation(frame.bytes(), frame.length());
        out.heading("frame of %d bytes unescaped: %s"
                .formatted(
                        frame.length(),
                        frame.fault() == null ? "checksum right" : frame.fault().label() + ", " + frame.reason()));
        if (!frame.hasHeader()) {
            out.rest("no header");
            return out.toString();
        }
        header(frame, out);
        if (frame.longerThanStated()) {
            out.heading(frame.reason());
        }
        int end = out.limit(afterBody);
        if (frame.encryption() != 0) {
            out.rest("encrypted body");
        } else if (frame.subPackage()) {
            out.rest("part of a body");
        } else {
            body(frame, out);
        }
        out.limit(end);
        out.field(1, "checksum");
        out.rest("beyond the frame: a delimiter was lost here");
        return out.toString();
    }

    private static void header(Frame frame, Explanation out) {
        out.field(2, "message id %04x: %s".formatted(frame.messageId(), name(frame.messageId())));
        out.field(
                2,
                "body of %d bytes, %s, %s, header of %s"
                        .formatted(
                                frame.statedLength(),
                                switch (frame.encryption()) {
                                    case 0 -> "not encrypted";
                                    case 1 -> "encrypted with RSA";
                                    default -> "encryption " + frame.encryption();
                                },
                                frame.subPackage() ? "one of several packages" : "one package",
                                frame.v2019() ? "2019" : "2011 or 2013"));
        if (frame.v2019()) {
            out.octet("protocol version %d");
        }
        out.field(frame.v2019() ? 10 : 6, "phone " + frame.phone());
        out.word("serial %d");
        if (frame.subPackage()) {
            out.word("packages %d");
            out.word("this is package %d");
        }
    }

    private static void body(Frame frame, Explanation out) {
        switch (frame.messageId()) {
            case MessageId.TERMINAL_REPLY, MessageId.PLATFORM_REPLY -> {
                out.word("answers serial %d");
                out.field(2, "answers message " + id(frame, 2));
                out.field(1, "result " + result(frame, 4));
            }
            case MessageId.REGISTER -> register(frame, out);
            case MessageId.REGISTER_REPLY -> {
                out.word("answers serial %d");
                out.field(1, "result " + registered(frame));
                out.text(out.left(), "code");
            }
            case MessageId.AUTHENTICATE -> authenticate(frame, out);
            case MessageId.LOCATION -> location(frame.bytes(), out);
            case MessageId.LOCATION_QUERY_REPLY, MessageId.VEHICLE_CONTROL_REPLY -> {
                out.word("answers serial %d");
                location(frame.bytes(), out);
            }
            case MessageId.LOCATION_BATCH -> batch(frame, out);
            case MessageId.TIME_REPLY -> out.field(TerminalTime.BYTES, "time in UTC, YYMMDDhhmmss");
            default -> {
                // Empty bodies, and those not read here.
            }
        }
        out.rest("not explained");
    }

    private static void register(Frame frame, Explanation out) {
        Registration registration = AdmissionBody.registration(frame);
        if (registration == null) {
            return;
        }
        Layout layout = AdmissionBody.layout(frame);
        out.heading("registration of " + layout.label());
        out.word("province %d (GB/T 2260)");
        out.word("city or county %d (GB/T 2260)");
        out.text(layout == Layout.V2019 ? 11 : 5, "manufacturer");
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

    private static void authenticate(Frame frame, Explanation out) {
        String code = AdmissionBody.code(frame);
        int length = code.getBytes(Replies.GBK).length;
        boolean counted = frame.v2019() && out.left() > length && (frame.bytes()[out.at()] & 0xFF) == length;
        if (!counted) {
            out.text(out.left(), "code");
            return;
        }
        out.octet("code of %d bytes");
        out.text(length, "code");
        out.text(15, "IMEI");
        out.text(20, "software version");
    }

    private static void batch(Frame frame, Explanation out) {
        out.word("positions %d");
        out.octet("type %d (0: ordinary, 1: kept while there was no connection)");
        while (out.left() >= 2) {
            int length = out.word("position of %d bytes");
            int end = out.limit(Math.min(out.at() + length, out.at() + out.left()));
            location(frame.bytes(), out);
            out.limit(end);
        }
    }

    private static void location(byte[] bytes, Explanation out) {
        if (out.left() < LocationBody.FIXED_BYTES) {
            out.rest("too short for a position of " + LocationBody.FIXED_BYTES + " bytes");
            return;
        }
        int at = out.at();
        int status = Bytes.dword(bytes, at + 4);
        out.field(4, "alarms " + LocationAlarm.labels(Bytes.dword(bytes, at)));
        out.field(4, LocationStatus.of(status).toString().replace("LocationStatus", "status "));
        out.field(4, "latitude %.6f %s".formatted(degrees(bytes, at + 8), (status & 4) == 0 ? "N" : "S"));
        out.field(4, "longitude %.6f %s".formatted(degrees(bytes, at + 12), (status & 8) == 0 ? "E" : "W"));
        out.field(2, "altitude %d m".formatted((short) Bytes.word(bytes, at + 16)));
        out.field(2, "speed %.1f km/h".formatted(Bytes.word(bytes, at + 18) / 10.0));
        out.word("direction %d degrees clockwise from north");
        long time = TerminalTime.millis(bytes, at + 22);
        out.field(
                TerminalTime.BYTES,
                time == FixTimes.NO_DATE
                        ? "time: no such date"
                        : "time " + TIME.format(Instant.ofEpochMilli(time)) + " GMT+8");
        while (out.left() >= 2 && 2 + (bytes[out.at() + 1] & 0xFF) <= out.left()) {
            int id = bytes[out.at()] & 0xFF;
            int size = bytes[out.at() + 1] & 0xFF;
            out.field(
                    2 + size,
                    "item %02x of %d: %s".formatted(id, size, LocationItems.meaning(id, bytes, out.at() + 2, size)));
        }
        out.rest("item cut short");
    }

    private static double degrees(byte[] bytes, int at) {
        return (Bytes.dword(bytes, at) & 0xFFFF_FFFFL) / 1e6;
    }

    private static String id(Frame frame, int offset) {
        if (frame.bodyLength() < offset + 2) {
            return "cut short";
        }
        int id = Bytes.word(frame.bytes(), frame.bodyOffset() + offset);
        return "%04x: %s".formatted(id, name(id));
    }

    private static String result(Frame frame, int offset) {
        if (frame.bodyLength() <= offset) {
            return "missing";
        }
        int result = frame.bytes()[frame.bodyOffset() + offset] & 0xFF;
        return switch (result) {
            case 0 -> "0: done";
            case 1 -> "1: failed";
            case 2 -> "2: message is wrong";
            case 3 -> "3: not supported";
            case 4 -> "4: alarm confirmed";
            default -> result + ": unknown";
        };
    }

    private static String registered(Frame frame) {
        if (frame.bodyLength() < 3) {
            return "missing";
        }
        int result = frame.bytes()[frame.bodyOffset() + 2] & 0xFF;
        return switch (result) {
            case 0 -> "0: registered";
            case 1 -> "1: vehicle is registered already";
            case 2 -> "2: no such vehicle";
            case 3 -> "3: terminal is registered already";
            case 4 -> "4: no such terminal";
            default -> result + ": unknown";
        };
    }

    private static String name(int messageId) {
        return switch (messageId) {
            case MessageId.TERMINAL_REPLY -> "general reply of the terminal (终端通用应答)";
            case MessageId.HEARTBEAT -> "heartbeat (终端心跳)";
            case MessageId.LOGOUT -> "logout (终端注销)";
            case MessageId.QUERY_TIME -> "query of the server's time (查询服务器时间请求)";
            case MessageId.REGISTER -> "registration (终端注册)";
            case MessageId.AUTHENTICATE -> "authentication (终端鉴权)";
            case MessageId.LOCATION -> "position (位置信息汇报)";
            case MessageId.LOCATION_QUERY_REPLY -> "position that was asked for (位置信息查询应答)";
            case MessageId.VEHICLE_CONTROL_REPLY -> "reply to vehicle control (车辆控制应答)";
            case MessageId.LOCATION_BATCH -> "positions in a batch (定位数据批量上传)";
            case MessageId.PLATFORM_REPLY -> "general reply of the platform (平台通用应答)";
            case MessageId.TIME_REPLY -> "the server's time (查询服务器时间应答)";
            case MessageId.REGISTER_REPLY -> "reply to a registration (终端注册应答)";
            default -> "not handled by Farwatch";
        };
    }
}
