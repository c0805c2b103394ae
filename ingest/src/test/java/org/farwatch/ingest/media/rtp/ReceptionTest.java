package org.farwatch.ingest.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.farwatch.ingest.media.Captured;
import org.farwatch.ingest.media.Heard;
import org.farwatch.ingest.media.TestStreams;
import org.farwatch.ingest.media.ps.PsReader;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;
import org.junit.jupiter.api.Test;

class ReceptionTest {
    private static final long SSRC = 200_000_001;
    private static final List<byte[]> PICTURES = TestStreams.pictures(20, 3_000);

    private final Heard heard = new Heard();
    private final RtpCounters counters = new RtpCounters();
    private Reception reception = new Reception(true, SSRC, heard, counters);
    private long nanos;

    @Test
    void packetsOutOfOrderAndTwiceGiveThePicturesAndTheNumbersWrap() {
        List<byte[]> packets = programStream(65_500, SSRC);
        for (int i = 1; i + 2 < packets.size(); i += 4) {
            Collections.swap(packets, i, i + 2);
        }
        List<byte[]> twice = new ArrayList<>();
        packets.forEach(packet -> {
            twice.add(packet);
            twice.add(packet);
        });

        receive(twice);

        assertAllPictures();
        assertThat(counters.get(Count.REORDERED)).isPositive();
        assertThat(counters.get(Count.DUPLICATE)).isEqualTo(packets.size());
        assertThat(counters.get(Count.LOST)).isZero();
    }

    @Test
    void aLostPacketIsWaitedForAndThenTold() {
        List<byte[]> packets = programStream(0, SSRC);
        packets.remove(10);

        packets.subList(0, 60).forEach(packet -> reception.packet(packet, "camera", 0, nanos));
        assertThat(reception.waits()).isTrue();
        int before = heard.pictures().size();
        reception.expire(nanos + Reordering.PATIENCE_NANOS - 1);
        assertThat(heard.losses()).isZero();
        reception.expire(nanos + Reordering.PATIENCE_NANOS);

        assertThat(reception.waits()).isFalse();
        assertThat(heard.losses()).isEqualTo(1);
        assertThat(counters.get(Count.LOST)).isEqualTo(1);
        assertThat(heard.pictures().size()).isGreaterThan(before);
    }

    @Test
    void aFullWindowEndsTheWait() {
        List<byte[]> packets = programStream(0, SSRC);
        packets.subList(10, 15).clear();

        packets.forEach(packet -> reception.packet(packet, "camera", 0, nanos));

        assertThat(heard.losses()).isEqualTo(1);
        assertThat(counters.get(Count.LOST)).isEqualTo(5);
        assertThat(heard.pictures()).hasSizeGreaterThan(10);
    }

    @Test
    void anotherSsrcIsBelievedWhenTheRightOneDoesNotCome() {
        receive(programStream(0, 77));

        assertAllPictures();
        assertThat(counters.get(Count.OTHER_SSRC)).isEqualTo(1);
    }

    @Test
    void theRightSourceIsTakenAndStrangersAreNot() {
        List<byte[]> right = programStream(0, SSRC);
        List<byte[]> strange = programStream(9, 77);
        reception.packet(strange.getFirst(), "stranger", 0, nanos);
        for (int i = 0; i < right.size(); i++) {
            reception.packet(right.get(i), "camera", 0, nanos);
            reception.packet(strange.get(i), "stranger", 0, nanos);
            reception.packet(right.get(i), "liar", 0, nanos);
        }
        reception.end(0, nanos);

        assertAllPictures();
        assertThat(counters.get(Count.FOREIGN)).isEqualTo(2L * right.size() + 1);
    }

    @Test
    void theSourceThatWasAnsweredIsRightToo() {
        reception.expect(new Answer(OptionalLong.of(88), Map.of(96, RtpPayload.of(RtpContent.PS))));

        receive(programStream(0, 88));

        assertAllPictures();
        assertThat(counters.get(Count.OTHER_SSRC)).isZero();
    }

