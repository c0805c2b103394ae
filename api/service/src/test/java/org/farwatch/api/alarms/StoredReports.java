package org.farwatch.api.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.RunningService;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.telemetry.PositionStore;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.StoreResult;
import tools.jackson.databind.JsonNode;

/**
 * A vehicle's terminal whose reports go straight to the store.
 *
 * @param deviceNo its internal number
 */
public record StoredReports(RunningService service, String id, int deviceNo) {
    public static StoredReports ofNewVehicle(RunningService service, String name) {
        long phone = ThreadLocalRandom.current().nextLong(10_000_000_000L, 19_999_999_999L);
        JsonNode made = service.call(
                        "POST",
                        "/api/v1/devices",
                        Map.of(
                                "name",
                                name,
                                "kind",
                                "vehicle-terminal",
                                "protocol",
                                "jt808",
                                "protocolId",
                                Long.toString(phone)))
                .body();
        String id = made.path("id").asString();
        return new StoredReports(
                service, id, service.bean(DeviceRegister.class).byId(id).known().no());
    }

    /**
     * One report in Shanghai.
     *
     * @param fixTime milliseconds since 1970
     * @param alarms as in {@link PositionBatch#alarms}
     */
    public void store(long fixTime, int alarms) {
        PositionBatch batch = new PositionBatch(1);
        int row = batch.append(deviceNo, fixTime, System.currentTimeMillis(), fixTime * 31 + alarms);
        batch.place(row, 121.47, 31.23);
        batch.state(row, alarms, 2);
        CompletableFuture<StoreResult> done = new CompletableFuture<>();
        service.bean(PositionStore.class).accept(batch, back -> done.complete(back.result(0)));
        assertThat(done.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(StoreResult.STORED);
    }
}
