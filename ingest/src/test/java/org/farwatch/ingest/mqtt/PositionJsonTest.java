package org.farwatch.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.farwatch.geo.Datum;
import org.farwatch.geo.Datums;
import org.farwatch.geo.Items;
import org.farwatch.geo.LonLat;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionJsonTest {
    private static final long NOW = 1_795_225_647_000L;
    private static final String TIME = "\"fixTime\":\"2026-11-21T01:47:27Z\"";
    private static final String PLACE = "\"longitude\":121.473701,\"latitude\":31.230416";

    private final PositionJson json = new PositionJson(1000);
    private final PositionBatch batch = new PositionBatch(64);
    private final KnownDevice device = device(Datum.WGS84);

    private static KnownDevice device(Datum datum) {
        return new KnownDevice(7, "mqtt-p1", Protocol.MQTT, "p1", datum);
    }

    private PositionJson.Outcome decode(String payload) {
        return decode(payload, device);
    }

    private PositionJson.Outcome decode(String payload, KnownDevice from) {
        return json.decode(payload.getBytes(StandardCharsets.UTF_8), from, NOW + 5, () -> batch);
    }

    @Test
    void everyFieldArrivesInItsColumn() {
        PositionJson.Outcome outcome = decode("{" + TIME + "," + PLACE + ",\"speed\":22.8,\"heading\":85.4,"
                + "\"altitude\":14.2,\"satellites\":12,\"accuracy\":3.5,\"battery\":77,\"valid\":true,"
                + "\"vendor\":{\"speed\":[1,{\"fixTime\":null}]}}");

        assertThat(outcome.fault()).isNull();
        assertThat(batch.size()).isEqualTo(1);
        assertThat(batch.device(0)).isEqualTo(7);
        assertThat(batch.fixTime(0)).isEqualTo(NOW);
        assertThat(batch.receiveTime(0)).isEqualTo(NOW + 5);
        assertThat(batch.longitude(0)).isEqualTo(121.473701);
        assertThat(batch.latitude(0)).isEqualTo(31.230416);
        assertThat(batch.speed(0)).isEqualTo(22.8f);
        assertThat(batch.heading(0)).isEqualTo(85.4f);
        assertThat(batch.altitude(0)).isEqualTo(14.2f);
        assertThat(batch.accuracy(0)).isEqualTo(3.5f);
        assertThat(batch.flags(0)).isZero();
        assertThat(item(Items.SATELLITES)).isEqualTo(12);
        assertThat(item(Items.BATTERY)).isEqualTo(77);
    }

    private long item(int id) {
        return Items.unsigned(batch.itemBytes(), batch.itemOffset(0), batch.itemLength(0), id);
    }

    @Test
    void whatIsNotSentOrNullIsAbsent() {
        decode("{" + TIME + "," + PLACE + ",\"speed\":null,\"battery\":null,\"datum\":null}");

        assertThat(batch.speed(0)).isNaN();
        assertThat(batch.heading(0)).isNaN();
        assertThat(batch.altitude(0)).isNaN();
        assertThat(batch.accuracy(0)).isNaN();
        assertThat(batch.itemLength(0)).isZero();
    }

    @Test
    void epochMillisecondsAreATimeAndZeroIsNone() {
        decode("[{\"fixTime\":" + NOW + "," + PLACE + "},{\"fixTime\":0," + PLACE + "}]");

        assertThat(batch.fixTime(0)).isEqualTo(NOW);
        assertThat(batch.fixTime(1)).isEqualTo(NOW + 5);
        assertThat(batch.flags(1)).isEqualTo(PositionFlag.NO_TIME.mask());
    }

    @Test
    void wildClocksAreFlaggedAsWithEveryProtocol() {
        decode("[{\"fixTime\":" + (NOW + 3_600_000) + "," + PLACE + "},{\"fixTime\":" + (NOW - 1024L * 7 * 86_400_000)
                + "," + PLACE + "}]");

        assertThat(batch.fixTime(0)).isEqualTo(NOW + 3_600_000);
        assertThat(PositionFlag.FUTURE_TIME.in(batch.flags(0))).isTrue();
        assertThat(PositionFlag.CLOCK_ROLLOVER.in(batch.flags(1))).isTrue();
    }

    @Test
    void coordinatesOfAnOffsetDatumBecomeWgs84() {
        LonLat gcj = new LonLat(121.473701, 31.230416);
        Datums.fromWgs84(gcj, Datum.GCJ02);
        String offset = "\"longitude\":" + gcj.longitude() + ",\"latitude\":" + gcj.latitude();

        decode("{" + TIME + "," + offset + ",\"datum\":\"GCJ02\"}");
        decode("{" + TIME + "," + offset + "}", device(Datum.GCJ02));
        decode("{" + TIME + "," + offset + ",\"datum\":\"WGS84\"}", device(Datum.GCJ02));

        for (int row = 0; row < 2; row++) {
            assertThat(batch.longitude(row)).isCloseTo(121.473701, within(1e-8));
            assertThat(batch.latitude(row)).isCloseTo(31.230416, within(1e-8));
            assertThat(batch.flags(row)).isEqualTo(PositionFlag.DATUM_CONVERTED.mask());
        }
        assertThat(batch.longitude(2)).isEqualTo(gcj.longitude());
        assertThat(batch.flags(2)).isZero();
    }

    @Test
    void withoutAFixTheCoordinatesMayBeAbsent() {
        PositionJson.Outcome outcome =
                decode("[{" + TIME + ",\"valid\":false},{" + TIME + "," + PLACE + ",\"valid\":false}]");

        assertThat(outcome.fault()).isNull();
        assertThat(batch.longitude(0)).isNaN();
        assertThat(batch.flags(0)).isEqualTo(PositionFlag.NO_FIX.mask());
        assertThat(batch.longitude(1)).isEqualTo(121.473701);
        assertThat(batch.flags(1)).isEqualTo(PositionFlag.NO_FIX.mask());
    }

    @Test
    void noughtNoughtAndWhatIsNotOnTheGlobeIsFlagged() {
        decode("[{" + TIME + ",\"longitude\":0,\"latitude\":0.0},{" + TIME + ",\"longitude\":181,\"latitude\":31},{"
                + TIME + ",\"longitude\":0,\"latitude\":31}]");

        assertThat(batch.flags(0)).isEqualTo(PositionFlag.ZERO_POSITION.mask());
        assertThat(batch.flags(1)).isEqualTo(PositionFlag.ZERO_POSITION.mask());
        assertThat(batch.longitude(1)).isEqualTo(181);
        assertThat(batch.flags(2)).isZero();
    }

    @Test
    void aPositionSentAgainHasTheSameHashAndEveryValueCounts() {
        String base = "{" + TIME + "," + PLACE + ",\"speed\":5,\"satellites\":9}";
        decode(base);
        decode("{\"satellites\":9,\"speed\":5.0,\"latitude\":31.230416,\"longitude\":121.473701,\"fixTime\":" + NOW
                + "}");
        decode(base.replace("5", "6"));
        decode(base.replace("9", "8"));
        decode("{" + TIME + "," + PLACE + ",\"speed\":5,\"satellites\":9,\"valid\":false}");
        decode(base, device(Datum.GCJ02));

        assertThat(batch.bodyHash(1)).isEqualTo(batch.bodyHash(0));
        assertThat(batch.bodyHash(2)).isNotEqualTo(batch.bodyHash(0));
        assertThat(batch.bodyHash(3)).isNotEqualTo(batch.bodyHash(0));
        assertThat(batch.bodyHash(4)).isNotEqualTo(batch.bodyHash(0));
        // The datum is not part of what was sent: entering it in the register later makes no doubles.
        assertThat(batch.bodyHash(5)).isEqualTo(batch.bodyHash(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"longitude":1,"latitude":2}                                   | position.fixTime must be given
            {"fixTime":0,"latitude":2}                                     | position.longitude must be given unless both are absent and valid is false
            {"fixTime":0,"longitude":2,"valid":false}                      | position.latitude must be given unless both are absent and valid is false
            {"fixTime":1795225647,"longitude":1,"latitude":2}              | position.fixTime must be 0 for no time or milliseconds since 1970 from March 1973 on, was 1795225647
            {"fixTime":99999999999999999999,"longitude":1,"latitude":2}    | position.fixTime must be ISO 8601 with offset or Z, or milliseconds since 1970, was 99999999999999999999
            {"fixTime":"yesterday","longitude":1,"latitude":2}             | position.fixTime must be ISO 8601 with offset or Z, or milliseconds since 1970, was "yesterday"
            {"fixTime":0,"longitude":1e999,"latitude":2}                   | position.longitude must be a finite number, was 1e999
            {"fixTime":0,"longitude":1,"latitude":2,"heading":361}         | position.heading must be a number from 0 to 360, was 361
            {"fixTime":0,"longitude":1,"latitude":2,"speed":-0.1}          | position.speed must be a number from 0 to 2000, was -0.1
            {"fixTime":0,"longitude":1,"latitude":2,"battery":[100]}       | position.battery must be a number from 0 to 100, was an array
            {"fixTime":0,"longitude":1,"latitude":2,"satellites":256}      | position.satellites must be a number from 0 to 255, was 256
            {"fixTime":0,"longitude":1,"latitude":2,"valid":"yes"}         | position.valid must be true or false, was "yes"
            {"fixTime":0,"longitude":1,"latitude":2,"datum":"MARS"}        | position.datum must be WGS84, CGCS2000, GCJ02 or BD09, was "MARS"
            [3]                                                            | position[0] must be an object, was 3
            {"_type":"location","lat":1,"lon":2}                           | position.tst must be given, in seconds since 1970
            {"_type":"location","tst":1795225647,"lat":1}                  | position.lon must be given
            {"_type":"location","tst":1795225647,"lat":1,"lon":"east"}     | position.lon must be a finite number, was "east"
            """)
    void aBrokenRuleIsNamedWithFieldAndValue(String payload, String reason) {
        PositionJson.Outcome outcome = decode(payload);

        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(outcome.fault()).isEqualTo(FaultKind.BAD_BODY);
        assertThat(batch.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''            | MALFORMED
            hello         | MALFORMED
            {"fixTime":   | MALFORMED
            {}{}          | BAD_BODY
            [] 1          | MALFORMED
            7             | BAD_BODY
            {"a":[[[[[[[[[[[[[[[[[[ | MALFORMED
            {"_type":"transition","event":"enter"} | UNKNOWN_MESSAGE
            """)
    void whatIsNoPositionIsSaidToBeNone(String payload, FaultKind fault) {
        PositionJson.Outcome outcome = decode(payload);

        assertThat(outcome.fault()).isEqualTo(fault);
        assertThat(outcome.bad()).isEqualTo(1);
        assertThat(batch.isEmpty()).isTrue();
    }

    @Test
    void anEmptyArrayIsNoFault() {
        assertThat(decode("[]").fault()).isNull();
    }

    @Test
    void whatCameBeforeTheBreakIsKept() {
        PositionJson.Outcome outcome = decode("[{" + TIME + "," + PLACE + "},{" + TIME + ",\"longi");

        assertThat(outcome.fault()).isEqualTo(FaultKind.MALFORMED);
        assertThat(outcome.reason()).doesNotContain("Source").startsWith("the payload must be JSON: Unexpected end");
        assertThat(batch.size()).isEqualTo(1);
    }

    @Test
    void severalBadPositionsAreCounted() {
        PositionJson.Outcome outcome = decode("[1,{" + TIME + "," + PLACE + "},{},{" + TIME + "}]");

        assertThat(outcome.bad()).isEqualTo(3);
        assertThat(outcome.reason()).isEqualTo("position[0] must be an object, was 1; and 2 more");
        assertThat(batch.size()).isEqualTo(1);
    }

    @Test
    void moreThanTheAllowedPositionsAreNotRead() {
        PositionJson two = new PositionJson(2);
        String one = "{" + TIME + "," + PLACE + "}";
        byte[] payload = ("[" + one + "," + one + "," + one + "]").getBytes(StandardCharsets.UTF_8);

        PositionJson.Outcome outcome = two.decode(payload, device, NOW, () -> batch);

        assertThat(outcome.fault()).isEqualTo(FaultKind.OVER_LIMIT);
        assertThat(outcome.reason())
                .isEqualTo("position[2] and what follows is not read: a message must have at most 2 positions");
        assertThat(batch.size()).isEqualTo(2);
    }

    @Test
    void ownTracksSaysMinusOneForUnknown() {
        PositionJson.Outcome outcome = decode("{\"_type\":\"location\",\"tst\":1795225647,\"lat\":31.23,\"lon\":121.47,"
                + "\"vel\":-1,\"cog\":-1,\"acc\":-1,\"batt\":-1,\"speed\":\"fast\"}");

        assertThat(outcome.fault()).isNull();
        assertThat(batch.speed(0)).isNaN();
        assertThat(batch.heading(0)).isNaN();
        assertThat(batch.accuracy(0)).isNaN();
        assertThat(batch.itemLength(0)).isZero();
    }

    /** No byte sequence makes the decoder throw, and each either gives rows or says why not. */
    @Property(tries = 2000)
    void anyBytesAreDecodedOrExplained(@ForAll byte[] payload) {
        PositionJson.Outcome outcome = new PositionJson(10).decode(payload, device, NOW, () -> new PositionBatch(1));

        assertThat(outcome.fault() == null).isEqualTo(outcome.bad() == 0);
    }
}
