package org.farwatch.ingest.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures and sound that are numbered together: what is missing of the one is not of the other. */
class SoundBetweenPicturesTest {
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
        void shut() {}

        @Override
        void execute(Runnable work) {
            work.run();
        }

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

    /** Pictures of one size, each with what the terminal tells of its interval and a sound behind it. */
    private List<List<byte[]>> withSound(int count, int bytes, int told) {
        List<List<byte[]>> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] unit = new byte[bytes];
            Arrays.fill(unit, (byte) (i + 1));
            List<byte[]> both =
                    new ArrayList<>(writer.picture(1, PacketWriter.H264, i == 0, 1_000 + 40L * i, 0, told, unit));
            both.add(writer.sound(1, 6, 1_000 + 40L * i, new byte[320]));
            packets.add(both);
        }
        return packets;
    }

    @Test
    void aLostSoundThatIsNumberedWithThePicturesCostsNoPicture() {
        for (int told : new int[] {40, 0}) {
            link = new Wire(0);
            int before = heard.pictures.size();
            List<List<byte[]>> packets = withSound(20, 2_500, told);
            packets.get(12).removeLast();
            packets.get(15).removeLast();
            packets.forEach(this::takeAll);
            assertThat(heard.pictures).as("told %d", told).hasSize(before + 20);
        }
        assertThat(heard.events.stream().filter("lost"::equals))
                .as("the second link")
                .hasSize(1);
        assertThat(counters.lost()).isEqualTo(4);
    }

    @Test
    void aLostPictureIsToldAlthoughItsNumberMayHaveBeenASounds() {
        List<List<byte[]>> packets = withSound(20, 500, 40);
        packets.get(12).removeFirst();
        packets.forEach(this::takeAll);
        assertThat(heard.pictures).hasSize(19);
        assertThat(heard.events.stream().filter("lost"::equals)).hasSize(1);
        assertThat(heard.events.indexOf("lost"))
                .as("before the picture that refers to it")
                .isEqualTo(25);
    }

    @Test
    void aPictureWithAHoleBesideASoundIsNotPutTogether() {
        List<List<byte[]>> packets = withSound(12, 2_500, 40);
        List<byte[]> torn = packets.get(10);
        byte[] soundInside = torn.removeLast();
        // The packet in the middle is lost, and the sound that took the next number came before the last part.
        soundInside[7] = torn.getLast()[7];
        torn.getLast()[7]++;
        torn.set(1, soundInside);
        packets.forEach(this::takeAll);
        assertThat(heard.pictures).hasSize(11).allMatch(picture -> picture.length == 2_500);
        assertThat(heard.events.stream().filter("lost"::equals)).hasSize(1);
    }

    @Test
    void onUdpASoundThatWasOvertakenHoldsNoPictureUp() {
        link = new Wire(8);
        List<List<byte[]>> packets = withSound(12, 500, 40);
        byte[] late = packets.get(10).removeLast();
        packets.subList(0, 11).forEach(this::takeAll);
        take(packets.get(11).getFirst());
        assertThat(heard.pictures).hasSize(11);
        take(late);
        assertThat(heard.pictures).hasSize(12);
        take(packets.get(11).getLast());
        assertThat(heard.events).doesNotContain("lost");
        assertThat(counters.lost()).isZero();
        assertThat(heard.sounds).hasSize(12);
    }
}
