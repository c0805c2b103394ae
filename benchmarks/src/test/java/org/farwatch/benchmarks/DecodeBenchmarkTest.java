package org.farwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.farwatch.benchmarks.Frames.Shape;
import org.farwatch.geo.Items;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.jt808.Layout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The two sides of the benchmark do the same work, and on what they say. */
class DecodeBenchmarkTest {
    static Stream<Arguments> kinds() {
        return Stream.of(Layout.V2013, Layout.V2019)
                .flatMap(layout -> Stream.of(Shape.values()).map(shape -> Arguments.of(layout, shape)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void referenceAndServiceReadTheSamePositions(Layout layout, Shape shape) {
        DecodeBenchmark benchmark = new DecodeBenchmark();
        benchmark.layout = layout;
        benchmark.shape = shape;
        benchmark.prepare();

        List<ProtostarDecoder.Location> objects = benchmark.protostar();
        PositionBatch batch = benchmark.batch();

        assertThat(batch.size()).isEqualTo(objects.size()).isEqualTo(DecodeBenchmark.MESSAGES);
        for (int row = 0; row < batch.size(); row++) {
            ProtostarDecoder.Location location = objects.get(row);
            assertThat(location.header.phone).endsWith(Frames.PHONE);
            assertThat(location.time.toInstant(ZoneOffset.ofHours(8)))
                    .isEqualTo(Instant.ofEpochMilli(batch.fixTime(row)));
            assertThat(location.longitude / 1e6).isEqualTo(batch.longitude(row));
            assertThat(location.latitude / 1e6).isEqualTo(batch.latitude(row));
            assertThat(location.speed / 10.0).isCloseTo(batch.speed(row), within(1e-3));
            assertThat(location.heading).isEqualTo(Math.round(batch.heading(row)));
            assertThat(location.status).isEqualTo(batch.status(row));
            assertThat(location.items).hasSize(shape.items().size());
            long mileage =
                    Items.unsigned(batch.itemBytes(), batch.itemOffset(row), batch.itemLength(row), Items.MILEAGE);
            assertThat(location.items).containsEntry(Items.MILEAGE, mileage);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theMessagesAreAsTheShapeSays(Layout layout, Shape shape) {
        byte[] wire = Frames.locations(layout, shape, DecodeBenchmark.MESSAGES, 1);
        int escapes = 0;
        for (byte b : wire) {
            escapes += b == 0x7D ? 1 : 0;
        }
        if (shape == Shape.ESCAPED) {
            assertThat(escapes).isGreaterThanOrEqualTo(DecodeBenchmark.MESSAGES);
        } else {
            assertThat(escapes).isZero();
        }
        if (shape == Shape.TWO_ITEMS && layout == Layout.V2013) {
            assertThat(wire).hasSize(53 * DecodeBenchmark.MESSAGES);
        }
    }
}
