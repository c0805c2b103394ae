package org.farwatch.ingest.jt809;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.geo.Datum;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.FaultKind;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Frames of public test suites, beside the project. */
class CapturedFramesTest {
    private static List<JsonNode> captured() throws IOException {
        String folder = System.getProperty("farwatch.shared", "");
        Path file = Path.of(folder, "data", "jt809", "frames.jsonl");
        boolean there = !folder.isEmpty() && Files.isReadable(file);
        if (!there) {
            System.out.println("skipped: no ../shared (" + file + ")");
        }
        Assumptions.assumeTrue(there, "skipped: no ../shared");
        JsonMapper json = JsonMapper.builder().build();
        return Files.readAllLines(file).stream().map(json::readTree).toList();
    }

    @Test
    void everyHeaderIsReadAsDerivedAndEveryWrongChecksumRefused() throws IOException {
        List<JsonNode> all = captured();
        assertThat(all).hasSize(19);
        for (JsonNode line : all) {
            JsonNode derived = line.get("derived");
            boolean right = line.get("crc_ok").asBoolean();
            Frame frame = captured(line, right);
            if (right) {
                assertThat(frame.fault()).as(line.get("source").asString()).isNull();
                assertThat(frame.length() + 2)
                        .isEqualTo(derived.get("actual_unescaped_len").asInt());
            } else {
                assertThat(frame.fault()).isIn(FaultKind.BAD_CHECKSUM, FaultKind.BAD_ESCAPE);
            }
            assertThat(frame.statedLength())
                    .isEqualTo(derived.get("length_field").asLong());
            assertThat(frame.serial()).isEqualTo(derived.get("sn").asLong());
            assertThat("0x%04X".formatted(frame.messageId()))
                    .isEqualToIgnoringCase(derived.get("msg_id").asString());
            assertThat(frame.accessCode())
                    .isEqualTo(derived.get("gnss_center_id").asLong());
            assertThat("%06x".formatted(frame.version()))
                    .isEqualTo(derived.get("version").asString());
            assertThat(frame.encrypted()).isEqualTo(derived.get("encrypt").asInt() == 1);
            assertThat(frame.key()).isEqualTo(derived.get("encrypt_key").asLong());
        }
    }

    /** As on the wire; a few were collected un-escaped, so their CRC is right only when nothing is unescaped. */
    private static Frame captured(JsonNode line, boolean right) {
        byte[] bytes = Frames.hex(line.get("hex").asString());
        Frame frame = Frames.first(bytes);
        if (right && frame.fault() != null) {
            frame = new Frame();
            frame.accept(java.util.Arrays.copyOfRange(bytes, 1, bytes.length - 1), bytes.length - 2, null);
        }
        return frame;
    }

    /** A platform that puts the fields of 2011 into the wrapper of 2019: 2025-09-29 17:54:43 GMT+8 near Luoyang. */
    @Test
    void aPositionOf2011WithinTheWrapperOf2019IsUnderstood() throws IOException {
        List<PositionBatch> found = new ArrayList<>();
        for (JsonNode line : captured()) {
            if (line.get("source").asString().contains("0x1200_0x1202Test")) {
                Frame frame = Frames.first(Frames.hex(line.get("hex").asString()));
                assertThat(frame.edition()).isEqualTo(Edition.V2019);
                PositionBatch batch = new PositionBatch(1);
                int from = frame.bodyOffset() + VehicleMessages.HEAD;
                int length = frame.bodyLength() - VehicleMessages.HEAD;
                int row =
                        new PositionBody().append(Edition.V2019, frame.bytes(), from, length, 1, Datum.WGS84, 0, batch);
                assertThat(row).isZero();
                found.add(batch);
            }
        }
        assertThat(found).singleElement().satisfies(batch -> {
            assertThat(batch.longitude(0)).isEqualTo(112.414833);
            assertThat(batch.latitude(0)).isEqualTo(34.674454);
            assertThat(java.time.Instant.ofEpochMilli(batch.fixTime(0))).isEqualTo("2025-09-29T09:54:43Z");
            assertThat(batch.status(0)).isEqualTo(0x40003);
            assertThat(batch.alarms(0)).isEqualTo(1);
        });
    }
}
