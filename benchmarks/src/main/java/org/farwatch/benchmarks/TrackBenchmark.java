package org.farwatch.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.farwatch.api.Home;
import org.farwatch.api.database.DatabaseServer;
import org.farwatch.api.database.EmbeddedDatabase;
import org.farwatch.api.telemetry.MapTrack;
import org.farwatch.api.telemetry.OffDutyRule;
import org.farwatch.api.telemetry.PositionStore;
import org.farwatch.api.telemetry.StoredTrack;
import org.farwatch.api.telemetry.TelemetrySettings;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.track.Track;
import org.farwatch.geo.trip.Journey;
import org.farwatch.geo.trip.TripRules;
import org.farwatch.ingest.RowBudget;
import org.flywaydb.core.Flyway;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * How long a day of one device at one position a second takes from the table to the bytes of an answer: as the map reads
 * it at some zooms, beside all positions as JSON, in turns. The device's rows lie among those of {@value #DEVICES}
 * others, stored in the order of time, as they would.
 */
final class TrackBenchmark {
    private static final int DEVICES = 20;
    private static final int SECONDS = 86_400;
    private static final int MOST = 1_000_000;
    private static final int FETCH = 2_000;
    private static final long GAP_MILLIS = 180_000;
    private static final double[] ZOOMS = {9, 11, 13, 16};

    /**
     * Medians over the rounds.
     *
     * @param what {@code json} is the reference; {@code zoom 11} and so on; {@code figures} reads the day and folds it
     * @param ratio of the reference's time to this one's
     */
    record Result(String what, double millis, long bytes, long gzipBytes, double ratio) {}

    private TrackBenchmark() {}

