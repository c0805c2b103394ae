package org.farwatch.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import org.farwatch.ingest.jt808.FrameWriter;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.MessageId;

/** Streams of location messages (0x0200) as driving terminals send them: 28 fixed bytes, then items. */
public final class Frames {
    /** 2026-11-21 00:00:00 UTC. */
    static final long START_MILLIS = 1_795_219_200_000L;

    static final String PHONE = "13812345678";

    private static final int POSITIONED = 3;
    private static final long STEP_MILLIS = 10_000;
    private static final byte ESCAPE = 0x7D;

    /** Additional items: JT/T 808-2019, table 27, and JT/T 1078, table 13. */
    enum Item {
        MILEAGE(0x01, 4),
        RECORDER_SPEED(0x03, 2),
        SATELLITES(0x31, 1),
        FUEL(0x02, 2),
        EVENT(0x04, 2),
        VIDEO_ALARM(0x14, 4),
        VIDEO_LOST(0x15, 4),
        VIDEO_COVERED(0x16, 4),
        STORAGE_FAULT(0x17, 2),
        VEHICLE_SIGNALS(0x25, 4),
        IO_STATE(0x2A, 2),
        ANALOGUE(0x2B, 4),
        NETWORK(0x30, 1);

        private final int id;
        private final int length;

        Item(int id, int length) {
            this.id = id;
            this.length = length;
        }

        int id() {
            return id;
        }

        /** Bytes of its value. */
        int length() {
            return length;
        }
    }

    /** What is in a message. */
    public enum Shape {
        /** 53 bytes in the version of 2013, nothing escaped. */
        TWO_ITEMS(2, false),
        /** All of {@link Item}, nothing escaped. */
        THIRTEEN_ITEMS(13, false),
        /** Two items and in each message at least one escaped byte. */
        ESCAPED(2, true);

        private final List<Item> items;
        private final boolean escaped;

        Shape(int items, boolean escaped) {
            this.items = List.of(Item.values()).subList(0, items);
            this.escaped = escaped;
        }

        List<Item> items() {
            return items;
        }
    }

    private Frames() {}

    /** Wire bytes of {@code count} messages, the same for the same seed. */
    static byte[] locations(Layout layout, Shape shape, int count, long seed) {
        Random random = new Random(seed);
        ByteBuf wire = Unpooled.buffer();
        FrameWriter writer = new FrameWriter();
        for (int serial = 0; serial < count; ) {
            int start = wire.writerIndex();
            location(writer, layout, shape, serial, random, wire);
            boolean escaped = wire.indexOf(start, wire.writerIndex(), ESCAPE) >= 0;
            if (escaped == shape.escaped) {
                serial++;
            } else {
                wire.writerIndex(start);
            }
        }
        return ByteBufUtil.getBytes(wire);
    }

    private static void location(
            FrameWriter writer, Layout layout, Shape shape, int serial, Random random, ByteBuf wire) {
        // Serials of their own would be escaped now and then, whatever the shape.
        writer.begin(MessageId.LOCATION, layout, PHONE, serial % 0x70)
                .putDword(0)
                .putDword(POSITIONED)
                .putDword(31_188_000 + random.nextInt(60_000))
                .putDword(121_437_000 + random.nextInt(60_000))
                .putWord(4)
                .putWord(random.nextInt(800))
                .putWord(random.nextInt(360))
                .putTime(START_MILLIS + serial * STEP_MILLIS);
        for (Item item : shape.items) {
            writer.putByte(item.id).putByte(item.length);
            switch (item.length) {
                case 1 -> writer.putByte(random.nextInt(32));
                case 2 -> writer.putWord(random.nextInt(1_000));
                default -> writer.putDword(random.nextInt(1_000_000));
            }
        }
        writer.end(wire);
    }
}
