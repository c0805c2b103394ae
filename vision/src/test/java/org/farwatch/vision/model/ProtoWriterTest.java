package org.farwatch.vision.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes are those of the examples in the encoding's documentation. */
class ProtoWriterTest {
    @Test
    void numbersAreVarints() {
        assertThat(hex(new ProtoWriter().number(1, 150))).isEqualTo("089601");
    }

    @Test
    void negativeNumbersTakeTenBytes() {
        assertThat(hex(new ProtoWriter().number(1, -2))).isEqualTo("08feffffffffffffffff01");
    }

    @Test
    void textGoesAfterItsLength() {
        assertThat(hex(new ProtoWriter().text(2, "testing"))).isEqualTo("120774657374696e67");
    }

    @Test
    void messagesNest() {
        assertThat(hex(new ProtoWriter().message(3, new ProtoWriter().number(1, 150))))
                .isEqualTo("1a03089601");
    }

    @Test
    void realsAreFourBytesLittleEndian() {
        assertThat(hex(new ProtoWriter().real(2, 0.1f))).isEqualTo("15cdcccc3d");
    }

    private static String hex(ProtoWriter writer) {
        return HexFormat.of().formatHex(writer.toBytes());
    }
}
