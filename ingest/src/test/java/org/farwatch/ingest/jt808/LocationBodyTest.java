package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.farwatch.geo.Datum;
import org.farwatch.geo.Items;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LocationBodyTest {
    private static final long RECEIVED = Instant.parse("2018-10-15T02:10:12Z").toEpochMilli();

    /** The fixed part of the worked frame: SOS, fix, 12.222222 N, 132.444444 E, 40 m, 6.0 km/h, 0 degrees. */
    private static final String FIXED = "00000001 00000002 00ba7f0e 07e4f11c 0028 003c 0000 181015101010";

    private final PositionBatch batch = new PositionBatch(16);
    private final LocationBody body = new LocationBody();

    @Test
    void theWorkedFrameIsDecoded() {
        int row = append(FIXED + "01 04 00000064 02 02 007d", Datum.WGS84);

        assertThat(batch.device(row)).isEqualTo(7);
        assertThat(batch.alarms(row)).isEqualTo(1);
        assertThat(batch.status(row)).isEqualTo(2);
        assertThat(batch.latitude(row)).isEqualTo(12.222222);
        assertThat(batch.longitude(row)).isEqualTo(132.444444);
        assertThat(batch.altitude(row)).isEqualTo(40f);
        assertThat(batch.speed(row)).isEqualTo(6f);
        assertThat(batch.heading(row)).isZero();
        assertThat(batch.accuracy(row)).isNaN();
        assertThat(batch.fixTime(row))
                .isEqualTo(Instant.parse("2018-10-15T02:10:10Z").toEpochMilli());
        assertThat(batch.receiveTime(row)).isEqualTo(RECEIVED);
        assertThat(batch.flags(row)).isZero();
        assertThat(item(row, Items.MILEAGE)).isEqualTo(100);
        assertThat(item(row, 0x02)).isEqualTo(125);
        assertThat(body.itemsTruncated()).isFalse();
    }

    @Test
    void southAndWestComeFromTheStatus() {
        int row = append("00000000 0000000e 00ba7f0e 07e4f11c 0028 003c 0000 181015101010", Datum.WGS84);
        assertThat(batch.latitude(row)).isEqualTo(-12.222222);
        assertThat(batch.longitude(row)).isEqualTo(-132.444444);
    }

    @Test
    void altitudeMayBeNegative() {
        int row = append("00000000 00000002 00ba7f0e 07e4f11c fff6 003c 0000 181015101010", Datum.WGS84);
        assertThat(batch.altitude(row)).isEqualTo(-10f);
    }

    @Test
    void aDirectionThatIsNoneIsAbsent() {
        assertThat(batch.heading(append(FIXED.replace("0000 18", "0168 18"), Datum.WGS84)))
                .isZero();
        assertThat(batch.heading(append(FIXED.replace("0000 18", "0167 18"), Datum.WGS84)))
                .isEqualTo(359f);
        assertThat(batch.heading(append(FIXED.replace("0000 18", "0169 18"), Datum.WGS84)))
                .isNaN();
    }

    @Test
    void whatTheTerminalGetsWrongIsFlaggedAndKept() {
        assertFlags(FIXED.replace("00000002", "00000000"), PositionFlag.NO_FIX);
        assertFlags(FIXED.replace("00000002", "00000022"), PositionFlag.ENCRYPTED);
        assertFlags(FIXED.replace("00ba7f0e 07e4f11c", "00000000 00000000"), PositionFlag.ZERO_POSITION);
        // Latitude and longitude swapped.
        assertFlags(FIXED.replace("00ba7f0e 07e4f11c", "07e4f11c 00ba7f0e"), PositionFlag.ZERO_POSITION);
        assertFlags(FIXED.replace("00ba7f0e 07e4f11c", "00ba7f0e ffffffff"), PositionFlag.ZERO_POSITION);
        assertFlags(FIXED.replace("181015101010", "000000000000"), PositionFlag.NO_TIME);
        assertFlags(FIXED.replace("181015101010", "18101510101b"), PositionFlag.NO_TIME);
        assertFlags(FIXED.replace("181015101010", "181015101512"));
        assertFlags(FIXED.replace("181015101010", "181015101513"), PositionFlag.FUTURE_TIME);
        // 1024 weeks earlier, and twice that.
        assertFlags(FIXED.replace("181015101010", "990301101010"), PositionFlag.CLOCK_ROLLOVER);
    }

    @Test
    void aClockWithoutADateGivesTheReceiveTime() {
        int row = append(FIXED.replace("181015101010", "000000000000"), Datum.WGS84);
        assertThat(batch.fixTime(row)).isEqualTo(RECEIVED);
    }

    @Test
    void anOffsetDatumIsUndone() {
        // Shanghai A: GCJ-02 31.175304 N, 121.531542 E is WGS-84 31.1774276 N, 121.5272106 E.
        String gcj = "00000000 00000022 %08x %08x 0028 003c 0000 181015101010".formatted(31175304, 121531542);
        int row = append(gcj, Datum.GCJ02);
        assertThat(batch.latitude(row)).isCloseTo(31.1774276, within(1e-6));
        assertThat(batch.longitude(row)).isCloseTo(121.5272106, within(1e-6));
        assertThat(PositionFlag.labels(batch.flags(row))).containsExactly("datum-converted");

        String bd = "00000000 00000002 %08x %08x 0028 003c 0000 181015101010".formatted(31181329, 121538016);
        row = append(bd, Datum.BD09);
        assertThat(batch.latitude(row)).isCloseTo(31.1774276, within(1e-5));
        assertThat(batch.longitude(row)).isCloseTo(121.5272106, within(1e-5));

        row = append(FIXED.replace("00ba7f0e 07e4f11c", "00000000 00000000"), Datum.GCJ02);
        assertThat(PositionFlag.labels(batch.flags(row))).containsExactly("zero-position");
        assertThat(batch.latitude(row)).isZero();

        row = append(gcj, Datum.CGCS2000);
        assertThat(batch.latitude(row)).isEqualTo(31.175304);
        assertThat(PositionFlag.labels(batch.flags(row))).containsExactly("encrypted");
    }

    @Test
    void anItemCutShortLeavesThoseBeforeIt() {
        int row = append(FIXED + "01 04 00000064 e1 08 0102", Datum.WGS84);
        assertThat(body.itemsTruncated()).isTrue();
        assertThat(items(row)).isEqualTo("010400000064");

        row = append(FIXED + "01", Datum.WGS84);
        assertThat(body.itemsTruncated()).isTrue();
        assertThat(batch.itemLength(row)).isZero();

        append(FIXED, Datum.WGS84);
        assertThat(body.itemsTruncated()).isFalse();
    }

    @Test
    void aBodyShorterThanItsFixedPartIsNotAppended() {
        byte[] bytes = Hex.bytes(FIXED);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(body.append(bytes, 0, length, 7, Datum.WGS84, RECEIVED, batch))
                    .isEqualTo(LocationBody.TOO_SHORT);
        }
        assertThat(batch.size()).isZero();
    }

    @Test
    void aResendHasTheSameHashAndAnotherReportOfTheSameSecondHasNot() {
        long first = batch.bodyHash(append(FIXED + "01 04 00000064", Datum.WGS84));
        long resent = batch.bodyHash(append(FIXED + "01 04 00000065", Datum.WGS84));
        long other = batch.bodyHash(append(FIXED.replace("00000001", "00000000"), Datum.WGS84));
        assertThat(resent).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void everyCapturedLocationDecodesToWhatAnIndependentDecoderFound() throws IOException {
        int compared = 0;
        for (JsonNode captured : Shared.frames()) {
            JsonNode expected = captured.path("derived").path("location");
            FrameReader reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
            byte[] wire = Hex.bytes(captured.get("hex").asString());
            reader.read(wire, 0, wire.length);
            if (expected.isMissingNode() || reader.frame().fault() != null) {
                continue;
            }
            Frame frame = reader.frame();
            batch.clear();
            int row =
                    body.append(frame.bytes(), frame.bodyOffset(), frame.bodyLength(), 1, Datum.WGS84, RECEIVED, batch);
            assertSame(expected, row, captured.get("source").asString());
            compared++;
        }
        assertThat(compared).isGreaterThanOrEqualTo(50);
    }

    private void assertSame(JsonNode expected, int row, String source) {
        assertThat(batch.alarms(row)).as(source).isEqualTo((int)
                expected.get("alarm").asLong());
        assertThat(batch.status(row)).as(source).isEqualTo((int)
                expected.get("status").asLong());
        assertThat(batch.latitude(row)).as(source).isEqualTo(expected.get("lat").asDouble());
        assertThat(batch.longitude(row))
                .as(source)
                .isEqualTo(expected.get("lon").asDouble());
        assertThat(batch.altitude(row))
                .as(source)
                .isEqualTo(expected.get("altitude_m").floatValue());
        assertThat(batch.speed(row))
                .as(source)
                .isEqualTo(expected.get("speed_kmh").floatValue());
        assertThat(batch.heading(row))
                .as(source)
                .isEqualTo(expected.get("course").floatValue());
        assertThat(Instant.ofEpochMilli(batch.fixTime(row)))
                .as(source)
                .isEqualTo(OffsetDateTime.parse(expected.get("time_gmt8").asString())
                        .toInstant());
        StringBuilder items = new StringBuilder();
        boolean truncated = false;
        for (JsonNode item : expected.get("extras")) {
            if (item.path("truncated").asBoolean(false)) {
                truncated = true;
            } else {
                items.append(item.get("id").asString().substring(2).toLowerCase(Locale.ROOT))
                        .append("%02x".formatted(item.get("len").asInt()))
                        .append(item.get("hex").asString());
            }
        }
        assertThat(items(row)).as(source).isEqualTo(items.toString());
        assertThat(body.itemsTruncated()).as(source).isEqualTo(truncated);
    }

    @Property(tries = 500)
    void noBytesThrowAndTheItemsKeptAreWhole(@ForAll @Size(max = 120) byte[] bytes) {
        PositionBatch rows = new PositionBatch(1);
        int row = new LocationBody().append(bytes, 0, bytes.length, 1, Datum.GCJ02, RECEIVED, rows);
        if (row != LocationBody.TOO_SHORT) {
            assertThat(Items.each(rows.itemBytes(), rows.itemOffset(row), rows.itemLength(row), (_, _, _, _) -> {}))
                    .isTrue();
            assertThat(rows.longitude(row)).isNotNaN();
        } else {
            assertThat(bytes.length).isLessThan(28);
        }
    }

    @Test
    void framingAndDecodingAllocateNothing() {
        byte[] wire = Hex.bytes(FrameReaderTest.LOCATION_2013);
        FrameReader reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
        PositionBatch rows = new PositionBatch(1024);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().threadId();
        decode(reader, wire, rows, 20_000);
        long before = threads.getThreadAllocatedBytes(id);
        decode(reader, wire, rows, 100_000);
        long allocated = threads.getThreadAllocatedBytes(id) - before;

        assertThat(allocated).as("bytes for 100,000 frames").isLessThan(10_000);
        assertThat(rows.size()).isPositive();
    }

    private void decode(FrameReader reader, byte[] wire, PositionBatch rows, int frames) {
        for (int i = 0; i < frames; i++) {
            int at = 0;
            while (at < wire.length) {
                at = reader.read(wire, at, wire.length);
                if (reader.complete()) {
                    Frame frame = reader.frame();
                    if (rows.isFull()) {
                        rows.clear();
                    }
                    body.append(frame.bytes(), frame.bodyOffset(), frame.bodyLength(), 7, Datum.GCJ02, RECEIVED, rows);
                }
            }
        }
    }

    private void assertFlags(String hex, PositionFlag... flags) {
        int expected = 0;
        for (PositionFlag flag : flags) {
            expected |= flag.mask();
        }
        int row = append(hex, Datum.WGS84);
        assertThat(PositionFlag.labels(batch.flags(row))).as(hex).isEqualTo(PositionFlag.labels(expected));
        assertThat(batch.speed(row)).isEqualTo(6f);
    }

    private int append(String hex, Datum datum) {
        byte[] bytes = Hex.bytes(hex);
        return body.append(bytes, 0, bytes.length, 7, datum, RECEIVED, batch);
    }

    private long item(int row, int id) {
        return Items.unsigned(batch.itemBytes(), batch.itemOffset(row), batch.itemLength(row), id);
    }

    private String items(int row) {
        return HexFormat.of()
                .formatHex(batch.itemBytes(), batch.itemOffset(row), batch.itemOffset(row) + batch.itemLength(row));
    }
}
