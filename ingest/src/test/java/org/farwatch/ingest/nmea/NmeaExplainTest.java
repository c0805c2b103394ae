package org.farwatch.ingest.nmea;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.farwatch.ingest.explain.Explanation;
import org.junit.jupiter.api.Test;

class NmeaExplainTest {
    private static final String RMC = "$BDRMC,014727.00,A,3113.82496,N,12128.42206,E,12.30,085.4,211126,,,A*4D";
    private final NmeaExplain explain = new NmeaExplain();

    private Explanation explain(String text) {
        return explain.explain(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void eachFieldHasItsNameAndAWrongChecksumIsSaid() {
        Explanation out = explain(RMC + "\r\n" + RMC.replace("*4D", "*4E"));
        assertThat(out.toString())
                .contains("address: $BDRMC, BeiDou", "latitude ddmm.mm: 3113.82496", "speed in knots: 12.30")
                .contains("bad-checksum: checksum: 4E is stated, 4D is right");
        assertThat(out.faulty()).isTrue();
        assertThat(explain(RMC).faulty()).isFalse();
    }

    @Property(tries = 200)
    void anyBytesAreExplainedWithoutAnException(@ForAll @Size(min = 1, max = 200) byte[] bytes) {
        assertThat(explain.explain(bytes).toString()).isNotEmpty();
        assertThat(explain("$GPGGA," + new String(bytes, StandardCharsets.ISO_8859_1))
                        .toString())
                .isNotEmpty();
    }
}
