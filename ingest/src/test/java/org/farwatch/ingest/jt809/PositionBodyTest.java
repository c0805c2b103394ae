package org.farwatch.ingest.jt809;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.farwatch.geo.Datum;
import org.farwatch.geo.Items;
import org.farwatch.geo.PositionBatch;
import org.farwatch.geo.PositionFlag;
import org.junit.jupiter.api.Test;

class PositionBodyTest {
    private static final long RECEIVED = Instant.parse("2012-07-19T07:15:20Z").toEpochMilli();

    /** protocols/jt809: the vector of 0x1202 in 2011. */
    static final String VECTOR = "00130707DC0F0F0F07EF4D80017018400032003300000096002D002D0000000300000101";

    private final PositionBody body = new PositionBody();
    private final PositionBatch batch = new PositionBatch(4);

    @Test
    void thePositionOf2011IsReadFieldByField() {
        int row = append(VECTOR, Datum.WGS84);
        assertThat(Instant.ofEpochMilli(batch.fixTime(row))).isEqualTo("2012-07-19T07:15:15Z");
        assertThat(batch.longitude(row)).isEqualTo(133.123456);
        assertThat(batch.latitude(row)).isEqualTo(24.123456);
        assertThat(batch.speed(row)).isEqualTo(50);
        assertThat(batch.heading(row)).isEqualTo(45);
        assertThat(batch.altitude(row)).isEqualTo(45);
        assertThat(batch.status(row)).isEqualTo(3);
        assertThat(batch.alarms(row)).isEqualTo(0x101);
        assertThat(batch.flags(row)).isZero();
        assertThat(Items.unsigned(batch.itemBytes(), batch.itemOffset(row), batch.itemLength(row), Items.MILEAGE))
                .isEqualTo(1500);
        assertThat(Items.unsigned(batch.itemBytes(), batch.itemOffset(row), batch.itemLength(row), 0x03))
                .isEqualTo(510);
    }

    @Test
    void theSamePositionIsTheSameAndAnotherAlarmInThatSecondIsNot() {
        int first = append(VECTOR, Datum.WGS84);
        int again = append(VECTOR, Datum.WGS84);
        int sos = append(VECTOR.substring(0, VECTOR.length() - 1) + "3", Datum.WGS84);
        assertThat(batch.bodyHash(again)).isEqualTo(batch.bodyHash(first));
        assertThat(batch.fixTime(sos)).isEqualTo(batch.fixTime(first));
        assertThat(batch.bodyHash(sos)).isNotEqualTo(batch.bodyHash(first));
    }

    @Test
    void aPlaceOfAnotherDatumIsConvertedAndAnEncryptedOneFlagged() {
        int converted = append(VECTOR, Datum.GCJ02);
        assertThat(PositionFlag.labels(batch.flags(converted))).containsExactly("datum-converted");
        assertThat(batch.longitude(converted)).isNotEqualTo(133.123456).isBetween(133.1, 133.13);
        int encrypted = append("01" + VECTOR.substring(2), Datum.WGS84);
        assertThat(PositionFlag.labels(batch.flags(encrypted))).containsExactly("encrypted");
    }

    @Test
    void aDateThatIsNoneIsFlaggedAndThePositionKept() {
        int row = append("001F0207E60F0F0F" + VECTOR.substring(16), Datum.WGS84);
        assertThat(PositionFlag.labels(batch.flags(row))).containsExactly("no-time");
        assertThat(batch.fixTime(row)).isEqualTo(RECEIVED);
    }

    @Test
    void southAndWestAreBitsOfTheState() {
        int row = append(VECTOR.substring(0, 56) + "0000000F" + "00000000", Datum.WGS84);
        assertThat(batch.longitude(row)).isEqualTo(-133.123456);
        assertThat(batch.latitude(row)).isEqualTo(-24.123456);
    }

    @Test
    void thePositionOf2019IsAJt808BodyInAWrapper() {
        String location = "00000001" + "00000003" + "01DCBD40" + "073D9B45" + "0010" + "00E4" + "005A" + "261122120000"
                + "0104000003E8";
        byte[] bytes = Frames.hex("00" + "00000022" + location + "00".repeat(45));
        int row = body.append(Edition.V2019, bytes, 0, bytes.length, 1, Datum.WGS84, RECEIVED, batch);
        assertThat(batch.latitude(row)).isEqualTo(31.243584);
        assertThat(batch.speed(row)).isEqualTo(22.8f);
        assertThat(batch.alarms(row)).isEqualTo(1);
        assertThat(Instant.ofEpochMilli(batch.fixTime(row))).isEqualTo("2026-11-22T04:00:00Z");
        assertThat(body.consumed()).isEqualTo(bytes.length);
    }

    @Test
    void aWrapperThatStatesMoreThanItHoldsIsTooShort() {
        byte[] bytes = Frames.hex("00" + "7FFFFFFF" + "00".repeat(40));
        assertThat(body.append(Edition.V2019, bytes, 0, bytes.length, 1, Datum.WGS84, RECEIVED, batch))
                .isEqualTo(PositionBody.TOO_SHORT);
        assertThat(batch.isEmpty()).isTrue();
    }

    @Property(tries = 500)
    void anyBytesAreAPositionOrTooShort(@ForAll @Size(max = 120) byte[] bytes, @ForAll Edition edition) {
        PositionBatch one = new PositionBatch(1);
        int row = new PositionBody().append(edition, bytes, 0, bytes.length, 1, Datum.GCJ02, RECEIVED, one);
        assertThat(one.size()).isEqualTo(row == PositionBody.TOO_SHORT ? 0 : 1);
    }

    private int append(String hex, Datum datum) {
        byte[] bytes = Frames.hex(hex);
        return body.append(Edition.V2011, bytes, 0, bytes.length, 1, datum, RECEIVED, batch);
    }
}
