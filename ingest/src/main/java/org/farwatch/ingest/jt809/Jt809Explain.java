package org.farwatch.ingest.jt809;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.FixTimes;
import org.farwatch.ingest.explain.Explanation;
import org.farwatch.ingest.explain.FrameExplainer;

/**
 * Explains JT/T 809 messages. The edition is guessed by the header; a body that is encrypted stays so, as its constants
 * are not in it. Stateless; any thread; never throws for what the bytes contain.
 */
public final class Jt809Explain implements FrameExplainer {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));
    private static final int MAX_FRAME = 1 << 20;

    @Override
    public boolean takes(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == FrameReader.BEGIN;
    }

    @Override
    public Explanation explain(byte[] bytes) {
        Explanation all = null;
        FrameReader reader = new FrameReader(MAX_FRAME);
        int at = 0;
        while (at < bytes.length) {
            at = reader.read(bytes, at, bytes.length);
            if (reader.complete()) {
                Explanation one = explain(reader.frame());
                all = all == null ? one : all.append(one);
            }
        }
        if (reader.unfinished()) {
            Explanation rest = new Explanation(bytes, bytes.length).wrong("the last message has no end: 5d is missing");
            all = all == null ? rest : all.append(rest);
        }
        return all == null ? new Explanation(bytes, bytes.length).wrong("no message between 5b and 5d") : all;
    }

    private static Explanation explain(Frame frame) {
        byte[] bytes = frame.copy();
        Explanation out = new Explanation(bytes, bytes.length);
        if (frame.fault() != null) {
            out.wrong(frame.fault().label() + ", " + frame.reason());
        } else {
            out.heading("message of JT/T 809-%s, CRC right"
                    .formatted(frame.edition().label()));
        }
        if (!frame.hasHeader() || frame.fault() == FaultKind.OVERSIZE) {
            out.wrongRest("no header");
            return out;
        }
        header(frame, out);
        int whole = out.limit(frame.bodyOffset() + frame.bodyLength());
        if (frame.encrypted()) {
            out.rest("encrypted body");
        } else {
            body(frame, bytes, out);
        }
        out.limit(whole);
        out.field(2, "CRC");
        return out;
    }

    private static void header(Frame frame, Explanation out) {
        out.dword("length %d with both delimiters");
        if (frame.lengthDiffers()) {
            out.wrong(frame.reason());
        }
        out.dword("serial %d");
        out.field(2, "message %04x: %s".formatted(frame.messageId(), name(frame.messageId())));
        out.dword("access code of the lower platform %d");
        out.field(3, "version " + out.digits(3));
        out.octet("encrypted %d (0: no, 1: yes)");
        out.dword("key %d");
        if (frame.edition() == Edition.V2019) {
            out.field(8, "sent " + Instant.ofEpochSecond(Wire.unsigned(frame.bytes(), 26)));
        }
    }

    private static void body(Frame frame, byte[] bytes, Explanation out) {
        boolean v2019 = frame.edition() == Edition.V2019;
        switch (frame.messageId()) {
            case MessageId.LOGIN -> {
                out.dword("user %d");
                out.field(Math.min(8, out.left()), "password");
                if (v2019) {
                    out.dword("access code %d");
                }
                out.text(32, "address for the slave link");
                out.word("its port %d");
            }
            case MessageId.LOGIN_REPLY -> {
                int result = out.peek(0);
                out.field(1, "result %d: %s".formatted(result, result < 0 ? "missing" : LoginResult.of(result)));
                out.dword("code for the slave link %d");
            }
            case MessageId.DOWN_LOGIN, MessageId.DOWN_LOGOUT -> out.dword("code of the login %d");
            case MessageId.DOWN_LOGIN_REPLY -> out.octet("result %d (0: connected)");
            case MessageId.VEHICLE -> vehicle(frame.edition(), bytes, out);
            default -> {
                // Empty bodies, and those not read here.
            }
        }
        out.rest("not explained");
    }

    private static void vehicle(Edition edition, byte[] bytes, Explanation out) {
        out.text(21, "plate");
        out.octet("plate colour %d (1 blue, 2 yellow, 3 black, 4 white, 9 other)");
        int sub = out.left() < 2 ? -1 : Wire.word(bytes, out.at());
        out.field(2, "part %04x: %s".formatted(sub, part(sub)));
        long length = out.dword("%d bytes of data");
        if (length > out.left()) {
            out.wrong("data length: %d is stated, %d bytes follow".formatted(length, out.left()));
        }
        switch (sub) {
            case MessageId.VEHICLE_POSITION -> position(edition, bytes, out);
            case MessageId.VEHICLE_HISTORY -> {
                int count = out.octet("%d positions");
                for (int i = 0; i < count && out.left() > 0; i++) {
                    position(edition, bytes, out);
                }
            }
            case MessageId.VEHICLE_REGISTRATION -> {
                boolean v2019 = edition == Edition.V2019;
                out.text(11, "platform");
                out.text(11, "manufacturer");
                out.text(v2019 ? 30 : 20, "model");
                if (v2019) {
                    out.text(15, "IMEI");
                }
                out.text(v2019 ? 30 : 7, "terminal");
                out.text(v2019 ? 13 : 12, "SIM card");
            }
            default -> {
                // Of other parts, only where they end.
            }
        }
    }

    private static void position(Edition edition, byte[] bytes, Explanation out) {
        if (edition == Edition.V2019) {
            out.octet("place encrypted %d (0: no, 1: yes)");
            long length = out.dword("location of %d bytes");
            out.field((int) Math.min(length, out.left()), "location body as of JT/T 808, 0200");
            for (String platform : new String[] {"enterprise", "city", "province"}) {
                if (out.left() > 0) {
                    out.text(11, platform + " platform");
                    out.field(4, "its alarms " + out.digits(4));
                }
            }
            return;
        }
        if (out.left() < PositionBody.BYTES_2011) {
            out.wrongRest("too short for a position of " + PositionBody.BYTES_2011 + " bytes");
            return;
        }
        int at = out.at();
        out.octet("place encrypted %d (0: no, 1: yes)");
        long time = PositionBody.fixMillis(bytes, at);
        out.field(
                7,
                time == FixTimes.NO_DATE
                        ? "time: no such date"
                        : "time " + TIME.format(Instant.ofEpochMilli(time)) + " GMT+8");
        out.field(4, "longitude %.6f".formatted(Wire.unsigned(bytes, at + 8) / 1e6));
        out.field(4, "latitude %.6f".formatted(Wire.unsigned(bytes, at + 12) / 1e6));
        out.word("speed %d km/h");
        out.word("speed of the recorder %d km/h");
        out.dword("mileage %d km");
        out.word("direction %d degrees clockwise from north");
        out.word("altitude %d m");
        out.field(4, "state bits " + out.digits(4) + " as of JT/T 808");
        out.field(4, "alarm bits " + out.digits(4) + " as of JT/T 808");
    }

    private static String part(int sub) {
        return switch (sub) {
            case MessageId.VEHICLE_REGISTRATION -> "registration of the vehicle (车辆注册信息)";
            case MessageId.VEHICLE_POSITION -> "position in real time (实时上传车辆定位信息)";
            case MessageId.VEHICLE_HISTORY -> "late positions (车辆定位信息自动补报)";
            default -> "not handled by Farwatch";
        };
    }

    private static String name(int messageId) {
        return switch (messageId) {
            case MessageId.LOGIN -> "login on the main link (主链路登录请求)";
            case MessageId.LOGIN_REPLY -> "answer to the login (主链路登录应答)";
            case MessageId.LOGOUT -> "logout (主链路注销请求)";
            case MessageId.LOGOUT_REPLY -> "answer to the logout (主链路注销应答)";
            case MessageId.KEEPALIVE -> "keepalive of the main link (主链路连接保持请求)";
            case MessageId.KEEPALIVE_REPLY -> "answer to it (主链路连接保持应答)";
            case MessageId.BROKEN -> "the main link broke (主链路断开通知)";
            case MessageId.CLOSING -> "the lower platform closes the links (下级平台主动关闭链路通知)";
            case MessageId.DOWN_LOGIN -> "the slave link opens (从链路连接请求)";
            case MessageId.DOWN_LOGIN_REPLY -> "answer to it (从链路连接应答)";
            case MessageId.DOWN_LOGOUT -> "the slave link ends (从链路注销请求)";
            case MessageId.DOWN_LOGOUT_REPLY -> "answer to it (从链路注销应答)";
            case MessageId.DOWN_KEEPALIVE -> "keepalive of the slave link (从链路连接保持请求)";
            case MessageId.DOWN_KEEPALIVE_REPLY -> "answer to it (从链路连接保持应答)";
            case MessageId.DOWN_BROKEN -> "the slave link broke (从链路断开通知)";
            case MessageId.DOWN_CLOSING -> "the superior platform closes the links (上级平台主动关闭链路通知)";
            case MessageId.RECEIVED_COUNT -> "positions received (接收定位信息数量通知)";
            case MessageId.VEHICLE -> "of a vehicle (主链路动态信息交换)";
            case MessageId.PLATFORM, MessageId.DOWN_PLATFORM -> "between platforms (平台间信息交互), not handled by Farwatch";
            case MessageId.ALARM -> "alarms (报警信息交互), not handled by Farwatch";
            case MessageId.SUPERVISION -> "supervision of a vehicle (车辆监管), not handled by Farwatch";
            case MessageId.STATIC -> "static data (静态信息交换), not handled by Farwatch";
            default -> "not handled by Farwatch";
        };
    }
}
