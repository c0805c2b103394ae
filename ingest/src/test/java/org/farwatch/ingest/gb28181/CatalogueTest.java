package org.farwatch.ingest.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.farwatch.ingest.gb28181.House.CAMERA;
import static org.farwatch.ingest.gb28181.House.DEVICE;
import static org.farwatch.ingest.gb28181.House.PASSWORD;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.farwatch.ingest.simulator.gb28181.DeviceReplies;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Catalogues of devices on real sockets, in whatever parts and with whatever lies they come. */
class CatalogueTest {
    private static final DeviceTraits RECORDER = DeviceTraits.proper(DEVICE, PASSWORD, House.cameras(7));

    @AfterAll
    static void closeAll() {
        House.allClosed();
    }

    /** Split and announced in several ways: five of seven said, all of them there; nine said, seven there. */
    @ParameterizedTest
    @CsvSource({"1, 7, true", "3, 7, true", "7, 7, true", "2, 9, false"})
    void catalogueComesInAnySplit(int split, int announced, boolean whole) throws IOException {
        try (House house = whole ? new House() : new House(Duration.ofSeconds(3))) {
            SimulatedDevice device = house.device(RECORDER.announcing(announced, split));
            assertThat(device.register(3600)).isEqualTo(200);
            await().atMost(Duration.ofSeconds(20)).until(() -> !house.heard.catalogues.isEmpty());
            assertThat(house.heard.catalogues.getFirst().whole()).isEqualTo(whole);
            assertThat(house.heard.catalogues.getFirst().channels()).hasSize(7);
        }
    }

    @Test
    void aCatalogueThatNobodyAskedForChangesOnlyWhatItNames() throws IOException {
        try (House house = new House()) {
            SimulatedDevice device = house.registered(RECORDER);
            List<byte[]> alone = DeviceReplies.to("Catalog", 0, DEVICE, List.of(CAMERA), 1, 1);
            assertThat(device.message(alone.getFirst())).isEqualTo(200);
            assertThat(house.heard.catalogues).hasSize(1);
            assertThat(house.heard.changes).singleElement().satisfies(change -> {
                assertThat(change.whole()).isFalse();
                assertThat(change.channels()).extracting(Channel::code).containsExactly(CAMERA);
            });
        }
    }

    @Test
    void aCatalogueThatCouldNotBeStoredIsAskedForAgain() throws IOException {
        try (House house = new House()) {
            house.heard.full = true;
            SimulatedDevice device = house.registered(RECORDER);
            assertThat(house.server.withoutCatalogue()).isEqualTo(1);
            assertThat(device.message(change())).as("nor is a change").isEqualTo(503);
            house.heard.full = false;
            assertThat(device.message(change())).isEqualTo(200);
            await().until(() -> house.server.withoutCatalogue() == 0);
            assertThat(house.heard.catalogues).hasSize(2);
        }
    }

    @Test
    void tenThousandChannelsOfAPlatformComeInSomeSeconds() throws IOException {
        try (House house = new House()) {
            DeviceTraits platform = DeviceTraits.proper("34020000002000000008", PASSWORD, House.cameras(10_000))
                    .overTcp()
                    .announcing(10_000, 100);
            house.device(platform).register(3600);
            await().atMost(Duration.ofSeconds(60)).until(() -> !house.heard.catalogues.isEmpty());
            assertThat(house.heard.catalogues.getFirst().channels()).hasSize(10_000);
            assertThat(house.heard.catalogues.getFirst().whole()).isTrue();
        }
    }

    private static byte[] change() {
        return Body.notification("Catalog", 5, DEVICE)
                .open("DeviceList", 1)
                .open("Item", -1)
                .element("DeviceID", CAMERA)
                .element("Event", "OFF")
                .close()
                .close()
                .bytes();
    }
}
