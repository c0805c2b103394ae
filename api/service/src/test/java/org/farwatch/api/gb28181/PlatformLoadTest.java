package org.farwatch.api.gb28181;

import java.io.IOException;
import java.util.Map;
import org.farwatch.api.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Platforms of ten thousand channels at the whole service, while twenty cameras are called. */
class PlatformLoadTest {
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

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tenThousandChannelsAreStoredAndReadByLevels(boolean tcp) throws IOException {
        new CataloguedPlatform(service, tcp ? 2 : 1, 10_000, tcp).storedWhileCallsRun(20, 20, tcp ? 1 : 10);
    }
}
