package org.farwatch.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.farwatch.ingest.jt808.FrameWriter;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.MessageId;

/**
 * A stream of location messages (0x0200) as a driving terminal sends them: 28 fixed bytes, then mileage, signal,
 * satellites and a vendor's item. Coordinates and items hold bytes that must be escaped, as real ones do.
 */
final class Frames {
    /** 2026-11-21 00:00:00 UTC. */
    static final long START_MILLIS = 1_795_219_200_000L;

    static final String PHONE = "13812345678";

    private static final int POSITIONED = 3;
    private static final long STEP_MILLIS = 10_000;

    private Frames() {}

    /** Wire bytes of {@code count} messages, the same for the same seed. */
    static byte[] locations(Layout layout, int count, long seed) {
        Random random = new Random(seed);
        ByteBuf wire = Unpooled.buffer();
        FrameWriter writer = new FrameWriter();
        for (int i = 0; i < count; i++) {
            writer.begin(MessageId.LOCATION, layout, PHONE, i)
                    .putDword(0)
                    .putDword(POSITIONED)
                    .putDword(latitude(random, i))
                    .putDword(121_437_000 + random.nextInt(60_000))
                    .putWord(4)
                    .putWord(random.nextInt(800))
                    .putWord(random.nextInt(360))
                    .putTime(START_MILLIS + i * STEP_MILLIS);
            item(writer, 0x01, 4, 123_456 + i);
            item(writer, 0x30, 1, 28);
            item(writer, 0x31, 1, 12);
            item(writer, 0xE1, 4, i % 4 == 0 ? 0x7E7D_7E7D : random.nextInt());
            writer.end(wire);
        }
        return ByteBufUtil.getBytes(wire);
    }

    /** Every second one ends in a byte that is escaped. */
    private static int latitude(Random random, int i) {
        int latitude = 31_188_000 + random.nextInt(60_000);
        return i % 2 == 0 ? latitude & ~0xFF | 0x7E : latitude;
    }

    private static void item(FrameWriter writer, int id, int length, int value) {
        writer.putByte(id).putByte(length);
        if (length == 4) {
            writer.putDword(value);
        } else {
            writer.putByte(value);
        }
    }
}
