package org.farwatch.api.telemetry;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.RunningService;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import org.farwatch.geo.track.Track;
import tools.jackson.databind.JsonNode;

/** Positions of one device made for a test, and the way into the running service's store. */
final class DayOfPositions {
    /** Mileage: id, length, DWORD. */
    private static final byte[] ODOMETER = {0x01, 4, 0, 0, 0, 0};

    private final RunningService service = RunningService.shared();
    private final Random random = new Random(11);
    final List<Fix> fixes = new ArrayList<>();
    private long time;
    private double longitude = 121.47;

    record Fix(long time, double longitude, double latitude, float speed, int flags, long mileage) {}

    DayOfPositions(LocalDate day, int secondOfDay) {
        time = DeviceDays.start(day).toEpochMilli() + secondOfDay * 1000L;
    }

    /** One a second, with jitter of two metres; {@code metres} a second to the east. */
    DayOfPositions go(int seconds, double metres) {
        for (int i = 0; i < seconds; i++) {
            longitude += metres / 95_200;
            double jitter = random.nextGaussian() * 2e-5;
            fixes.add(new Fix(time, longitude + jitter, 31.23 + jitter, (float) (metres * 3.6), 0, -1));
            time += 1000;
        }
        return this;
    }

    DayOfPositions silent(int seconds, double metres) {
        time += seconds * 1000L;
        longitude += metres / 95_200;
        return this;
    }

    /** All of it in a track, as it is meant to be stored. */
    Track track() {
        Track track = new Track();
        for (Fix fix : fixes) {
            track.add(
                    fix.time(), fix.longitude(), fix.latitude(), fix.speed(), Float.NaN, 0, fix.flags(), fix.mileage());
        }
        return track;
    }

    /** @return what became of each, in order */
    List<StoreResult> store(int device, List<Fix> some) throws Exception {
        List<StoreResult> results = new ArrayList<>();
        for (int from = 0; from < some.size(); from += PositionBatch.DEFAULT_ROWS) {
            List<Fix> part = some.subList(from, Math.min(some.size(), from + PositionBatch.DEFAULT_ROWS));
            PositionBatch batch = new PositionBatch(part.size());
            for (Fix fix : part) {
                int row = batch.append(device, fix.time(), System.currentTimeMillis(), fix.time());
                batch.place(row, fix.longitude(), fix.latitude());
                batch.motion(row, Float.NaN, fix.speed(), 90);
                batch.flags(row, fix.flags());
                if (fix.mileage() >= 0) {
                    int at = batch.reserveItems(ODOMETER.length);
                    System.arraycopy(ODOMETER, 0, batch.itemBytes(), at, ODOMETER.length);
                    for (int i = 0; i < 4; i++) {
                        batch.itemBytes()[at + 2 + i] = (byte) (fix.mileage() >>> 8 * (3 - i));
                    }
                }
            }
            CompletableFuture<PositionBatch> done = new CompletableFuture<>();
            service.bean(PositionStore.class).accept(batch, done::complete);
            PositionBatch back = done.get(60, TimeUnit.SECONDS);
            for (int row = 0; row < back.size(); row++) {
                results.add(back.result(row));
            }
        }
        return results;
    }

    /** A vehicle terminal of the register. @return its public id */
    static String device(RunningService service, String squadId) {
        String phone = Long.toString(19_000_000_000L + System.nanoTime() % 900_000_000L);
        JsonNode made = service.call(
                        "POST",
                        "/api/v1/devices",
                        squadId == null
                                ? java.util.Map.of(
                                        "name",
                                        "巡逻车" + phone,
                                        "kind",
                                        "vehicle-terminal",
                                        "protocol",
                                        "jt808",
                                        "protocolId",
                                        phone)
                                : java.util.Map.of(
                                        "name",
                                        "巡逻车" + phone,
                                        "kind",
                                        "vehicle-terminal",
                                        "protocol",
                                        "jt808",
                                        "protocolId",
                                        phone,
                                        "squadId",
                                        squadId))
                .body();
        return made.path("id").asString();
    }
}
