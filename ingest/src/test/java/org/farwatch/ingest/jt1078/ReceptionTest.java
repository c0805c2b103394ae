package org.farwatch.ingest.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farwatch.ingest.media.Packets;
import org.junit.jupiter.api.Test;

/** Packets become frames: parts put together, gaps, order, kinds of sound. */
class ReceptionTest {
    private static final String SIM = "13812345678";
    private static final int MOST_FRAME = 65_536;

    private final Jt1078Counters counters = new Jt1078Counters();
    private final Heard heard = new Heard();
    private final PacketWriter writer = new PacketWriter(SIM, MediaPacket.SIM_2016);
    private final Reception reception = new Receptions(MOST_FRAME, counters).open(SIM, 1, heard);
    private MediaLink link = new Wire(0);
    private long now = 1_000;

    private static final class Wire extends MediaLink {
        private final List<byte[]> sent = new ArrayList<>();

        Wire(int window) {
            super(window);
        }

        @Override
        void execute(Runnable work) {
            work.run();
        }

        @Override
        void shut() {}

        @Override
        boolean send(byte[] packet) {
            return sent.add(packet);
        }
    }

    private void take(byte[] packet) {
        reception.take(PacketReader.datagram(packet, 65_535, _ -> true), link, now);
    }

    private void takeAll(List<byte[]> packets) {
        packets.forEach(this::take);
    }

    private List<byte[]> picture(boolean key, int bytes, long stamp) {
        byte[] unit = new byte[bytes];
        Arrays.fill(unit, (byte) stamp);
        return writer.picture(1, PacketWriter.H264, key, stamp, 0, 40, unit);
    }

    @Test
    void aCapturedPictureOfEightPacketsIsPutTogether() throws IOException {
        takeAll(Captured.packetsOfOneFrame());
        assertThat(heard.pictures).containsExactly(Captured.frame());
        assertThat(heard.stamps).containsExactly(1_566_919_211_506L * 1_000);
        assertThat(heard.events).containsExactly("H264");
    }

    @Test
    void ofALostPartTheWholePictureIsGoneAndSaidToBe() {
        List<byte[]> key = picture(true, 3_000, 10);
        List<byte[]> next = picture(false, 2_000, 50);
        take(key.get(0));
        take(key.get(1));
        take(key.get(3));
        takeAll(next);
        assertThat(heard.events).containsExactly("lost", "H264");
        assertThat(heard.pictures.getFirst()).hasSize(2_000);
        assertThat(counters.lost()).isOne();
        assertThat(counters.incomplete())
                .as("its last part had no beginning any more")
                .isOne();
        assertThat(reception.lossPercent()).isEqualTo(100 / 7);
        assertThat(reception.lossPercent()).as("nothing since").isEqualTo(-1);
        assertThat(reception.packets()).isEqualTo(new Packets(6, 1));
    }

    @Test
    void packetsThatOvertakeOneAnotherOnUdpAreNotLost() {
        link = new Wire(8);
        List<byte[]> first = picture(true, 3_000, 10);
        List<byte[]> second = picture(false, 1_500, 50);
        take(first.get(0));
        take(first.get(2));
        take(second.get(0));
        take(first.get(1));
        take(first.get(1));
        take(first.get(3));
        take(second.get(1));
        assertThat(heard.events).containsExactly("H264", "H264");
        assertThat(heard.pictures.get(0)).hasSize(3_000);
        assertThat(heard.pictures.get(1)).hasSize(1_500);
        assertThat(counters.lost()).isZero();
        assertThat(counters.late()).as("the one that came twice").isOne();
    }

    @Test
    void onePacketMissingOnUdpIsWaitedForAndThenGivenUp() {
        link = new Wire(8);
        List<byte[]> first = picture(true, 3_000, 10);
        take(first.get(0));
        take(first.get(2));
        take(first.get(3));
        assertThat(heard.events).isEmpty();
        now += Strand.PATIENCE;
        takeAll(picture(true, 500, 50));
        assertThat(heard.events).containsExactly("lost", "H264");
        assertThat(counters.lost()).isOne();
    }

    @Test
    void soundNumberedWithThePicturesOrByItselfIsNoGap() {
        takeAll(picture(true, 500, 10));
        take(writer.sound(1, 6, 10, new byte[320]));
        takeAll(picture(false, 500, 50));
        take(writer.sound(1, 6, 50, new byte[320]));
        PacketWriter own = new PacketWriter(SIM, MediaPacket.SIM_2016);
        link = new Wire(0);
        byte[] sound = own.sound(1, 7, 90, new byte[160]);
        takeAll(picture(true, 500, 90));
        take(sound);
        takeAll(picture(false, 500, 130));
        take(own.sound(1, 7, 110, new byte[160]));
        assertThat(heard.events)
                .containsExactly(
                        "H264", "pcm_alaw", "H264", "pcm_alaw", "lost", "H264", "pcm_mulaw", "H264", "pcm_mulaw");
        assertThat(counters.lost()).isZero();
    }

