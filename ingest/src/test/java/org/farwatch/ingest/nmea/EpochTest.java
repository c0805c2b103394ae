package org.farwatch.ingest.nmea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.farwatch.geo.Datum;
import org.farwatch.geo.Items;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EpochTest {
    private static final KnownDevice DEVICE = new KnownDevice(1, "nmea-1", Protocol.NMEA, "1", Datum.WGS84);
    private static final long RECEIVED = Instant.parse("2026-11-21T01:47:30Z").toEpochMilli();
    private static final String GGA = "$BDGGA,014727.00,3113.82496,N,12128.42206,E,1,12,0.9,14.2,M,8.5,M,,*71";
    private static final String RMC = "$BDRMC,014727.00,A,3113.82496,N,12128.42206,E,12.30,085.4,211126,,,A*4D";
    private static final int BEIDOU = 1 << 19;

    private final PositionBatch batch = new PositionBatch(64);

    /** With its checksum. */
    private static String sentence(String content) {
        int sum = 0;
        for (int i = 0; i < content.length(); i++) {
            sum ^= content.charAt(i);
        }
        return "$%s*%02X".formatted(content, sum);
    }

    private NmeaText.Outcome decode(long receivedMillis, String... lines) {
        return new NmeaText()
                .decode(
                        String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1),
                        DEVICE,
                        receivedMillis,
                        () -> batch);
    }

    private NmeaText.Outcome decode(String... lines) {
        return decode(RECEIVED, lines);
    }

    private Instant fixTime(int row) {
        return Instant.ofEpochMilli(batch.fixTime(row));
    }

    @Test
    void rmcAndGgaOfOneMomentAreOneFixInEitherOrder() {
        assertThat(decode(GGA, RMC).fault()).isNull();
        assertThat(decode(RMC, GGA).fault()).isNull();
        assertThat(batch.size()).isEqualTo(2);
        for (int row = 0; row < 2; row++) {
            assertThat(fixTime(row)).isEqualTo("2026-11-21T01:47:27Z");
            assertThat(batch.latitude(row)).isCloseTo(31.230416, within(1e-7));
            assertThat(batch.longitude(row)).isCloseTo(121.473701, within(1e-7));
            assertThat(batch.speed(row)).isCloseTo(22.7796f, within(0.001f));
            assertThat(batch.heading(row)).isEqualTo(85.4f);
            assertThat(batch.altitude(row)).isEqualTo(14.2f);
            assertThat(batch.flags(row)).isZero();
            assertThat(batch.status(row) & BEIDOU).isNotZero();
            assertThat(item(row, Items.SATELLITES)).isEqualTo(12);
            assertThat(item(row, Items.HDOP)).isEqualTo(90);
        }
        assertThat(batch.bodyHash(0)).isEqualTo(batch.bodyHash(1));
    }

    private long item(int row, int id) {
        return Items.unsigned(batch.itemBytes(), batch.itemOffset(row), batch.itemLength(row), id);
    }

    @Test
    void beidouIsProvenByItsTalkerOrByGsaOfSystemFourThatListsSatellites() {
        String combined = RMC.replace("$BD", "$GN").replace("*4D", "*47");
        decode(sentence(combined.substring(1, combined.length() - 3)));
        assertThat(batch.status(0) & BEIDOU).as("GN alone proves nothing").isZero();
        decode(
                "$GNGSA,A,3,06,09,16,19,,,,,,,,,1.8,0.9,1.5,4*30",
                sentence("GNRMC,014728.00,A,3113.8,N,12128.4,E,1,2,211126,,,A"));
        assertThat(batch.status(1) & BEIDOU).isNotZero();
        decode(
                sentence("GNGSA,A,3,,,,,,,,,,,,,1.8,0.9,1.5,4"),
                sentence("GNRMC,014729.00,A,3113.8,N,12128.4,E,1,2,211126,,,A"));
        assertThat(batch.status(2) & BEIDOU).as("an empty list proves nothing").isZero();
        decode(
                "$GBGSV,2,1,05,06,45,120,38,09,30,200,35,16,62,310,42,19,15,045,28,1*71",
                sentence("GNRMC,014730.00,A,3113.8,N,12128.4,E,1,2,211126,,,A"));
        assertThat(batch.status(3) & BEIDOU).as("in view is not used").isZero();
    }

    @Test
    void theDateOfALaterMomentIsTheLastHeardAndAcrossMidnightTheNextDay() {
        decode(
                sentence("GNRMC,235959.00,A,3113.8,N,12128.4,E,1,2,311226,,,A"),
                sentence("GNGGA,235959.00,3113.8,N,12128.4,E,1,8,1,10,M,0,M,,"),
                sentence("GNGGA,000000.00,3113.8,N,12128.4,E,1,8,1,10,M,0,M,,"));
        assertThat(fixTime(0)).isEqualTo("2026-12-31T23:59:59Z");
        assertThat(fixTime(1)).isEqualTo("2027-01-01T00:00:00Z");
    }

    @Test
    void aTimeWithoutAnyDateIsTheLastBeforeItsReceipt() {
        long midnight = Instant.parse("2026-11-21T00:00:01Z").toEpochMilli();
        decode(midnight, sentence("GNGGA,235959.50,3113.8,N,12128.4,E,1,8,1,10,M,0,M,,"));
        assertThat(fixTime(0)).isEqualTo("2026-11-20T23:59:59.500Z");
    }

    @Test
    void aReceiverWhoseWeeksRolledOverIsFlaggedAndLosesNothing() {
        decode(sentence("GPRMC,014727.00,A,3113.8,N,12128.4,E,1,2,070407,,,A"));
        assertThat(PositionFlag.labels(batch.flags(0))).containsExactly("clock-rollover");
    }

    @Test
    void aSpeedOrCourseThatIsNoneIsLeftOutAndOneThatRoundsTo360IsNorth() {
        decode(
                sentence("GPRMC,014727.00,A,3113.8,N,12128.4,E,-1,-2,211126,,,A"),
                sentence("GPRMC,014728.00,A,3113.8,N,12128.4,E,90000,361,211126,,,A"),
                sentence("GPRMC,014729.00,A,3113.8,N,12128.4,E,1,359.999999,211126,,,A"));
        assertThat(batch.speed(0)).isNaN();
        assertThat(batch.heading(0)).isNaN();
        assertThat(batch.speed(1)).isNaN();
        assertThat(batch.heading(1)).isNaN();
        assertThat(batch.heading(2)).isZero();
    }

    @Test
    void withoutAFixThePositionIsKeptAndSaysSo() {
        decode("$GNRMC,,V,,,,,,,,,,N,V*37");
        decode("$GPGGA,123519,,,,,0,00,,,M,,M,,*6B");
        decode(sentence("GNRMC,014727.00,V,3113.8,N,12128.4,E,1,2,211126,,,N"));
        assertThat(PositionFlag.labels(batch.flags(0))).containsExactly("no-fix", "no-time");
        assertThat(PositionFlag.labels(batch.flags(1))).containsExactly("no-fix");
        assertThat(PositionFlag.labels(batch.flags(2))).containsExactly("no-fix");
        assertThat(batch.longitude(0)).isNaN();
        assertThat(batch.longitude(2)).isCloseTo(121.473333, within(1e-6));
    }

    @Test
    void anEstimatedOrSimulatedPlaceIsNoFix() {
        decode(sentence("GNGGA,014727.00,3113.8,N,12128.4,E,6,8,1,10,M,0,M,,"));
        decode(sentence("GNGGA,014728.00,3113.8,N,12128.4,E,8,8,1,10,M,0,M,,"));
        assertThat(PositionFlag.labels(batch.flags(0))).containsExactly("no-fix");
        assertThat(PositionFlag.labels(batch.flags(1))).containsExactly("no-fix");
    }

    @Test
    void aWrongSentenceIsRefusedByNameAndCostsOnlyItself() {
        assertThat(decode(GGA.replace("*71", "*72"), RMC).fault()).isEqualTo(FaultKind.BAD_CHECKSUM);
        assertThat(batch.size()).isEqualTo(1);
        assertThat(decode("$BDGGA,014727.00*4").fault()).isEqualTo(FaultKind.MALFORMED);
        assertThat(decode(sentence("BDGGA,014727.00,9913.8,N,12128.4,E,1,8,1,10,M,0,M,,"))
                        .reason())
                .isEqualTo("BDGGA: place must be ddmm.mm,N or S,dddmm.mm,E or W; was 9913.8,N,12128.4,E");
        assertThat(decode(sentence("BDGGA,014727.00,3163.8,N,12128.4,E,1,8,1,10,M,0,M,,"))
                        .fault())
                .isEqualTo(FaultKind.BAD_BODY);
        assertThat(decode("$" + "A".repeat(400)).fault()).isEqualTo(FaultKind.OVERSIZE);
        assertThat(batch.size()).isEqualTo(1);
    }

    @Test
    void everyCollectedSentenceIsReadAsDerivedOrRefused() throws IOException {
        String folder = System.getProperty("farwatch.shared", "");
        Path file = Path.of(folder, "data", "nmea", "sentences.jsonl");
        boolean there = !folder.isEmpty() && Files.isReadable(file);
        if (!there) {
            System.out.println("skipped: no ../shared (" + file + ")");
        }
        Assumptions.assumeTrue(there, "skipped: no ../shared");
        JsonMapper json = JsonMapper.builder().build();
        List<String> seen = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode node = json.readTree(line);
            String text = node.get("sentence").asString();
            batch.clear();
            NmeaText.Outcome outcome = decode(text);
            seen.add(text);
            JsonNode checksum = node.get("checksum_ok");
            if (checksum.isNull()) {
                assertThat(outcome.fault()).as(text).isEqualTo(FaultKind.MALFORMED);
            } else if (!checksum.asBoolean()) {
                assertThat(outcome.fault()).as(text).isEqualTo(FaultKind.BAD_CHECKSUM);
            } else {
                assertThat(outcome.fault()).as(text).isNull();
                same(text, node.get("derived"));
            }
        }
        assertThat(seen).hasSize(43);
    }

    private void same(String text, JsonNode derived) {
        if (derived.get("type").asString().equals("GSV")) {
            assertThat(batch.isEmpty()).as(text).isTrue();
            return;
        }
        assertThat(batch.size()).as(text).isEqualTo(1);
        if (derived.get("lat").isNull()) {
            assertThat(batch.latitude(0)).as(text).isNaN();
            return;
        }
        assertThat(batch.latitude(0)).as(text).isCloseTo(derived.get("lat").asDouble(), within(1e-8));
        assertThat(batch.longitude(0)).as(text).isCloseTo(derived.get("lon").asDouble(), within(1e-8));
        if (derived.has("time_utc")) {
            assertThat(fixTime(0))
                    .as(text)
                    .isEqualTo(Instant.parse(derived.get("time_utc").asString()));
            assertThat(batch.speed(0))
                    .as(text)
                    .isCloseTo((float) derived.get("speed_kmh").asDouble(), within(1e-3f));
        } else {
            assertThat(item(0, Items.SATELLITES))
                    .as(text)
                    .isEqualTo(derived.get("sats").asLong());
            assertThat(item(0, Items.HDOP))
                    .as(text)
                    .isEqualTo(Math.round(derived.get("hdop").asDouble() * 100));
        }
    }

    @Property(tries = 300)
    void aPlaceIsReadBack(
            @ForAll @DoubleRange(min = -89.9, max = 89.9) double latitude,
            @ForAll @DoubleRange(min = -179.9, max = 179.9) double longitude,
            @ForAll @IntRange(max = 86_399) int second) {
        PositionBatch one = new PositionBatch(2);
        String text = sentence("GBRMC,%02d%02d%02d.00,A,%s,%s,%s,%s,1.0,2.0,211126,,,A"
                .formatted(
                        second / 3600,
                        second / 60 % 60,
                        second % 60,
                        minutes(latitude),
                        latitude < 0 ? "S" : "N",
                        minutes(longitude),
                        longitude < 0 ? "W" : "E"));
        NmeaText.Outcome outcome =
                new NmeaText().decode(text.getBytes(StandardCharsets.US_ASCII), DEVICE, RECEIVED, () -> one);
        assertThat(outcome.fault()).as(text).isNull();
        assertThat(one.latitude(0)).as(text).isCloseTo(latitude, within(1e-6));
        assertThat(one.longitude(0)).as(text).isCloseTo(longitude, within(1e-6));
    }

    private static String minutes(double degrees) {
        long micro = Math.round(Math.abs(degrees) * 60 * 100_000);
        return "%d%02d.%05d".formatted(micro / 6_000_000, micro / 100_000 % 60, micro % 100_000);
    }

    @Property(tries = 500)
    void anyTextIsReadToItsEnd(@ForAll @Size(max = 600) byte[] noise, @ForAll @IntRange(max = 60) int cut) {
        byte[] text = noise.clone();
        byte[] good = (RMC + "\n" + GGA + "\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < text.length; i++) {
            // Mostly sentences with some bytes changed, so that decoders get past the first comma.
            text[i] = i % 61 == cut ? noise[i] : good[i % good.length];
        }
        PositionBatch rows = new PositionBatch(64);
        NmeaText.Outcome outcome = new NmeaText().decode(text, DEVICE, RECEIVED, () -> rows);
        assertThat(outcome.bad()).isLessThanOrEqualTo(text.length);
        assertThat(rows.size()).isLessThanOrEqualTo(1 + text.length / 60);
    }
}
