package org.farwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.farwatch.geo.Items;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.jt808.Layout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two sides of the benchmark do the same work. */
class ObjectDecoderTest {
    @ParameterizedTest
    @EnumSource(names = {"V2013", "V2019"})
    void referenceAndServiceReadTheSamePositions(Layout layout) {
        DecodeBenchmark benchmark = new DecodeBenchmark();
        benchmark.layout = layout;
        benchmark.prepare();

        List<ObjectDecoder.Location> objects = benchmark.objects();
        PositionBatch batch = benchmark.batch();

        assertThat(batch.size()).isEqualTo(objects.size()).isEqualTo(DecodeBenchmark.MESSAGES);
        for (int row = 0; row < batch.size(); row++) {
            ObjectDecoder.Location location = objects.get(row);
            assertThat(location.phone()).isEqualTo(Frames.PHONE);
            assertThat(location.time()).isEqualTo(Instant.ofEpochMilli(batch.fixTime(row)));
            assertThat(location.longitude()).isEqualTo(batch.longitude(row));
            assertThat(location.latitude()).isEqualTo(batch.latitude(row));
            assertThat(location.speed()).isCloseTo(batch.speed(row), within(1e-3));
            assertThat(location.heading()).isEqualTo(Math.round(batch.heading(row)));
            assertThat(location.status()).isEqualTo(batch.status(row));
            assertThat(location.items()).hasSize(4);
            long mileage =
                    Items.unsigned(batch.itemBytes(), batch.itemOffset(row), batch.itemLength(row), Items.MILEAGE);
            assertThat(mileage).isEqualTo(123_456 + row);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V2013", "V2019"})
    void theMessagesHoldBytesThatAreEscaped(Layout layout) {
        byte[] wire = Frames.locations(layout, DecodeBenchmark.MESSAGES, 1);
        int escapes = 0;
        for (byte b : wire) {
            escapes += b == 0x7D ? 1 : 0;
        }
        assertThat(escapes).isGreaterThan(DecodeBenchmark.MESSAGES / 2);
    }
}
