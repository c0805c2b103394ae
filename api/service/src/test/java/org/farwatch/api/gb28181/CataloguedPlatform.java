package org.farwatch.api.gb28181;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.farwatch.api.RunningService;
import org.farwatch.ingest.simulator.camera.Scene;
import org.farwatch.ingest.simulator.gb28181.CatalogueItem;
import org.farwatch.ingest.simulator.gb28181.DeviceTraits;
import org.farwatch.ingest.simulator.gb28181.SimulatedDevice;
import tools.jackson.databind.JsonNode;

/**
 * A simulated platform with a tree of regions, business groups and virtual organisations. Its cameras stand under units
 * of a hundred, of which one in three is named as parent, as group, and as region.
 */
final class CataloguedPlatform {
    static final String PASSWORD = "common-password";
    private static final int PER_UNIT = 100;

    private final RunningService service;
    private final String code;
    private final String id;
    private final String path;
    private final String group;
    private final int cameras;
    private final boolean tcp;
    private final List<CatalogueItem> items = new ArrayList<>();
    private final List<String> units = new ArrayList<>();

    CataloguedPlatform(RunningService service, int number, int cameras, boolean tcp) {
        this.service = service;
        code = "3402000000200%07d".formatted(number + 10);
        id = "gb28181-" + code;
        path = "/api/v1/gb28181/devices/" + id;
        group = "3402000000215%07d".formatted(number);
        this.cameras = cameras;
        this.tcp = tcp;
        items.add(new CatalogueItem(group, "业务分组", code, "", ""));
        for (int camera = 0; camera < cameras; camera++) {
            int unit = camera / PER_UNIT;
            if (camera % PER_UNIT == 0) {
                units.add(unit % 3 == 2 ? "3402%04d".formatted(unit) : "3402000000216%07d".formatted(unit));
                items.add(
                        unit % 3 == 2
                                ? new CatalogueItem(units.getLast(), "街道 " + unit, "", "", "3402")
                                : new CatalogueItem(units.getLast(), "中队 " + unit, group, group, ""));
            }
            String name = "路口 %05d".formatted(camera);
            String channel = "3402000000132%07d".formatted(camera);
            items.add(
                    switch (unit % 3) {
                        case 0 -> new CatalogueItem(channel, name, group + "/" + units.getLast(), group, "3402");
                        case 1 -> new CatalogueItem(channel, name, "nobody", units.getLast(), "");
                        default -> new CatalogueItem(channel, name, "", "", units.getLast());
                    });
        }
    }

    /** First in the order of the tree, then in another, in smaller parts, while pictures are sent. */
    void storedWhileCallsRun(int calls, int split, int splitAgain) throws IOException {
        DeviceTraits traits = DeviceTraits.proper(code, PASSWORD, List.of());
        try (SimulatedDevice device = new SimulatedDevice(
                tcp ? traits.overTcp() : traits,
                "34020000002000000001",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port("SIP UDP")),
                PlainScene::new)) {
            device.lists(items, split);
            long began = System.nanoTime();
            assertThat(device.register(3600)).isEqualTo(200);
            String first = catalogued(null);
            report(split, began);
            List<JsonNode> listed = channels("");
            assertThat(listed).hasSize(items.size());
            List<String> streams = listed.stream()
                    .filter(channel -> channel.path("kind").asString().equals("camera"))
                    .map(channel -> channel.path("streamId").asString())
                    .toList();
            assertThat(streams).hasSize(cameras).doesNotHaveDuplicates();
            streams.subList(0, calls).forEach(stream -> record(stream, 1, true));
            await().atMost(Duration.ofSeconds(60)).until(() -> device.streams() == calls);
            Collections.shuffle(items, new Random(1));
            device.lists(items, splitAgain);
            began = System.nanoTime();
            assertThat(service.call("POST", path + "/catalog", null).status()).isEqualTo(202);
            catalogued(first);
            report(splitAgain, began);
            assertThat(channels("")).as("the same again").isEqualTo(listed);
            assertThat(device.streams()).isEqualTo(calls);
            streams.subList(0, calls).forEach(stream -> record(stream, 2, false));
            await().atMost(Duration.ofSeconds(60)).until(() -> device.streams() == 0);
        }
        isReadByLevels();
    }

    private void isReadByLevels() {
        long regions = units.stream().filter(unit -> unit.length() == 8).count();
        List<JsonNode> top = channels("parent=" + code);
        assertThat(top).hasSize((int) regions + 1);
        assertThat(top).allSatisfy(channel -> {
            assertThat(channel.path("under").asString()).isEqualTo(code);
            assertThat(channel.path("children").asBoolean()).isTrue();
        });
        assertThat(channels("parent=" + group)).hasSize(units.size() - (int) regions);
        for (String unit : units.subList(0, 3)) {
            List<JsonNode> level = channels("parent=" + unit);
            assertThat(level).hasSize(PER_UNIT);
            assertThat(level)
                    .allSatisfy(channel ->
                            assertThat(channel.path("children").asBoolean()).isFalse());
        }
        assertThat(channels("search=" + "路口%20no")).isEmpty();
        assertThat(channels("search=" + "路口%2001320000099"))
                .extracting(channel -> channel.path("name").asString())
                .containsExactly("路口 00099");
        assertThat(channels("search=%25")).as("a sign like any other").isEmpty();
        assertThat(service.get(path + "/channels?search=" + "x".repeat(101)).status())
                .isEqualTo(400);
    }

    /** All pages, of 300 each. */
    private List<JsonNode> channels(String query) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    service.get(path + "/channels?limit=300&" + query + cursor).body();
            page.path("items").forEach(all::add);
            cursor = page.path("next").isString()
                    ? "&cursor=" + page.path("next").asString()
                    : null;
        } while (cursor != null);
        return all;
    }

    /** When a whole catalogue other than the one before is stored. */
    private String catalogued(String before) {
        return await().atMost(Duration.ofMinutes(3))
                .until(
                        () -> {
                            for (JsonNode device : service.get("/api/v1/gb28181/devices")
                                    .body()
                                    .path("items")) {
                                if (device.path("id").asString().equals(id)
                                        && device.path("catalogueWhole").asBoolean(false)) {
                                    return device.path("catalogueAt").asString();
                                }
                            }
                            return null;
                        },
                        at -> at != null && !at.equals(before));
    }

    private void report(int split, long began) {
        System.out.printf(
                "%d channels in messages of %d over %s: stored after %d ms%n",
                items.size(), split, tcp ? "TCP" : "UDP", (System.nanoTime() - began) / 1_000_000);
    }

    private void record(String stream, int version, boolean on) {
        assertThat(service.call("PATCH", "/api/v1/streams/" + stream, Map.of("version", version, "record", on))
                        .status())
                .isEqualTo(200);
    }

    /** Small and slow: twenty are drawn and encoded on the machine that is measured. */
    private static final class PlainScene implements Scene {
        private int number;

        @Override
        public int width() {
            return 160;
        }

        @Override
        public int height() {
            return 128;
        }

        @Override
        public int rate() {
            return 5;
        }

        @Override
        public List<Corner> pavement() {
            return List.of();
        }

        @Override
        public LeftThing left() {
            return null;
        }

        @Override
        public void next(BufferedImage picture) {
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    picture.setRGB(x, y, x + y + number << 8);
                }
            }
            number++;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