    @Test
    void theLinkOfTheCallBeforeMayCloseWithoutEndingThisOne() {
        Receptions all = new Receptions(MOST_FRAME, counters);
        Wire old = new Wire(0);
        Reception next = all.open(SIM, 1, heard);
        List<byte[]> rest = picture(false, 500, 10);
        rest.forEach(packet -> next.take(PacketReader.datagram(packet, 65_535, _ -> true), old, now));
        next.over(old);
        Wire own = new Wire(0);
        picture(true, 500, 50).forEach(packet -> next.take(PacketReader.datagram(packet, 65_535, _ -> true), own, now));
        assertThat(heard.events).containsExactly("H264", "lost", "H264");
        next.over(own);
        assertThat(heard.events).last().isEqualTo("ended: the terminal closed the media link");
    }

    @Test
    void theHeadOfHisiliconIsTakenOffAndTheRateOfG726IsThatOfItsLength() {
        byte[] sound = new byte[164];
        sound[1] = 1;
        sound[2] = 80;
        take(writer.sound(1, 6, 10, sound));
        take(writer.sound(1, 8, 20, new byte[60]));
        take(writer.sound(1, 8, 20, new byte[80]));
        take(writer.sound(1, 26, 20, new byte[164]));
        take(writer.sound(1, 19, 30, new byte[] {(byte) 0xFF, (byte) 0xF1, 0, 0, 0, 0, 0, 0, 0}));
        take(writer.sound(1, 28, 40, new byte[32]));
        assertThat(heard.events)
                .containsExactly("pcm_alaw", "adpcm_g726le/3", "adpcm_g726le/4", "adpcm_dvi4", "aac", "left out amr");
        assertThat(heard.sounds.getFirst()).hasSize(160);
    }

    @Test
    void aTerminalWhoseStampsStandStillIsTimedByOurClock() {
        for (int i = 0; i < 5; i++) {
            takeAll(picture(i == 0, 100, 0));
            now += 40;
        }
        assertThat(heard.stamps).containsExactly(0L, 0L, 1_080_000L, 1_120_000L, 1_160_000L);
    }

    @Test
    void picturesOfAnotherCodecEndTheStreamWithTheReason() {
        takeAll(writer.picture(1, 100, true, 0, 0, 0, new byte[10]));
        takeAll(picture(true, 10, 1));
        assertThat(heard.events)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("unsupported-codec: pictures of payload type 100");
    }

    @Test
    void aPictureThatIsTooLargeIsLeftOut() {
        takeAll(picture(true, MOST_FRAME + 1, 10));
        takeAll(picture(true, 10, 20));
        assertThat(heard.events).containsExactly("lost", "H264");
    }

    @Test
    void theNewestLinkCountsAndTheEndOfAnOlderOneIsNone() {
        MediaLink old = link;
        takeAll(picture(true, 100, 10));
        link = new Wire(0);
        takeAll(picture(true, 100, 20));
        reception.over(old);
        reception.take(PacketReader.datagram(picture(false, 9, 30).getFirst(), 65_535, _ -> true), old, now);
        assertThat(heard.events).containsExactly("H264", "lost", "H264");
        reception.over(link);
        assertThat(heard.events).last().isEqualTo("ended: the terminal closed the media link");
    }

    @Test
    void soundGoesBackOnTheLinkOnWhichPacketsCome() {
        Wire wire = (Wire) link;
        assertThat(reception.say(PacketWriter.G711_A, 0, new byte[320]))
                .as("no link yet")
                .isFalse();
        take(writer.sound(1, 6, 10, new byte[320]));
        assertThat(reception.say(PacketWriter.G711_A, 40, new byte[320])).isTrue();
        assertThat(reception.say(PacketWriter.G711_A, 80, new byte[320])).isTrue();
        MediaPacket second = PacketReader.datagram(wire.sent.get(1), 65_535, _ -> true);
        assertThat(second.sim()).isEqualTo(SIM);
        assertThat(second.kind()).isEqualTo(MediaPacket.Kind.SOUND);
        assertThat(second.sequence()).isOne();
        assertThat(second.marker()).isTrue();
        assertThat(second.stamp()).isEqualTo(80);
        assertThat(second.body()).hasSize(320);
    }
}
