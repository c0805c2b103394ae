package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class Jt808ExplainTest {
    @Test
    void everyFieldOfTheWorkedLocationFrameIsExplained() {
        assertThat(Jt808Explain.explain(FrameReaderTest.LOCATION_2013)).isEqualTo("""
                frame of 51 bytes unescaped: checksum right
                    0  0200                              message id 0200: position (位置信息汇报)
                    2  0026                              body of 38 bytes, not encrypted, one package, header of 2011 or 2013
                    4  123456789012                      phone 123456789012
                   10  007e                              serial 126
                   12  00000001                          alarms [sos]
                   16  00000002                          status [accOn=false, positioned=true, outOfOperation=false, \
                encrypted=false, emergencyBraking=false, laneDeparture=false, load=empty, fuelCut=false, \
                circuitCut=false, doorsLocked=false, openDoors=[], gps=false, beidou=false, glonass=false, \
                galileo=false, moving=false]
                   20  00ba7f0e                          latitude 12.222222 N
                   24  07e4f11c                          longitude 132.444444 E
                   28  0028                              altitude 40 m
                   30  003c                              speed 6.0 km/h
                   32  0000                              direction 0 degrees clockwise from north
                   34  181015101010                      time 2018-10-15 10:10:10 GMT+8
                   40  010400000064                      item 01 of 4: mileage 10.0 km
                   46  0202007d                          item 02 of 2: fuel 12.5 L
                   50  13                                checksum
                """);
    }

    @Test
    void repliesOfBothSidesAreExplained() {
        assertThat(Jt808Explain.explain(FrameReaderTest.REPLY_2019))
                .contains("protocol version 1")
                .contains("phone 17299841738")
                .contains("answers serial 123")
                .contains("answers message 01c8: not handled by Farwatch")
                .contains("result 3: not supported");
        assertThat(Jt808Explain.explain(FrameReaderTest.frame("8100 0007 013812345678 0001 0005 00 61626364")))
                .contains("result 0: registered")
                .contains("code: abcd");
    }

    @Test
    void registrationsAndAuthenticationsOfEveryLayoutAreExplained() throws IOException {
        for (JsonNode captured : Shared.frames()) {
            String hex = captured.get("hex").asString();
            boolean login = hex.startsWith("7e0100") || hex.startsWith("7e0102");
            if (login && captured.get("checksum_ok").asBoolean(false)) {
                String text = Jt808Explain.explain(hex);
                boolean readable = text.contains("checksum right")
                        && !text.contains("one of several")
                        && !text.contains("encrypted body");
                if (readable) {
                    assertThat(text).doesNotContain("not explained").containsAnyOf("plate", "code");
                }
            }
        }
        assertThat(Jt808Explain.explain(
                        "7e010240500112345678901234567890ffff2c706d59477a47756b4f384b345a356c70494f546738"
                                + "6471623365707259614842625853504c7464627947383d3132333435363738393031323334357777772e6a74743830"
                                + "382e636e00000000000000557e"))
                .contains("code of 44 bytes", "IMEI: 123456789012345", "software version: www.jtt808.cn");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(Jt808Explain.explain("7e 0002 0000 012345678901 0001 00 7e"))
                .contains("bad-checksum, checksum: frame ends in 00");
        assertThat(Jt808Explain.explain("7e 01 7e")).contains("malformed").contains("no header");
        assertThat(Jt808Explain.explain("7e7e")).contains("no frame");
        assertThat(Jt808Explain.explain(FrameReaderTest.frame("0200 0005 013812345678 0001 0102030405")))
                .contains("too short for a position");
        String open = FrameReaderTest.REPLY_2013.substring(0, FrameReaderTest.REPLY_2013.length() - 2);
        assertThat(Jt808Explain.explain(open))
                .contains("delimiter 7e is missing")
                .contains("checksum right");
        assertThatThrownBy(() -> Jt808Explain.explain("7e 0g"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hex must be pairs of the digits 0-9 a-f, was 7e 0g");
    }

    @Test
    void everyCapturedFrameIsExplained() throws IOException {
        for (JsonNode captured : Shared.frames()) {
            assertThat(Jt808Explain.explain(captured.get("hex").asString())).contains("frame of");
        }
    }

    @Property(tries = 500)
    void noBodyOfAnyHandledMessageThrows(
            @ForAll @Size(max = 120) byte[] body, @ForAll @IntRange(max = 12) int which, @ForAll boolean v2019) {
        int[] ids = {
            0x0001, 0x0002, 0x0003, 0x0004, 0x0100, 0x0102, 0x0200, 0x0201, 0x0500, 0x0704, 0x8001, 0x8004, 0x8100
        };
        Layout layout = v2019 ? Layout.V2019 : Layout.V2013;
        byte[] wire = WireClient.wire(layout, "13812345678", ids[which], 1, body);
        assertThat(Jt808Explain.explain(wire)).contains("checksum right");
        assertThat(Jt808Explain.explain(body)).isNotBlank();
    }
}
