package org.farwatch.ingest.jt809;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.farwatch.ingest.explain.Explanation;
import org.junit.jupiter.api.Test;

class Jt809ExplainTest {
    private final Jt809Explain explain = new Jt809Explain();

    @Test
    void aPositionIsExplainedFieldByField() {
        byte[] wire = new FrameWriter(Edition.V2011, 20180920, null, Clock.systemUTC())
                .begin(MessageId.VEHICLE)
                .putText("沪A12345", 21)
                .putByte(2)
                .putWord(MessageId.VEHICLE_POSITION)
                .putDword(36)
                .putBytes(Frames.hex(PositionBodyTest.VECTOR))
                .end();
        assertThat(explain.takes(wire)).isTrue();
        Explanation out = explain.explain(wire);
        assertThat(out.faulty()).isFalse();
        assertThat(out.toString())
                .contains("access code of the lower platform 20180920", "plate: 沪A12345")
                .contains("time 2012-07-19 15:15:15 GMT+8", "longitude 133.123456", "latitude 24.123456")
                .contains("speed 50 km/h", "mileage 150 km");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(explain.explain(Frames.hex("5B" + "11".repeat(40) + "5D")).toString())
                .contains("bad-checksum, CRC: 1111 is stated");
        assertThat(explain.explain(Frames.hex("5B0011")).toString()).contains("5d is missing");
        assertThat(explain.takes(Frames.hex("7E00"))).isFalse();
    }

    @Property(tries = 200)
    void anyBytesAreExplainedWithoutAnException(@ForAll @Size(max = 300) byte[] body, @ForAll Edition edition) {
        byte[] content = body.clone();
        if (content.length > 24) {
            content[22] = 0x12;
            content[23] = 0x02;
        }
        for (int id : new int[] {MessageId.LOGIN, MessageId.LOGIN_REPLY, MessageId.VEHICLE, MessageId.DOWN_LOGIN}) {
            byte[] wire = new FrameWriter(edition, 1, null, Clock.systemUTC())
                    .begin(id)
                    .putBytes(content)
                    .end();
            assertThat(explain.explain(wire).toString()).contains("CRC");
        }
        assertThat(explain.explain(body).toString()).isNotEmpty();
    }
}
