package org.farwatch.ingest.simulator;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.farwatch.ingest.jt808.FrameWriter;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.LocationBody;
import org.farwatch.ingest.jt808.MessageId;
import org.farwatch.ingest.jt808.TerminalTime;

/** The messages that a simulated terminal sends. Owned by one thread. */
final class TerminalMessages {
    /** Bytes of a location body as written here: the fixed part, mileage, signal, satellites. */
    static final int POSITION_BYTES = 28 + 6 + 3 + 3;

    /** Positions that fit into one 0x0704. */
    static final int MOST_POSITIONS = (FrameWriter.MAX_BODY - 3) / (2 + POSITION_BYTES);

    static final Charset GBK = Charset.forName("GBK");
    private static final int ACC_ON = 1;
    private static final int POSITIONED = 1 << 1;
    private static final int SOUTH = 1 << 2;
    private static final int WEST = 1 << 3;
    private static final int GPS_AND_BEIDOU = 3 << 18;
    private static final int BLIND_ZONE = 1;

    private final FrameWriter writer = new FrameWriter();
    private final Layout layout;
    private final String phone;

    TerminalMessages(Layout layout, String phone) {
        this.layout = layout;
        this.phone = phone;
    }

    void register(int serial, ByteBuf out) {
        int maker = layout == Layout.V2019 ? 11 : 5;
        int model = switch (layout) {
            case V2011 -> 8;
            case V2013 -> 20;
            case V2019 -> 30;
        };
        writer.begin(MessageId.REGISTER, layout, phone, serial).putWord(31).putWord(115);
        text("FWSIM", maker, (byte) 0);
        text("SIM" + layout.label(), model, layout == Layout.V2011 ? (byte) ' ' : 0);
        text(phone.substring(Math.max(0, phone.length() - 7)), layout == Layout.V2019 ? 30 : 7, (byte) 0);
        writer.putByte(2).putBytes(("沪A" + lastFive()).getBytes(GBK)).end(out);
    }

    private String lastFive() {
        String padded = "00000" + phone;
        return padded.substring(padded.length() - 5);
    }

    private void text(String text, int length, byte padding) {
        byte[] ascii = text.getBytes(GBK);
        byte[] field = Arrays.copyOf(ascii, length);
        if (ascii.length < length) {
            Arrays.fill(field, ascii.length, length, padding);
        }
        writer.putBytes(field);
    }

    void authenticate(int serial, String code, ByteBuf out) {
        byte[] bytes = code.getBytes(GBK);
        writer.begin(MessageId.AUTHENTICATE, layout, phone, serial);
        if (layout == Layout.V2019) {
            writer.putByte(bytes.length).putBytes(bytes);
            text("86000000" + lastFive() + "00", 15, (byte) '0');
            text("farwatch-simulator", 20, (byte) 0);
        } else {
            writer.putBytes(bytes);
        }
        writer.end(out);
    }

    void heartbeat(int serial, ByteBuf out) {
        writer.begin(MessageId.HEARTBEAT, layout, phone, serial).end(out);
    }

    /** 0x0001 to a message of the platform. */
    void reply(int serial, int answeredSerial, int answeredId, int result, ByteBuf out) {
        writer.begin(MessageId.TERMINAL_REPLY, layout, phone, serial)
                .putWord(answeredSerial)
                .putWord(answeredId)
                .putByte(result)
                .end(out);
    }

    /** 0x0200 with one position, or 0x0704 with all. */
    void positions(int messageId, int serial, List<TerminalPosition> positions, ByteBuf out) {
        writer.begin(messageId, layout, phone, serial);
        if (messageId == MessageId.LOCATION) {
            position(positions.getFirst());
        } else {
            writer.putWord(positions.size()).putByte(BLIND_ZONE);
            for (TerminalPosition position : positions) {
                writer.putWord(POSITION_BYTES);
                position(position);
            }
        }
        writer.end(out);
    }

    /** 0x0201 or 0x0500: the serial answered before the position. */
    void located(int messageId, int serial, int answeredSerial, TerminalPosition at, ByteBuf out) {
        writer.begin(messageId, layout, phone, serial).putWord(answeredSerial);
        position(at);
        writer.end(out);
    }

    /** The fixed part of a location body, as a picture carries it; apart from positions, which make no objects. */
    byte[] fixed(TerminalPosition at) {
        return ByteBuffer.allocate(LocationBody.FIXED_BYTES)
                .putInt(at.alarms())
                .putInt(status(at))
                .putInt((int) Math.round(Math.abs(at.latitude()) * 1e6))
                .putInt((int) Math.round(Math.abs(at.longitude()) * 1e6))
                .putShort((short) at.altitude())
                .putShort((short) Math.round(at.speed() * 10))
                .putShort((short) at.heading())
                .put(time(at.fixMillis()))
                .array();
    }

    private static byte[] time(long millis) {
        byte[] bcd = new byte[TerminalTime.BYTES];
        TerminalTime.write(millis, bcd, 0);
        return bcd;
    }

    private static int status(TerminalPosition at) {
        return ACC_ON | POSITIONED | GPS_AND_BEIDOU | (at.latitude() < 0 ? SOUTH : 0) | (at.longitude() < 0 ? WEST : 0);
    }

    private void position(TerminalPosition at) {
        writer.putDword(at.alarms())
                .putDword(status(at))
                .putDword((int) Math.round(Math.abs(at.latitude()) * 1e6))
                .putDword((int) Math.round(Math.abs(at.longitude()) * 1e6))
                .putWord(at.altitude())
                .putWord((int) Math.round(at.speed() * 10))
                .putWord(at.heading())
                .putTime(at.fixMillis())
                .putByte(0x01)
                .putByte(4)
                .putDword((int) (at.metres() / 100))
                .putByte(0x30)
                .putByte(1)
                .putByte(28)
                .putByte(0x31)
                .putByte(1)
                .putByte(14);
    }
}