    static List<Result> run(int rounds) {
        Path folder;
        try {
            folder = Files.createTempDirectory("farwatch-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Home.open(folder), 0)) {
            DatabaseServer server = new DatabaseServer(database.url(), database.user(), database.password(), () -> {});
            Flyway.configure()
                    .dataSource(server.unpooled("bench"))
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            // A day that is over and that partitions are there for.
            Instant day =
                    LocalDate.now(ZoneOffset.UTC).minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
            fill(server, day);
            return measure(server, day, rounds);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the measurement failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            delete(folder);
        }
    }

    private static List<Result> measure(DatabaseServer server, Instant day, int rounds)
            throws SQLException, IOException {
        StoredTrack stored = new StoredTrack(server.unpooled("track"));
        List<Turn> turns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        names.add("json");
        turns.add(out -> json(server, day, out));
        for (double zoom : ZOOMS) {
            names.add("zoom " + (int) zoom);
            turns.add(out -> {
                try (MapTrack track = new MapTrack(out, "bench", zoom, GAP_MILLIS, MOST, List.of())) {
                    stored.<IOException>each(1, day, day.plus(Duration.ofDays(1)), MOST, false, track);
                }
            });
        }
        names.add("figures");
        turns.add(_ -> {
            Track track = new Track();
            stored.<IOException>each(1, day, day.plus(Duration.ofDays(1)), MOST, true, track::add);
            if (Journey.of(track, TripRules.DEFAULT).figures().points() != SECONDS) {
                throw new IllegalStateException("only " + track.size() + " positions were read");
            }
        });
        double[][] millis = new double[turns.size()][rounds];
        // The first rounds warm up and do not count.
        for (int round = -3; round < rounds; round++) {
            for (int turn = 0; turn < turns.size(); turn++) {
                long start = System.nanoTime();
                turns.get(turn).run(OutputStream.nullOutputStream());
                if (round >= 0) {
                    millis[turn][round] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        double reference = median(millis[0]);
        List<Result> results = new ArrayList<>();
        for (int turn = 0; turn < turns.size(); turn++) {
            Counted plain = new Counted();
            turns.get(turn).run(plain);
            Counted small = new Counted();
            try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
                turns.get(turn).run(gzip);
            }
            double median = median(millis[turn]);
            results.add(new Result(
                    names.get(turn), median, plain.bytes, plain.bytes == 0 ? 0 : small.bytes, reference / median));
        }
        return results;
    }

    /** Something to be timed. */
    @FunctionalInterface
    private interface Turn {
        void run(OutputStream out) throws SQLException, IOException;
    }

    /** Counts what is written. */
    private static final class Counted extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            bytes += length;
        }
    }

    /** All positions with the members that the API gives of each. */
    private static void json(DatabaseServer server, Instant day, OutputStream out) throws SQLException {
        try (Connection connection = server.unpooled("json").getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement select = connection.prepareStatement("""
                    select fix_time, receive_time, longitude, latitude, altitude, speed, heading, flags
                    from position where device_no = 1 and fix_time >= ? and fix_time < ?
                    order by fix_time, body_hash""");
                    JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
                select.setFetchSize(FETCH);
                select.setTimestamp(1, Timestamp.from(day));
                select.setTimestamp(2, Timestamp.from(day.plus(Duration.ofDays(1))));
                json.writeStartArray();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        json.writeStartObject();
                        json.writeStringProperty("deviceId", "bench");
                        json.writeStringProperty(
                                "fixTime", rows.getTimestamp(1).toInstant().toString());
                        json.writeStringProperty(
                                "receiveTime", rows.getTimestamp(2).toInstant().toString());
                        json.writeNumberProperty("longitude", rows.getDouble(3));
                        json.writeNumberProperty("latitude", rows.getDouble(4));
                        json.writeNumberProperty("altitude", rows.getFloat(5));
                        json.writeNumberProperty("speed", rows.getFloat(6));
                        json.writeNumberProperty("heading", rows.getFloat(7));
                        json.writeBooleanProperty("valid", rows.getInt(8) == 0);
                        json.writeEndObject();
                    }
                }
                json.writeEndArray();
            }
        }
    }

    /** Devices that drive for some minutes and stand for some, each with its own jitter. */
    private static void fill(DatabaseServer server, Instant day) throws SQLException, InterruptedException {
        TelemetrySettings settings = new TelemetrySettings(
                2,
                4096,
                RowBudget.DEFAULT_LIMIT,
                Duration.ofDays(400),
                Duration.ofDays(1),
                Duration.ofDays(3),
                Duration.ofMinutes(15),
                10_000);
        Random random = new Random(3);
        double[] longitude = new double[DEVICES + 1];
        double[] latitude = new double[DEVICES + 1];
        double[] heading = new double[DEVICES + 1];
        Arrays.fill(longitude, 121.45);
        Arrays.fill(latitude, 31.22);
        RowBudget budget = new RowBudget(settings.rowsInFlight());
        try (PositionStore store = new PositionStore(
                server.unpooled("store"),
                settings,
                "A".repeat(43),
                (_, _) -> OffDutyRule.KEEP,
                List.of(),
                Clock.systemUTC())) {
            PositionBatch batch = new PositionBatch(PositionBatch.DEFAULT_ROWS);
            for (int second = 0; second < SECONDS; second++) {
                for (int device = 1; device <= DEVICES; device++) {
                    boolean drives = (second / 900 + device) % 3 > 0;
                    if (drives) {
                        heading[device] += random.nextGaussian() * 0.05;
                        longitude[device] += Math.sin(heading[device]) * 1e-4;
                        latitude[device] += Math.cos(heading[device]) * 8e-5;
                    }
                    long time = day.toEpochMilli() + second * 1000L;
                    int row = batch.append(device, time, time + 900, random.nextLong());
                    batch.place(
                            row,
                            Math.rint((longitude[device] + random.nextGaussian() * 1e-5) * 1e6) / 1e6,
                            Math.rint((latitude[device] + random.nextGaussian() * 1e-5) * 1e6) / 1e6);
                    batch.motion(row, 4, drives ? 36 : 0, 90);
                    if (batch.isFull() || second == SECONDS - 1 && device == DEVICES) {
                        store(store, budget, batch);
                        batch = new PositionBatch(PositionBatch.DEFAULT_ROWS);
                    }
                }
            }
        }
        try (Connection connection = server.unpooled("bench").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze position");
        }
    }

    private static void store(PositionStore store, RowBudget budget, PositionBatch batch) throws InterruptedException {
        if (!budget.take(batch.size())) {
            CountDownLatch room = new CountDownLatch(1);
            budget.whenRoom(room::countDown);
            room.await();
        }
        store.accept(batch, done -> budget.give(done.size()));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static void delete(Path folder) {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
