package org.farwatch.ingest.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.farwatch.ingest.FaultKind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FrameReaderTest {
    /** JT/T 808-2013 position of the SmallChi/JT808 README: serial 7E is escaped, so is fuel 7D. */
    static final String LOCATION_2013 = "7E 02 00 00 26 12 34 56 78 90 12 00 7D 02 00 00 00 01 00 00 00 02 00 BA 7F 0E"
            + " 07 E4 F1 1C 00 28 00 3C 00 00 18 10 15 10 10 10 01 04 00 00 00 64 02 02 00 7D 01 13 7E";

    static final String REPLY_2013 = "7e 0001 0005 012345678901 7fff 007b 01c8 03 bd 7e";
    static final String REPLY_2019 = "7e 0001 4005 01 00000000017299841738 ffff 007b 01c8 03 b5 7e";

    @Test
    void headerOfTheWorkedLocationFrameIsRead() {
        Seen frame = only(LOCATION_2013);

        assertThat(frame.fault()).isNull();
        assertThat(frame.messageId()).isEqualTo(0x0200);
        assertThat(frame.phone()).isEqualTo("123456789012");
        assertThat(frame.serial()).isEqualTo(0x7E);
        assertThat(frame.body()).hasSize(0x26).endsWith(0x02, 0x02, 0x00, 0x7D);
        assertThat(frame.v2019()).isFalse();
    }

    @Test
    void bothHeaderLayoutsOfTheWorkedGeneralReplyAreRead() {
        Seen old = only(REPLY_2013);
        assertThat(old.phone()).isEqualTo("12345678901");
        assertThat(old.serial()).isEqualTo(0x7FFF);
        assertThat(Hex.text(old.body())).isEqualTo("007b01c803");

        Seen recent = only(REPLY_2019);
        assertThat(recent.v2019()).isTrue();
        assertThat(recent.version()).isEqualTo(1);
        assertThat(recent.phone()).isEqualTo("17299841738");
        assertThat(recent.serial()).isEqualTo(0xFFFF);
        assertThat(Hex.text(recent.body())).isEqualTo("007b01c803");
    }

    @Test
    void theEscapingExampleOfTheStandardIsUndone() {
        Seen frame = only("7E 30 7D 02 08 7D 01 55 7E");
        assertThat(Hex.text(frame.bytes())).isEqualTo("307e087d55");
    }

    @Test
    void delimitersMayBeSharedOrDoubled() {
        String a = REPLY_2013.substring(3, REPLY_2013.length() - 3);
        String b = REPLY_2019.substring(3, REPLY_2019.length() - 3);
        List<Seen> shared = read(Hex.bytes("7e" + a + "7e" + b + "7e"), 1 << 20);
        List<Seen> doubled = read(Hex.bytes("7e" + a + "7e 7e" + b + "7e 7e 7e"), 1 << 20);

        assertThat(shared).extracting(Seen::fault).containsExactly(null, null);
        assertThat(doubled).isEqualTo(shared);
    }

    @Test
    void aStreamCutAtEveryPairOfPositionsGivesTheSameFrames() {
        byte[] wire = Hex.bytes(LOCATION_2013 + "7e" + REPLY_2019.substring(3) + LOCATION_2013.substring(3));
        List<Seen> whole = read(wire, wire.length);
        assertThat(whole).hasSize(3);
        for (int first = 0; first <= wire.length; first++) {
            for (int second = first; second <= wire.length; second++) {
                FrameReader reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
                List<Seen> cut = new ArrayList<>();
                feed(reader, wire, 0, first, cut);
                feed(reader, wire, first, second, cut);
                feed(reader, wire, second, wire.length, cut);
                assertThat(cut).isEqualTo(whole);
            }
        }
    }

    @Test
    void aWrongChecksumIsAFaultThatTheNextFrameDoesNotShare() {
        byte[] wire = Hex.bytes(REPLY_2013 + LOCATION_2013);
        wire[5] ^= 1;
        List<Seen> frames = read(wire, wire.length);

        assertThat(frames).extracting(Seen::fault).containsExactly(FaultKind.BAD_CHECKSUM, null);
        assertThat(frames.getFirst().reason()).isEqualTo("checksum: frame ends in bd, its bytes give bc");
    }

    @Test
    void anEscapeThatIsNoneAndOneCutShortAreFaults() {
        assertThat(only("7e 0002 0000 012345678901 0001 7d05 00 7e").fault()).isEqualTo(FaultKind.BAD_ESCAPE);
        assertThat(only("7e 0002 0000 012345678901 0001 00 7d 7e").fault()).isEqualTo(FaultKind.BAD_ESCAPE);
    }

    @Test
    void aFrameTooShortForItsHeaderIsMalformed() {
        assertThat(only("7e 01 7e").fault()).isEqualTo(FaultKind.MALFORMED);
        assertThat(only("7e 0002 0000 012345678901 0001 7e").fault()).isEqualTo(FaultKind.MALFORMED);
        assertThat(only("7e 0002 4000 01 012345678901 0001 66 7e").fault()).isEqualTo(FaultKind.MALFORMED);
        assertThat(only("7e 0002 2000 012345678901 0001 0001 00 7e").fault()).isEqualTo(FaultKind.MALFORMED);
    }

    @Test
    void phonesThatAreNotDecimalAreFaults() {
        for (String phone : List.of("0a2345678901", "01234567890f", "f12345678901", "0123456b8901")) {
            assertThat(only(frame("0002 0000" + phone + "0001")).fault())
                    .as(phone)
                    .isEqualTo(FaultKind.NOT_BCD_PHONE);
        }
        assertThat(only(frame("0002 4000 01 0a000000012345678901 0001")).fault())
                .isEqualTo(FaultKind.NOT_BCD_PHONE);
        assertThat(only(frame("0002 4000 01 99999999999999999999 0001")).fault())
                .isNull();
        assertThat(only(frame("0002 4000 01 99999999999999999999 0001")).phone())
                .isEqualTo("99999999999999999999");
        assertThat(only(frame("0002 4000 01 00010000000000000002 0001")).phone())
                .isEqualTo("10000000000000002");
        assertThat(only(frame("0002 0000 000000000000 0001")).phone()).isEqualTo("0");
    }

    @Test
    void aBodyShorterThanStatedIsAFault() {
        Seen frame = only(frame("0001 0006 012345678901 0001 007b 01c8 03"));
        assertThat(frame.fault()).isEqualTo(FaultKind.BAD_LENGTH);
        assertThat(frame.reason()).isEqualTo("body length: header says 6, body has 5");
    }

    @Test
    void aBodyLongerThanStatedIsTakenAsItCame() {
        Seen frame = only(frame("0001 0004 012345678901 0001 007b 01c8 03"));
        assertThat(frame.fault()).isNull();
        assertThat(frame.body()).hasSize(5);
    }

    @Test
    void twoFramesThatLostTheDelimiterBetweenThemGiveTheFirst() {
        String a = REPLY_2013.substring(3, REPLY_2013.length() - 3);
        Seen frame = only("7e" + a + LOCATION_2013.substring(3));
        assertThat(frame.fault()).isNull();
        assertThat(Hex.text(frame.body())).isEqualTo("007b01c803");
    }

    @Test
    void aFrameThatNeverEndsIsSkippedInConstantMemory() {
        FrameReader reader = new FrameReader(1045);
        byte[] noise = new byte[64 * 1024];
        Arrays.fill(noise, (byte) 0x55);
        List<Seen> frames = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            feed(reader, noise, 0, noise.length, frames);
        }
        assertThat(frames).isEmpty();
        feed(reader, Hex.bytes(LOCATION_2013), 0, Hex.bytes(LOCATION_2013).length, frames);

        assertThat(frames).extracting(Seen::fault).containsExactly(FaultKind.OVERSIZE, null);
        assertThat(frames.getFirst().bytes()).hasSize(1045);
    }

    @Test
    void theLongestFrameIsReadAndOneByteMoreIsOversize() {
        byte[] body = new byte[1023];
        Arrays.fill(body, (byte) 0x7E);
        ByteBuf out = Unpooled.buffer();
        new FrameWriter()
                .begin(0x0200, Layout.V2019, "98765432101234567890", 7)
                .putBytes(body)
                .end(out);
        byte[] wire = new byte[out.readableBytes()];
        out.readBytes(wire);

        assertThat(readWith(new FrameReader(17 + 1023 + 1), wire))
                .extracting(Seen::fault)
                .containsOnlyNulls()
                .hasSize(1);
        assertThat(readWith(new FrameReader(17 + 1023), wire))
                .extracting(Seen::fault)
                .containsExactly(FaultKind.OVERSIZE);
        assertThatThrownBy(() -> new FrameReader(31)).hasMessageContaining("32").hasMessageContaining("31");
    }

    @Test
    void everyCapturedFrameShowsTheHeaderThatAnIndependentDecoderFoundOrSaysWhatIsWrong() throws IOException {
        List<JsonNode> captured = Shared.frames();
        int whole = 0;
        for (JsonNode frame : captured) {
            JsonNode derived = frame.get("derived");
            List<Seen> seen = read(Hex.bytes(frame.get("hex").asString()), 1 << 20);
            if (derived.has("segments")) {
                assertThat(seen).as("%s", frame).hasSize(derived.get("segments").asInt());
                continue;
            }
            assertThat(seen).as("%s", frame).hasSize(1);
            Seen only = seen.getFirst();
            boolean lengthFits = derived.get("body_len_matches").asBoolean();
            if (only.fault() == null) {
                whole++;
                assertThat(frame.get("checksum_ok").asBoolean()).isTrue();
                assertThat("0x%04X".formatted(only.messageId()))
                        .isEqualTo(derived.get("msg_id").asString());
                assertThat(only.digits()).isEqualTo(derived.get("phone_bcd").asString());
                assertThat(only.serial()).isEqualTo(derived.get("serial").asInt());
                assertThat(only.version())
                        .isEqualTo(derived.path("protocol_version").asInt(0));
                assertThat(only.packages())
                        .isEqualTo(derived.path("pkg_index").asInt(1) + "/"
                                + derived.path("pkg_total").asInt(1));
                assertThat(only.encryption())
                        .isEqualTo(derived.get("encrypt_bits").asInt());
                assertThat(only.body().length == derived.get("body_len").asInt() || !lengthFits)
                        .isTrue();
            } else {
                assertThat(only.reason()).isNotBlank();
                assertThat(frame.get("checksum_ok").asBoolean() && lengthFits)
                        .as("refused for %s: %s", only.reason(), frame)
                        .isFalse();
            }
        }
        assertThat(captured).hasSize(443);
        assertThat(whole).isGreaterThanOrEqualTo(400);
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(
            @ForAll @Size(max = 300) byte[] body,
            @ForAll @IntRange(max = 0xFFFF) int messageId,
            @ForAll @IntRange(max = 0xFFFF) int serial,
            @ForAll boolean v2019) {
        ByteBuf out = Unpooled.buffer();
        new FrameWriter()
                .begin(messageId, v2019 ? Layout.V2019 : Layout.V2013, "13812345678", serial)
                .putBytes(body)
                .end(out);
        byte[] wire = new byte[out.readableBytes()];
        out.readBytes(wire);
        Seen frame = readWith(new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH), wire)
                .getFirst();

        assertThat(frame.fault()).isNull();
        assertThat(frame.messageId()).isEqualTo(messageId);
        assertThat(frame.serial()).isEqualTo(serial);
        assertThat(frame.phone()).isEqualTo("13812345678");
        assertThat(frame.v2019()).isEqualTo(v2019);
        assertThat(frame.body()).isEqualTo(body);
    }

    /** Fed one by one, bytes are looked at one by one; fed together, eight at a time. */
    @Property(tries = 2000)
    void bytesThatComeTogetherGiveTheSameFramesAsOneByOne(
            @ForAll @Size(max = 300) byte[] kinds, @ForAll @IntRange(min = 2, max = 400) int step) {
        byte[] special = {0x7E, 0x7D, 0x01, 0x02, 0x7C, 0x7F, (byte) 0xFE, (byte) 0xFD};
        byte[] wire = new byte[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            // One in eight is special or nearly so.
            wire[i] = kinds[i] >= 96 ? special[kinds[i] & 7] : kinds[i];
        }
        assertThat(read(wire, step)).isEqualTo(read(wire, 1));
    }

    @Property(tries = 500)
    void bytesOfAnyKindNeverThrowAndAWholeFrameAfterThemIsFound(@ForAll @Size(max = 400) byte[] noise) {
        FrameReader reader = new FrameReader(64);
        List<Seen> frames = new ArrayList<>();
        feed(reader, noise, 0, noise.length, frames);
        byte[] whole = Hex.bytes(LOCATION_2013);
        feed(reader, whole, 0, whole.length, frames);

        assertThat(frames.getLast().fault()).isNull();
        assertThat(frames.getLast().messageId()).isEqualTo(0x0200);
        assertThat(frames).allSatisfy(frame -> assertThat(frame.reason()).isNotBlank());
    }

    /** Header and body in hex; the checksum and delimiters are added, nothing is escaped. */
    static String frame(String hex) {
        byte xor = 0;
        for (byte b : Hex.bytes(hex)) {
            xor ^= b;
        }
        return "7e" + hex + Hex.text(new byte[] {xor}) + "7e";
    }

    /** What a frame showed while it was valid. */
    record Seen(
            FaultKind fault,
            String reason,
            int messageId,
            String phone,
            int serial,
            boolean v2019,
            int version,
            int encryption,
            String digits,
            String packages,
            String hex) {
        static Seen of(Frame frame) {
            boolean header = frame.hasHeader();
            return new Seen(
                    frame.fault(),
                    frame.reason(),
                    header ? frame.messageId() : -1,
                    header ? frame.phone() : "",
                    header ? frame.serial() : -1,
                    header && frame.v2019(),
                    header ? frame.protocolVersion() : -1,
                    header ? frame.encryption() : -1,
                    header ? frame.phoneDigits() : "",
                    header ? frame.packageIndex() + "/" + frame.packageTotal() : "",
                    Hex.text(frame.copy())
                            + '/'
                            + Hex.text(Arrays.copyOfRange(
                                    frame.bytes(), frame.bodyOffset(), frame.bodyOffset() + frame.bodyLength())));
        }

        byte[] bytes() {
            return Hex.bytes(hex.substring(0, hex.indexOf('/')));
        }

        byte[] body() {
            return Hex.bytes(hex.substring(hex.indexOf('/') + 1));
        }
    }

    static Seen only(String hex) {
        List<Seen> frames = read(Hex.bytes(hex), 1 << 20);
        assertThat(frames).hasSize(1);
        return frames.getFirst();
    }

    static List<Seen> read(byte[] wire, int step) {
        FrameReader reader = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
        List<Seen> frames = new ArrayList<>();
        for (int at = 0; at < wire.length; at += step) {
            feed(reader, wire, at, Math.min(wire.length, at + step), frames);
        }
        return frames;
    }

    private static List<Seen> readWith(FrameReader reader, byte[] wire) {
        List<Seen> frames = new ArrayList<>();
        feed(reader, wire, 0, wire.length, frames);
        return frames;
    }

    private static void feed(FrameReader reader, byte[] wire, int from, int to, List<Seen> into) {
        int at = from;
        while (at < to) {
            at = reader.read(wire, at, to);
            if (reader.complete()) {
                into.add(Seen.of(reader.frame()));
            }
        }
    }
}
