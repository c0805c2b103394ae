package org.farwatch.ingest.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.farwatch.ingest.media.Heard;
import org.farwatch.ingest.media.TestStreams;
import org.junit.jupiter.api.Test;

/** When a picture is given out: at its marker where these were right, else with the beginning of the next. */
class PictureEndTest {
    private static final long SSRC = 7;
    private static final int MARKER = 0x80;
    /** More than have to be right. */
    private static final int LEARNT = 60;

    private static final List<byte[]> PICTURES = TestStreams.pictures(100, 3_000);

    private final Heard heard = new Heard();
    private final Reception reception = new Reception(true, SSRC, heard, new RtpCounters());
    private int sequence;

    @Test
    void aPictureOfH264IsGivenOutAtItsMarkerOnceThatHasBeenRight() {
        units();
        for (int i = 0; i < PICTURES.size(); i++) {
            send(marked(unitPackets(i)));
            assertThat(heard.pictures()).as("picture %d", i).hasSize(i < 50 ? i : i + 1);
        }
        requireAll();
    }

    /** As RTSP brings it: inside a connection, or as datagrams. */
    @Test
    void aPictureOfRtspIsGivenOutAtItsMarkerOnceThatHasBeenRight() {
        for (boolean datagrams : new boolean[] {false, true}) {
            Heard feed = new Heard();
            PacketTrack track = new PacketTrack(
                    RtpPayload.of(RtpContent.H264),
                    96,
                    new byte[0],
                    feed,
                    ticks -> ticks * 100 / 9,
                    datagrams,
                    new RtpCounters());
            for (int i = 0; i < PICTURES.size(); i++) {
                for (byte[] packet : marked(unitPackets(i))) {
                    track.packet(packet, 0, packet.length, 0);
                }
                assertThat(feed.pictures()).as("picture %d", i).hasSize(i < 50 ? i : i + 1);
            }
        }
    }

    @Test
    void aPictureOfAProgramStreamIsGivenOutAtItsMarkerOnceThatHasBeenRight() {
        for (int i = 0; i < PICTURES.size(); i++) {
            send(marked(systemPackets(i)));
            assertThat(heard.pictures()).as("picture %d", i).hasSize(i < 50 ? i : i + 1);
        }
        requireAll();
    }

    @Test
    void markersThatWereNeverRightCostNothing() {
        units();
        for (int i = 0; i < PICTURES.size(); i++) {
            List<byte[]> packets = unitPackets(i);
            packets.forEach(PictureEndTest::mark);
            send(packets);
            assertThat(heard.pictures()).hasSize(i);
        }
        requireAll();
    }

    @Test
    void aStreamWithoutMarkersIsAsBefore() {
        units();
        for (int i = 0; i < PICTURES.size(); i++) {
            send(unitPackets(i));
            assertThat(heard.pictures()).hasSize(i);
        }
        requireAll();
    }

    /** Each says that sets of parameters are a picture, as many cameras do; they are never believed to be one. */
    @Test
    void aMarkerOnParameterSetsIsNone() {
        units();
        for (int i = 0; i < PICTURES.size(); i++) {
            List<byte[]> packets = marked(unitPackets(i));
            packets.stream()
                    .filter(packet -> packet[12] == 0x67 || packet[12] == 0x68)
                    .forEach(PictureEndTest::mark);
            send(packets);
        }
        assertThat(heard.pictures()).as("none waits for the next").hasSize(PICTURES.size());
        requireAll();
    }

    @Test
    void theFirstMarkerThatLiesEndsTheTrustAndIsTold() {
        units();
        for (int i = 0; i < PICTURES.size(); i++) {
            List<byte[]> packets = marked(unitPackets(i));
            if (i == LEARNT + 5) {
                mark(packets.getFirst());
            }
            send(packets);
            if (i < LEARNT + 5) {
                assertThat(heard.losses()).isZero();
            }
            if (i >= LEARNT + 6) {
                assertThat(heard.pictures())
                        .as("one behind again, picture %d", i)
                        .hasSize(i);
            }
        }
        reception.end(0, 0);
        assertThat(heard.losses()).as("half a picture had gone out").isOne();
        assertThat(heard.pictures()).hasSize(PICTURES.size());
        assertThat(heard.pictures().getLast().bytes()).isEqualTo(PICTURES.getLast());
    }

    @Test
    void aLostPacketEndsNoTrust() {
        units();
        for (int i = 0; i < PICTURES.size(); i++) {
            List<byte[]> packets = marked(unitPackets(i));
            if (i == LEARNT) {
                packets.removeLast();
            }
            send(packets);
        }
        assertThat(heard.losses()).isOne();
        assertThat(heard.pictures()).as("all but the one, at their markers").hasSize(PICTURES.size() - 1);
    }

    private void units() {
        reception.expect(new Answer(OptionalLong.empty(), Map.of(96, RtpPayload.of(RtpContent.H264))));
    }

    private void requireAll() {
        reception.end(0, 0);
        assertThat(heard.losses()).isZero();
        assertThat(heard.pictures()).hasSize(PICTURES.size());
        for (int i = 0; i < PICTURES.size(); i++) {
            assertThat(heard.pictures().get(i).bytes()).isEqualTo(PICTURES.get(i));
            assertThat(heard.pictures().get(i).decode()).isEqualTo(i * 40_000L);
        }
    }

    private void send(List<byte[]> packets) {
        packets.forEach(packet -> reception.packet(packet, "camera", 0, 0));
        // Behind a gap nothing else comes that would end the wait.
        reception.expire(Reordering.PATIENCE_NANOS);
    }

    private static List<byte[]> marked(List<byte[]> packets) {
        mark(packets.getLast());
        return packets;
    }

    private static void mark(byte[] packet) {
        packet[1] |= (byte) MARKER;
    }

    /** A packet for each NAL unit. */
    private List<byte[]> unitPackets(int number) {
        byte[] picture = PICTURES.get(number);
        List<byte[]> packets = new ArrayList<>();
        int from = 4;
        for (int at = 4; at <= picture.length; at++) {
            boolean code = at + 4 <= picture.length && ByteBuffer.wrap(picture).getInt(at) == 1;
            if (code || at == picture.length) {
                packets.add(
                        TestStreams.rtp(96, sequence++, number * 3_600L, SSRC, Arrays.copyOfRange(picture, from, at)));
                from = at + 4;
            }
        }
        return packets;
    }

    private List<byte[]> systemPackets(int number) {
        byte[] map = number % 10 == 0 ? TestStreams.map(0x1b, 0xe0) : new byte[0];
        byte[] frame = TestStreams.joined(
                TestStreams.pack(), map, TestStreams.video(number * 3_600L, PICTURES.get(number), 60_000));
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at < frame.length; at += 700) {
            byte[] part = Arrays.copyOfRange(frame, at, Math.min(frame.length, at + 700));
            packets.add(TestStreams.rtp(96, sequence++, number * 3_600L, SSRC, part));
        }
        return packets;
    }
}
