package org.farwatch.ingest.jt809;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.farwatch.ingest.FaultKind;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T04:00:00Z"), ZoneOffset.UTC);

    /** 0x1001 of 2011, protocols/jt809. */
    private static final String LOGIN = "5B000000480000008510010133EFB8010000000000270F0133EFB83230313830393230"
            + "3132372E302E302E31" + "00".repeat(23) + "03296A915D";

    @Test
    void theCrcIsCcittFalse() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(Crc.of(digits, 0, digits.length)).isEqualTo(0x29B1);
    }

    @Test
    void theLoginOfTheStandardIsReadFieldByField() {
        Frame frame = Frames.first(Frames.hex(LOGIN));
        assertThat(frame.fault()).isNull();
        assertThat(frame.lengthDiffers()).isFalse();
        assertThat(frame.messageId()).isEqualTo(MessageId.LOGIN);
        assertThat(frame.serial()).isEqualTo(0x85);
        assertThat(frame.accessCode()).isEqualTo(20180920);
        assertThat(frame.version()).isEqualTo(0x010000);
        assertThat(frame.encrypted()).isFalse();
        assertThat(frame.key()).isEqualTo(9999);
        assertThat(frame.edition()).isEqualTo(Edition.V2011);
        assertThat(Login.of(frame)).isEqualTo(new Login(20180920, "20180920", "127.0.0.1", 809));
        assertThat(new Login(1, "sesame12", "127.0.0.1", 809).toString()).doesNotContain("sesame12");
    }

    @Test
    void delimitersWithinAFrameAreEscapedBothWays() {
        byte[] body = {0x5B, 0x5A, 0x5D, 0x5E, 0x01, 0x02, 0x5B};
        FrameWriter writer = new FrameWriter(Edition.V2011, 7, null, CLOCK);
        byte[] wire = writer.begin(0x1300).putBytes(body).end();
        assertThat(count(wire, 0x5B)).isEqualTo(1);
        assertThat(count(wire, 0x5D)).isEqualTo(1);
        for (int piece = 1; piece <= wire.length; piece++) {
            assertThat(Frames.all(wire, piece, 4096)).singleElement().satisfies(frame -> {
                assertThat(frame.fault()).isNull();
                assertThat(frame.body()).isEqualTo(body);
            });
        }
    }

    @Test
    void rubbishOfEveryKindIsOneFaultAndTheNextFrameIsRead() {
        byte[] good = new FrameWriter(Edition.V2011, 7, null, CLOCK)
                .begin(MessageId.KEEPALIVE)
                .end();
        assertThat(faults("00112233", good)).containsExactly(FaultKind.MALFORMED, null);
        assertThat(faults("5D5D", good)).containsExactly(FaultKind.MALFORMED, null);
        assertThat(faults("5B0011", good)).containsExactly(FaultKind.MALFORMED, null);
        assertThat(faults("5B00115D", good)).containsExactly(FaultKind.MALFORMED, null);
        assertThat(faults("5B5A075D", good)).containsExactly(FaultKind.BAD_ESCAPE, null);
        assertThat(faults("5B5E5D", good)).containsExactly(FaultKind.BAD_ESCAPE, null);
        assertThat(faults("5B" + "11".repeat(5000) + "5D", good)).containsExactly(FaultKind.OVERSIZE, null);
        assertThat(faults("5B" + "11".repeat(60) + "5D", good)).containsExactly(FaultKind.BAD_CHECKSUM, null);
        assertThat(faults("5B5B5B", good)).containsExactly((FaultKind) null);
    }

    /** Seen of platforms that escape too little: 5A before E1 stands for itself. */
    @Test
    void aLoneEscapeByteIsTakenAsItIsWhereTheCrcAgrees() {
        byte[] wire = new FrameWriter(Edition.V2011, 7, null, CLOCK)
                .begin(0x1300)
                .putBytes(Frames.hex("5AE15E5A33"))
                .end();
        byte[] loose = Frames.hex(java.util.HexFormat.of().formatHex(wire).replace("5a02e15e025a0233", "5ae15e5a33"));
        assertThat(loose).hasSize(wire.length - 3);
        assertThat(Frames.all(loose, 1, 4096)).singleElement().satisfies(frame -> {
            assertThat(frame.fault()).isNull();
            assertThat(frame.body()).isEqualTo(Frames.hex("5AE15E5A33"));
        });
    }

    @Test
    void aWrongLengthIsNamedAndTheProvenContentUsed() {
        byte[] wire = new FrameWriter(Edition.V2011, 7, null, CLOCK)
                .begin(MessageId.KEEPALIVE)
                .end();
        byte[] content = Frames.first(wire).copy();
        Wire.putDword(content, 0, 99);
        Wire.putWord(content, content.length - 2, Crc.of(content, 0, content.length - 2));
        Frame frame = new Frame();
        frame.accept(content, content.length, null);
        assertThat(frame.fault()).isNull();
        assertThat(frame.lengthDiffers()).isTrue();
        assertThat(frame.reason()).isEqualTo("length: 99 is stated, the frame has 26 bytes");
    }

    @Test
    void constantsOfTheEncryptionAreDwords() {
        assertThatThrownBy(() -> new BodyCipher(1L << 32, 0, 0))
                .hasMessage("m1 must be 0 to 4294967295, was 4294967296");
    }

    /** By hand: key 1 -> 20 * (1 mod 10) + 0x12345678 = 0x1234568C, >> 20 = 0x123, so the first byte is xored with 0x23. */
    @Test
    void theKeyStreamIsThatOfTheStandard() {
        byte[] body = {0, 0};
        new BodyCipher(10, 20, 0x12345678).apply(0, body, 0, 1);
        assertThat(body).containsExactly(0x23, 0);
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadAgain(
            @ForAll @Size(max = 400) byte[] body,
            @ForAll boolean v2019,
            @ForAll boolean encrypted,
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long constant,
            @ForAll @IntRange(min = 1, max = 64) int piece) {
        Edition edition = v2019 ? Edition.V2019 : Edition.V2011;
        BodyCipher cipher = encrypted ? new BodyCipher(constant, constant ^ 0x5555, constant >>> 3) : null;
        byte[] wire = new FrameWriter(edition, 4_000_000_000L, cipher, CLOCK)
                .begin(MessageId.VEHICLE)
                .putBytes(body)
                .end();
        assertThat(Frames.all(wire, piece, 4096))
                .singleElement()
                .satisfies(read -> assertThat(read.fault()).isNull());
        Frame frame = Frames.first(wire);
        assertThat(frame.edition(edition)).isTrue();
        if (encrypted) {
            frame.decrypt(cipher);
        }
        assertThat(frame.accessCode()).isEqualTo(4_000_000_000L);
        assertThat(frame.lengthDiffers()).isFalse();
        assertThat(frame.bodyLength()).isEqualTo(body.length);
        assertThat(java.util.Arrays.copyOfRange(frame.bytes(), frame.bodyOffset(), frame.bodyOffset() + body.length))
                .isEqualTo(body);
    }

    @Property(tries = 300)
    void anyBytesAreReadToTheirEndWithoutAnException(
            @ForAll @Size(max = 2000) byte[] bytes, @ForAll @IntRange(min = 1, max = 300) int piece) {
        byte[] salted = bytes.clone();
        for (int i = 0; i < salted.length; i += 7) {
            salted[i] = (byte) (salted[i] < 0 ? 0x5B : salted[i] < 64 ? 0x5D : 0x5A);
        }
        List<Frames.Read> frames = Frames.all(salted, piece, 256);
        assertThat(frames).hasSizeLessThanOrEqualTo(salted.length);
        assertThat(frames).allSatisfy(frame -> assertThat(frame.body()).hasSizeLessThan(256));
    }

    private static List<FaultKind> faults(String rubbish, byte[] good) {
        byte[] before = Frames.hex(rubbish);
        byte[] wire = java.util.Arrays.copyOf(before, before.length + good.length);
        System.arraycopy(good, 0, wire, before.length, good.length);
        List<FaultKind> faults = new ArrayList<>();
        Frames.all(wire, 3, 4096).forEach(frame -> faults.add(frame.fault()));
        return faults;
    }

    private static int count(byte[] bytes, int value) {
        int count = 0;
        for (byte b : bytes) {
            count += b == value ? 1 : 0;
        }
        return count;
    }
}
