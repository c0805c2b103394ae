package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farwatch.ingest.jt808.WireClient.general;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.farwatch.ingest.FaultKind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** All captured frames, traps included, over one real connection. */
class CapturedFramesTest {
    /** Their positions are stored, but the independent decoder did not look into them. */
    private static final Set<String> ANSWERS_WITH_POSITION = Set.of("0x0201", "0x0500");

    private static final int COMPARED_HEADERS = 390;
    private static final String PROBE = "19999999999";

    @Test
    void noCapturedFrameBreaksTheConnectionAndEachIsStoredOrRefusedForAReason() throws IOException {
        List<JsonNode> captured = Shared.frames();
        int stored = 0;
        int refused = 0;
        try (ServerUnderTest server = new ServerUnderTest(new Register().selfRegistering());
                WireClient terminal = server.connect(Layout.V2013, PROBE)) {
            for (JsonNode frame : captured) {
                String what = frame.get("source").asString();
                int rowsBefore = server.store.rows().size();
                long faultsBefore = faults(server);
                terminal.send(Hex.bytes(frame.get("hex").asString()));
                probe(terminal);
                // The turn of the event loop that read the frame is over, so its rows are with the store.
                probe(terminal);
                List<MemoryStore.Row> rows = new ArrayList<>(server.store.rows());
                List<MemoryStore.Row> added = rows.subList(rowsBefore, rows.size());
                List<JsonNode> expected = positions(frame.get("derived"));
                if (faults(server) > faultsBefore) {
                    refused++;
                } else if (!ANSWERS_WITH_POSITION.contains(
                        frame.get("derived").path("msg_id").asString(""))) {
                    assertThat(added).as(what).hasSize(expected.size());
                    stored += added.size();
                }
                for (int i = 0; i < added.size() && i < expected.size(); i++) {
                    assertSame(added.get(i), expected.get(i), what);
                }
            }
            assertThat(stored).isGreaterThanOrEqualTo(60);
            assertThat(refused).isPositive();
            assertThat(server.faults(FaultKind.BAD_CHECKSUM)).isBetween(25L, 40L);
            assertThat(server.server.counters().acknowledgedRows())
                    .isEqualTo(server.store.rows().size());
            assertThat(server.server.counters().openConnections()).isEqualTo(1);
        }
    }

    /** Header fields of every frame that is whole by itself, as an independent decoder read them. */
    @Test
    void headersOfAllCapturedFramesAreReadAsAnotherDecoderReadsThem() throws IOException {
        int compared = 0;
        for (JsonNode captured : Shared.frames()) {
            JsonNode derived = captured.get("derived");
            byte[] wire = Hex.bytes(captured.get("hex").asString());
            FrameReader reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
            int end = reader.read(wire, 0, wire.length);
            Frame frame = reader.frame();
            boolean one = derived.has("msg_id") && end == wire.length && reader.complete();
            if (one && captured.get("checksum_ok").asBoolean(false) && frame.hasHeader()) {
                String what = captured.get("source").asString();
                assertThat("0x%04X".formatted(frame.messageId()))
                        .as(what)
                        .isEqualTo(derived.get("msg_id").asString());
                assertThat(frame.phoneDigits())
                        .as(what)
                        .isEqualTo(derived.get("phone_bcd").asString());
                assertThat(frame.serial())
                        .as(what)
                        .isEqualTo(derived.get("serial").asInt());
                assertThat(frame.v2019())
                        .as(what)
                        .isEqualTo(derived.get("v2019_flag").asBoolean());
                assertThat(frame.encryption())
                        .as(what)
                        .isEqualTo(derived.get("encrypt_bits").asInt());
                assertThat(frame.subPackage())
                        .as(what)
                        .isEqualTo(derived.get("subpackage").asBoolean());
                if (frame.subPackage()) {
                    assertThat(frame.packageTotal())
                            .as(what)
                            .isEqualTo(derived.get("pkg_total").asInt());
                    assertThat(frame.packageIndex())
                            .as(what)
                            .isEqualTo(derived.get("pkg_index").asInt());
                }
                if (frame.fault() != FaultKind.NOT_BCD_PHONE) {
                    boolean lengths = frame.fault() != FaultKind.BAD_LENGTH && !frame.longerThanStated();
                    assertThat(lengths)
                            .as(what)
                            .isEqualTo(derived.get("body_len_matches").asBoolean());
                }
                compared++;
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(COMPARED_HEADERS);
    }

    private static void probe(WireClient terminal) throws IOException {
        int serial = terminal.send(MessageId.HEARTBEAT, "");
        String answer = "";
        while (!answer.equals(general(serial, MessageId.HEARTBEAT, 0))) {
            answer = terminal.reply();
        }
    }

    private static List<JsonNode> positions(JsonNode derived) {
        List<JsonNode> positions = new ArrayList<>();
        if (derived.has("location")) {
            positions.add(derived.get("location"));
        }
        derived.path("batch").path("items").forEach(positions::add);
        return positions;
    }

    private static void assertSame(MemoryStore.Row row, JsonNode expected, String what) {
        assertThat(row.latitude()).as(what).isEqualTo(expected.get("lat").asDouble());
        assertThat(row.longitude()).as(what).isEqualTo(expected.get("lon").asDouble());
        assertThat(row.speed()).as(what).isEqualTo(expected.get("speed_kmh").floatValue());
        assertThat(row.alarms()).as(what).isEqualTo((int) expected.get("alarm").asLong());
        assertThat(row.fixTime())
                .as(what)
                .isEqualTo(OffsetDateTime.parse(expected.get("time_gmt8").asString())
                        .toInstant()
                        .toEpochMilli());
    }

    private static long faults(ServerUnderTest server) {
        long faults = 0;
        for (FaultKind kind : FaultKind.values()) {
            faults += server.faults(kind);
        }
        return faults;
    }
}