    @Test
    void contentIsSeenInTheBytes() {
        List<byte[]> pes = new ArrayList<>();
        List<Boolean> video = new ArrayList<>();
        for (int i = 0; i < PICTURES.size(); i++) {
            pes.add(TestStreams.pes(0xe0, i * 3_600L, PICTURES.get(i), false));
            video.add(true);
        }
        List<byte[]> transport = TestStreams.transport(pes, video);
        receive(TestStreams.rtp(100, 0, SSRC, List.of(TestStreams.joined(transport)), 1_316));
        assertAllPictures();
    }

    @Test
    void aByteStreamInThePacketsIsReadToo() {
        receive(TestStreams.rtp(98, 0, SSRC, PICTURES, 1_400));
        assertAllPictures();
    }

    @Test
    void unitsOfH264AreTakenWholeTogetherAndInFragments() {
        reception.expect(new Answer(OptionalLong.empty(), Map.of(98, RtpPayload.of(RtpContent.H264))));
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < PICTURES.size(); i++) {
            List<byte[]> units = units(PICTURES.get(i));
            List<byte[]> payloads = new ArrayList<>();
            if (units.size() > 2) {
                payloads.add(together(new byte[] {0x78}, units.subList(0, 2)));
            }
            fragments(units.get(units.size() - 2), 1, 0x1c, payloads);
            payloads.add(units.getLast());
            for (byte[] payload : payloads) {
                packets.add(TestStreams.rtp(98, packets.size(), i * 3_600L, SSRC, payload));
            }
        }

        receive(packets);

