package org.farwatch.api.gb28181;

import java.io.IOException;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.farwatch.api.requirements.Proves;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A platform of a thousand channels at the whole service. */
class PlatformCatalogueTest {
    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(Map.of(
                "farwatch.gb28181.password", CataloguedPlatform.PASSWORD,
                "farwatch.video.linger", "1s",
                "farwatch.gb28181.messages-per-second", "5000",
                "farwatch.gb28181.burst", "20000",
                "farwatch.gb28181.streams-per-device", "20"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    @Proves(value = "R003", screen = "/admin/gb28181", api = "GET /gb28181/devices/{id}/channels")
    void aThousandChannelsAreStoredAndReadByLevels() throws IOException {
        new CataloguedPlatform(service, 1, 1_000, false).storedWhileCallsRun(2, 3, 50);
    }
}
