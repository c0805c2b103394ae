package org.farwatch.ingest.simulator;

import io.netty.buffer.ByteBuf;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import javax.imageio.ImageIO;
import org.farwatch.ingest.jt808.Frame;
import org.farwatch.ingest.jt808.FrameWriter;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.MessageId;

/**
 * What a simulated terminal does with commands: keeps parameters, tells what it is and where, and takes pictures of a
 * coloured field. Owned by the terminal's event loop.
 */
final class TerminalAnswers {
    private static final int OK = 0;
    private static final int FAILURE = 1;
    private static final int BAD_MESSAGE = 2;
    private static final int UNSUPPORTED = 3;
    private static final int PICTURE_WIDTH = 320;
    private static final int PICTURE_HEIGHT = 240;
    private static final int MOST_PICTURES = 10;
    private static final int MULTIMEDIA = 0x0801;

    private final Layout layout;
    private final String phone;
    private final TerminalMessages messages;
    private final IntSupplier serial;
    private final FrameWriter writer = new FrameWriter();
    private final Map<Integer, byte[]> parameters = new TreeMap<>();
    private final TerminalVideo video;
    private TerminalPosition position;
    private int mediaId;

    /**
     * @param serial gives the next serial of the terminal
     * @param video its cameras, null when it has none
     */
    TerminalAnswers(Layout layout, String phone, TerminalMessages messages, IntSupplier serial, TerminalVideo video) {
        this.video = video;
        this.layout = layout;
        this.phone = phone;
        this.messages = messages;
        this.serial = serial;
        parameters.put(0x0001, dword(60));
        parameters.put(0x0029, dword(10));
        parameters.put(0x0055, dword(100));
        if (video != null) {
            parameters.put(0x0076, video.channelList());
        }
        parameters.put(
                0x0083, ("沪A" + phone.substring(Math.max(0, phone.length() - 5))).getBytes(TerminalMessages.GBK));
    }

    /** Where it is from now on. */
    void at(TerminalPosition now) {
        position = now;
    }

    /** Writes what a message of the platform is answered with. */
    void answer(Frame frame, ByteBuf out) {
        if (frame.subPackage()) {
            reply(frame, OK, out);
            return;
        }
        byte[] body = Arrays.copyOfRange(frame.bytes(), frame.bodyOffset(), frame.bodyOffset() + frame.bodyLength());
        switch (frame.messageId()) {
            case 0x8103 -> reply(frame, setParameters(ByteBuffer.wrap(body)), out);
            case 0x8104 -> tell(frame, List.copyOf(parameters.keySet()), out);
            case 0x8106 -> tell(frame, asked(ByteBuffer.wrap(body)), out);
            case 0x8107 -> attributes(out);
            case 0x8201 -> where(frame, MessageId.LOCATION_QUERY_REPLY, out);
            case 0x8500 -> where(frame, MessageId.VEHICLE_CONTROL_REPLY, out);
            case 0x8608 -> begin(MessageId.AREAS).putByte(body[0]).putDword(0).end(out);
            case 0x8702 -> begin(MessageId.DRIVER).putByte(2).putTime(now()).end(out);
            case 0x8801 -> photograph(frame, body, out);
            case 0x9003, 0x9101, 0x9102, 0x9105, 0x9201, 0x9202, 0x9205 -> video(frame, ByteBuffer.wrap(body), out);
            case 0x8802 ->
                begin(MessageId.STORED_MEDIA).putWord(frame.serial()).putWord(0).end(out);
            // What it says of pictures that came, and the parts of them it misses, asks for nothing here.
            case 0x8800, 0x8003 -> {}
            case 0x8105,
                    0x8202,
                    0x8203,
                    0x8204,
                    0x8300,
                    0x8400,
                    0x8600,
                    0x8601,
                    0x8602,
                    0x8603,
                    0x8604,
                    0x8605,
                    0x8606,
                    0x8607,
                    0x8803,
                    0x8804,
                    0x8805,
                    0x8900 -> reply(frame, OK, out);
            default -> reply(frame, UNSUPPORTED, out);
        }
    }

    private void reply(Frame frame, int result, ByteBuf out) {
        messages.reply(serial.getAsInt(), frame.serial(), frame.messageId(), result, out);
    }

    private FrameWriter begin(int messageId) {
        return writer.begin(messageId, layout, phone, serial.getAsInt());
    }

    /** JT/T 1078; a terminal without cameras does not know of it. */
    private void video(Frame frame, ByteBuffer body, ByteBuf out) {
        if (video == null) {
            reply(frame, UNSUPPORTED, out);
            return;
        }
        try {
            switch (frame.messageId()) {
                case 0x9003 ->
                    begin(MessageId.VIDEO_ATTRIBUTES)
                            .putBytes(video.attributes())
                            .end(out);
                case 0x9101 -> reply(frame, video.live(body) ? OK : FAILURE, out);
                case 0x9102 -> reply(frame, video.control(body) ? OK : FAILURE, out);
                case 0x9105 -> video.lossTold(body.get(1));
                case 0x9201 -> reply(frame, video.play(body) ? OK : FAILURE, out);
                case 0x9202 -> reply(frame, video.controlPlayback(body) ? OK : FAILURE, out);
                default -> recordings(frame, out);
            }
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException _) {
            reply(frame, BAD_MESSAGE, out);
        }
    }