        assertThat(heard.units()).hasSize(20);
        for (int i = 0; i < PICTURES.size(); i++) {
            assertThat(heard.pictures().get(i).bytes()).isEqualTo(PICTURES.get(i));
            assertThat(heard.pictures().get(i).decode()).isEqualTo(i * 40_000L);
        }
    }

    @Test
    void unitsOfH265AreTakenWholeTogetherAndInFragments() {
        byte[] sets = {0x40, 1, 0x0c};
        byte[] more = {0x42, 1, 0x55};
        byte[] slice = new byte[3_000];
        Arrays.fill(slice, (byte) 0x77);
        slice[0] = 0x26;
        slice[1] = 1;
        slice[2] = (byte) 0x88;
        List<byte[]> payloads = new ArrayList<>();
        payloads.add(together(new byte[] {0x60, 1}, List.of(sets, more)));
        fragments(slice, 2, 49, payloads);
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 2 * payloads.size(); i++) {
            long stamp = i / payloads.size() * 3_600L;
            packets.add(TestStreams.rtp(99, i, stamp, SSRC, payloads.get(i % payloads.size())));
        }

        receive(packets);

        assertThat(heard.pictures()).hasSize(2);
        assertThat(heard.pictures().get(1).bytes()).isEqualTo(startCoded(List.of(sets, more, slice)));
    }

    @Test
    void paddingSourcesAndExtensionAreNoPayload() {
        byte[] samples = new byte[160];
        Arrays.fill(samples, (byte) 0x2a);
        byte[] packet = ByteBuffer.allocate(12 + 8 + 8 + 160 + 4)
                .put((byte) 0xb2)
                .put((byte) 8)
                .putShort((short) 1)
                .putInt(0)
                .putInt((int) SSRC)
                .putLong(1)
                .putShort((short) 0xbede)
                .putShort((short) 1)
                .putInt(5)
                .put(samples)
                .putInt(4)
                .array();

        receive(List.of(packet));

        assertThat(heard.others()).containsExactly("pcm_alaw");
        assertThat(heard.soundBytes()).isEqualTo(160);
    }

    @Test
    void numbersOfAConnectionCountOnlyOfADeviceThatCounts() {
        reception = new Reception(false, SSRC, heard, counters);
        List<byte[]> packets = programStream(0, SSRC);
        packets.forEach(packet -> {
            packet[2] = 0;
            packet[3] = 0;
        });
        receive(packets);
        assertAllPictures();

        List<byte[]> counted = programStream(0, SSRC);
        counted.remove(30);
        Heard again = new Heard();
        reception = new Reception(false, SSRC, again, counters);
        receive(counted);
        assertThat(again.losses()).isEqualTo(1);
    }

    @Test
    void aCapturedStreamOfPacketsIsTheProgramStreamWithin() throws IOException {
        byte[] framed = Captured.bytes("zlm_h264.rtp2");
        byte[] program = Captured.bytes("zlm_h264.ps");
        Heard within = new Heard();
        PsReader reader = new PsReader(within);
        reader.read(program, 0, program.length, 0);
        reader.end(0);
        reception = new Reception(false, SSRC, heard, counters);
        Framing framing = new Framing(counters, new Framing.Packets() {
            @Override
            public void packet(byte[] bytes) {
                reception.packet(bytes, "camera", 0, nanos);
            }

            @Override
            public void desync() {
                reception.desync();
            }
        });
        for (int at = 0; at < framed.length; at += 1_000) {
            framing.read(framed, at, Math.min(1_000, framed.length - at));
        }
        reception.end(0, nanos);

        assertThat(counters.get(Count.PACKETS)).isEqualTo(1_090);
        assertThat(counters.get(Count.LOST)).isZero();
        assertThat(heard.losses()).isZero();
        assertThat(heard.units()).hasSizeGreaterThan(100).isEqualTo(within.units());
        assertThat(heard.decodeTimes()).isEqualTo(within.decodeTimes());
        assertThat(heard.soundBytes()).isPositive().isEqualTo(within.soundBytes());
    }

    private void assertAllPictures() {
        assertThat(heard.pictures()).hasSize(PICTURES.size());
        for (int i = 0; i < PICTURES.size(); i++) {
            assertThat(heard.pictures().get(i).bytes()).isEqualTo(PICTURES.get(i));
        }
        assertThat(heard.losses()).isZero();
    }

    private void receive(List<byte[]> packets) {
        packets.forEach(packet -> reception.packet(packet, "camera", 0, nanos));
        reception.end(0, nanos);
    }

    static List<byte[]> programStream(int sequence, long ssrc) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < PICTURES.size(); i++) {
            byte[] map = i % 10 == 0 ? TestStreams.map(0x1b, 0xe0) : new byte[0];
            frames.add(TestStreams.joined(
                    TestStreams.pack(), map, TestStreams.video(i * 3_600L, PICTURES.get(i), 60_000)));
        }
        return new ArrayList<>(TestStreams.rtp(96, sequence, ssrc, frames, 500));
    }

    private static List<byte[]> units(byte[] picture) {
        List<byte[]> units = new ArrayList<>();
        int from = 4;
        for (int at = 4; at <= picture.length; at++) {
            boolean code = at + 4 <= picture.length && ByteBuffer.wrap(picture).getInt(at) == 1;
            if (code || at == picture.length) {
                units.add(Arrays.copyOfRange(picture, from, at));
                from = at + 4;
            }
        }
        return units;
    }

    private static byte[] together(byte[] header, List<byte[]> units) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(header);
        for (byte[] unit : units) {
            all.write(unit.length >>> 8);
            all.write(unit.length);
            all.writeBytes(unit);
        }
        return all.toByteArray();
    }

    /** @param header bytes of a unit's header: 1 of H.264, 2 of H.265 */
    private static void fragments(byte[] unit, int header, int kind, List<byte[]> payloads) {
        for (int at = header; at < unit.length; at += 700) {
            int end = Math.min(unit.length, at + 700);
            int flags = (at == header ? 0x80 : 0) | (end == unit.length ? 0x40 : 0);
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            if (header == 1) {
                part.write(unit[0] & 0xe0 | kind);
                part.write(flags | unit[0] & 0x1f);
            } else {
                part.write(unit[0] & 0x81 | kind << 1);
                part.write(unit[1]);
                part.write(flags | unit[0] >>> 1 & 0x3f);
            }
            part.write(unit, at, end - at);
            payloads.add(part.toByteArray());
        }
    }

    private static byte[] startCoded(List<byte[]> units) {
        return TestStreams.joined(units.stream()
                .map(unit -> TestStreams.joined(new byte[] {0, 0, 0, 1}, unit))
                .toList());
    }
}
