package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.farwatch.ingest.Captures;
import org.farwatch.ingest.explain.Explainer;
import org.farwatch.ingest.explain.Explanation;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class Jt808ExplainTest {
    private static String explain(String captured) {
        return Captures.EXPLAINER.explain(captured).toString();
    }

    @Test
    void everyFieldOfTheWorkedLocationFrameIsExplained() {
        assertThat(explain(FrameReaderTest.LOCATION_2013)).isEqualTo("""
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
        assertThat(explain(FrameReaderTest.REPLY_2019))
                .contains("protocol version 1")
                .contains("phone 17299841738")
                .contains("answers serial 123")
                .contains("answers message 01c8: unknown")
                .contains("result 3: not supported");
        assertThat(explain(FrameReaderTest.frame("8100 0007 013812345678 0001 0005 00 61626364")))
                .contains("result 0: registered")
                .contains("code: abcd");
    }

    @Test
    void registrationsAndAuthenticationsOfEveryLayoutAreExplained() throws IOException {
        for (JsonNode captured : Shared.frames()) {
            String hex = captured.get("hex").asString();
            boolean login = hex.startsWith("7e0100") || hex.startsWith("7e0102");
            if (login && captured.get("checksum_ok").asBoolean(false)) {
                String text = explain(hex);
                boolean readable = text.contains("checksum right")
                        && !text.contains("one of several")
                        && !text.contains("encrypted body");
                if (readable) {
                    assertThat(text).doesNotContain("not explained").containsAnyOf("plate", "code");
                }
            }
        }
        assertThat(explain("7e010240500112345678901234567890ffff2c706d59477a47756b4f384b345a356c70494f546738"
                        + "6471623365707259614842625853504c7464627947383d3132333435363738393031323334357777772e6a74743830"
                        + "382e636e00000000000000557e"))
                .contains("code of 44 bytes", "IMEI: 123456789012345", "software version: www.jtt808.cn");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(explain("7e 0002 0000 012345678901 0001 00 7e"))
                .contains("bad-checksum, checksum: frame ends in 00");
        assertThat(explain("7e 01 7e")).contains("malformed").contains("no header");
        assertThat(explain("7e7e")).contains("no frame");
        assertThat(explain(FrameReaderTest.frame("0200 0005 013812345678 0001 0102030405")))
                .contains("too short for a position");
        String open = FrameReaderTest.REPLY_2013.substring(0, FrameReaderTest.REPLY_2013.length() - 2);
        assertThat(explain(open)).contains("delimiter 7e is missing").contains("checksum right");
        assertThatThrownBy(() -> explain("7e 0g"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be pairs of the digits 0-9 a-f, or a text of a protocol spoken here, was 7e 0g");
    }

    @Test
    void everyCapturedFrameIsExplained() throws IOException {
        for (JsonNode captured : Shared.frames()) {
            assertThat(explain(captured.get("hex").asString())).contains("frame of");
        }
    }

    /**
     * By their place in the file: lengths that disagree, items and values cut short, phones that are no decimals, ids that
     * no edition of the standard has.
     */
    private static final Set<Integer> DEFECTIVE =
            Set.of(81, 204, 283, 307, 329, 362, 363, 374, 375, 376, 380, 393, 405, 414, 423, 424, 429, 438, 439, 441);

    @Test
    void everyFieldOfTheCapturedMessagesHasAMeaningButInThoseThatAreDefective() throws IOException {
        List<JsonNode> captured = Shared.frames();
        for (int i = 0; i < captured.size(); i++) {
            if (captured.get(i).get("checksum_ok").asBoolean(false)) {
                Explanation explained =
                        Captures.EXPLAINER.explain(captured.get(i).get("hex").asString());
                boolean defective = explained.faulty() || explained.toString().contains("not explained");
                assertThat(defective).as("%d: %s", i, explained).isEqualTo(DEFECTIVE.contains(i));
            }
        }
    }

    @Test
    void eachFrameOfACaptureIsAPartWithItsOwnBytes() {
        Explanation explained =
                Captures.EXPLAINER.explain(FrameReaderTest.LOCATION_2013 + " " + FrameReaderTest.REPLY_2013);
        assertThat(explained.parts()).hasSize(2);
        assertThat(explained.faulty()).isFalse();
        assertThat(explained.parts().getLast().hex()).startsWith("0001");
        assertThat(explained.parts().getLast().lines().getLast())
                .isEqualTo(new Explanation.Line(17, 1, "checksum", false));
    }

    @Test
    void otherProtocolsAreKnownByTheirBeginning() {
        String packet = "30316364 81 E2 1088 011234567810 01 10 0000016BB392CA7C 0280 0028 0002 0000";
        assertThat(explain(packet))
                .contains("payload type 98: H.264")
                .contains("video, P frame, whole")
                .contains("2 bytes of payload");
        assertThat(explain(packet.substring(0, 30))).contains("cut short");
        assertThat(explain("REGISTER sip:34020000002000000001@3402000000 SIP/2.0\r\nCSeq: 1 REGISTER\r\n\r\n"))
                .contains("start line: REGISTER")
                .contains("header field CSeq: 1 REGISTER");
        assertThatThrownBy(() -> Captures.EXPLAINER.explain(new byte[Explainer.MAX_BYTES + 1]))
                .hasMessageContaining("at most 65536 bytes");
    }

    @Property(tries = 2000)
    void noBodyOfAnyMessageThrows(
            @ForAll @Size(max = 120) byte[] body, @ForAll @IntRange(max = 0xFFFF) int any, @ForAll boolean v2019) {
        int known = KNOWN.get(any % KNOWN.size());
        Layout layout = v2019 ? Layout.V2019 : Layout.V2013;
        for (int id : new int[] {known, any}) {
            byte[] wire = WireClient.wire(layout, "13812345678", id, 1, body);
            assertThat(new Jt808Explain().explain(wire).toString()).contains("checksum right");
        }
        assertThat(Captures.EXPLAINER.explain(body).toString()).isNotBlank();
    }

    private static final List<Integer> KNOWN = IntStream.range(0, 0x10000)
            .filter(id -> Forms.of(id) != null)
            .boxed()
            .toList();
}