    private void recordings(Frame frame, ByteBuf out) {
        byte[] list = video.recordings(now());
        byte[] body = ByteBuffer.allocate(2 + list.length)
                .putShort((short) frame.serial())
                .put(list)
                .array();
        send(MessageId.RECORDINGS, body, out);
    }

    private int setParameters(ByteBuffer in) {
        Map<Integer, byte[]> set = new TreeMap<>();
        int count = in.hasRemaining() ? in.get() & 0xFF : 0;
        for (int i = 0; i < count; i++) {
            if (in.remaining() < 5) {
                return BAD_MESSAGE;
            }
            int id = in.getInt();
            byte[] value = new byte[in.get() & 0xFF];
            if (in.remaining() < value.length) {
                return BAD_MESSAGE;
            }
            in.get(value);
            set.put(id, value);
        }
        parameters.putAll(set);
        return OK;
    }

    private List<Integer> asked(ByteBuffer in) {
        List<Integer> ids = new ArrayList<>();
        int count = in.hasRemaining() ? in.get() & 0xFF : 0;
        for (int i = 0; i < count && in.remaining() >= 4; i++) {
            int id = in.getInt();
            if (parameters.containsKey(id)) {
                ids.add(id);
            }
        }
        return ids;
    }

    private void tell(Frame frame, List<Integer> ids, ByteBuf out) {
        begin(MessageId.PARAMETERS).putWord(frame.serial()).putByte(ids.size());
        for (int id : ids) {
            byte[] value = parameters.get(id);
            writer.putDword(id).putByte(value.length).putBytes(value);
        }
        writer.end(out);
    }

    private void attributes(ByteBuf out) {
        int wide = layout == Layout.V2019 ? 30 : 0;
        begin(MessageId.ATTRIBUTES)
                .putWord(4)
                .putBytes("FWSIM".getBytes(StandardCharsets.US_ASCII))
                .putBytes(
                        Arrays.copyOf(("SIM" + layout.label()).getBytes(StandardCharsets.US_ASCII), Math.max(20, wide)))
                .putBytes(Arrays.copyOf(phone.getBytes(StandardCharsets.US_ASCII), Math.max(7, wide)))
                .putBytes(new byte[10])
                .putByte(2)
                .putBytes("v1".getBytes(StandardCharsets.US_ASCII))
                .putByte(5)
                .putBytes("1.0.0".getBytes(StandardCharsets.US_ASCII))
                .putByte(3)
                .putByte(1 << 5)
                .end(out);
    }

    private void where(Frame frame, int messageId, ByteBuf out) {
        if (position == null) {
            reply(frame, FAILURE, out);
        } else {
            messages.located(messageId, serial.getAsInt(), frame.serial(), position, out);
        }
    }

    /** A terminal of 2011 here has no camera: its pictures had packages of their own kind. */
    private void photograph(Frame frame, byte[] body, ByteBuf out) {
        if (layout == Layout.V2011) {
            reply(frame, UNSUPPORTED, out);
            return;
        }
        if (body.length < 12 || position == null) {
            reply(frame, body.length < 12 ? BAD_MESSAGE : FAILURE, out);
            return;
        }
        int count = Math.min(MOST_PICTURES, ByteBuffer.wrap(body).getShort(1) & 0xFFFF);
        boolean store = body[5] == 1;
        begin(MessageId.CAPTURE_REPLY).putWord(frame.serial()).putByte(OK).putWord(count);
        for (int i = 1; i <= count; i++) {
            writer.putDword(mediaId + i);
        }
        writer.end(out);
        for (int i = 0; i < count; i++) {
            mediaId++;
            if (!store) {
                send(MULTIMEDIA, picture(mediaId, body[0]), out);
            }
        }
    }

    /** The body of a 0x0801: id, image, JPEG, asked for by the platform, channel, place, picture. */
    private byte[] picture(int id, byte channel) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        BufferedImage image = new BufferedImage(PICTURE_WIDTH, PICTURE_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        float hue = id * 0.13f;
        pen.setPaint(new GradientPaint(
                0,
                0,
                Color.getHSBColor(hue, 0.5f, 0.9f),
                PICTURE_WIDTH,
                PICTURE_HEIGHT,
                Color.getHSBColor(hue + 0.3f, 0.6f, 0.5f)));
        pen.fillRect(0, 0, PICTURE_WIDTH, PICTURE_HEIGHT);
        pen.dispose();
        try {
            ImageIO.write(image, "jpeg", jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] place = messages.fixed(position);
        return ByteBuffer.allocate(8 + place.length + jpeg.size())
                .putInt(id)
                .put((byte) 0)
                .put((byte) 0)
                .put((byte) 0)
                .put(channel)
                .put(place)
                .put(jpeg.toByteArray())
                .array();
    }

    private void send(int messageId, byte[] body, ByteBuf out) {
        int total = (body.length + FrameWriter.MAX_BODY - 1) / FrameWriter.MAX_BODY;
        for (int index = 1; index <= total; index++) {
            int from = (index - 1) * FrameWriter.MAX_BODY;
            begin(messageId);
            if (total > 1) {
                writer.ofPackages(total, index);
            }
            writer.putBytes(body, from, Math.min(FrameWriter.MAX_BODY, body.length - from))
                    .end(out);
        }
    }

    private long now() {
        return position == null ? System.currentTimeMillis() : position.fixMillis();
    }

    private static byte[] dword(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
