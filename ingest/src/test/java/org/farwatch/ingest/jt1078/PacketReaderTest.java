package org.farwatch.ingest.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.jt1078.MediaPacket.Kind;
import org.farwatch.ingest.jt1078.MediaPacket.Part;
import org.junit.jupiter.api.Test;

/** Bytes of a TCP link become packets, wherever they are cut. */
class PacketReaderTest {
    private static final int MOST_BODY = 16_384;
    private static final String PICTURE = "3031636481E2108801123456781001100000016BB392CA7C02800028002E00000001"
            + "61E1A2BF0098CFC0EE1E17283407788E39A403FDDBD1D546BFB063013F59AC34C97A021AB96A28A42C08";
    private static final String SHORT_PICTURE =
            "3031636481E2022D0019013050370210000001749179C79D05C80050000E0000000161E1E2FF000003006840";

    private final Seen seen = new Seen();

    private static final class Seen implements PacketReader.Sink {
        private final List<MediaPacket> packets = new ArrayList<>();
        private final List<FaultKind> faults = new ArrayList<>();

        @Override
        public void packet(MediaPacket packet) {
            packets.add(packet);
        }

        @Override
        public void fault(FaultKind kind, String reason, byte[] bytes, int offset, int length) {
            faults.add(kind);
        }
    }

    private Seen read(byte[]... pieces) {
        return read("", pieces);
    }

    private Seen read(String known, byte[]... pieces) {
        PacketReader reader = new PacketReader(MOST_BODY, known::equals);
        for (byte[] piece : pieces) {
            reader.read(piece, 0, piece.length, seen);
        }
        return seen;
    }

    private static byte[] hex(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts));
    }

    private static byte[] cat(byte[]... parts) {
        return Captured.joined(List.of(parts));
    }

    @Test
    void everyFieldOfAPacketIsRead() {
        read(hex(PICTURE, SHORT_PICTURE, PICTURE));
        MediaPacket first = seen.packets.getFirst();
        assertThat(first.sim()).isEqualTo("11234567810");
        assertThat(first.channel()).isOne();
        assertThat(first.payloadType()).isEqualTo(98);
        assertThat(first.marker()).isTrue();
        assertThat(first.sequence()).isEqualTo(0x1088);
        assertThat(first.kind()).isEqualTo(Kind.P);
        assertThat(first.part()).isEqualTo(Part.WHOLE);
        assertThat(first.stamp()).isEqualTo(1_562_085_870_204L);
        assertThat(first.body()).hasSize(46).startsWith(0, 0, 0, 1, 0x61);
        MediaPacket second = seen.packets.get(1);
        assertThat(second.sim()).isEqualTo("1901305037");
        assertThat(second.channel()).isEqualTo(2);
        assertThat(second.body()).hasSize(14);
        assertThat(seen.packets).hasSize(3);
        assertThat(seen.faults).isEmpty();
    }

    @Test
    void theFrameOfACapturedStreamIsTheSameWhereverItIsCut() throws IOException {
        byte[] stream = Captured.joined(Captured.packetsOfOneFrame());
        byte[] frame = Captured.frame();
        for (int cut = 0; cut <= stream.length; cut++) {
            seen.packets.clear();
            read(Captured.SIM, Arrays.copyOf(stream, cut), Arrays.copyOfRange(stream, cut, stream.length));
            byte[] bodies =
                    Captured.joined(seen.packets.stream().map(MediaPacket::body).toList());
            assertThat(bodies).as("cut at %d", cut).isEqualTo(frame);
        }
        assertThat(seen.faults).isEmpty();
    }

    @Test
    void aLongStreamComesByteByByte() throws IOException {
        byte[] stream = Captured.longStream();
        PacketReader reader = new PacketReader(MOST_BODY, _ -> false);
        for (byte one : stream) {
            reader.read(new byte[] {one}, 0, 1, seen);
        }
        // The first packet waits for the second, which tells the length of the SIM.
        assertThat(seen.packets).hasSize(324);
        assertThat(seen.packets).extracting(MediaPacket::sim).containsOnly("295696659617");
        assertThat(seen.packets.getLast().sequence()).isEqualTo(323);
        assertThat(seen.faults).isEmpty();
        assertThat(reader.waiting()).isZero();
    }

    @Test
    void aSimOfTenBytesIsFoundByWhatFollowsOrByTheRegister() {
        PacketWriter writer = new PacketWriter("13812345678", MediaPacket.SIM_2019);
        byte[] one = writer.sound(3, 6, 1_000, new byte[160]);
        byte[] two = writer.sound(3, 6, 1_020, new byte[160]);
        read("13812345678", one);
        assertThat(seen.packets).extracting(MediaPacket::sim).containsExactly("13812345678");
        seen.packets.clear();
        read("", one);
        assertThat(seen.packets).as("nothing tells yet").isEmpty();
        read("", cat(one, two));
        assertThat(seen.packets).extracting(MediaPacket::sequence).containsExactly(0, 1);
        assertThat(seen.packets).extracting(MediaPacket::simBytes).containsOnly(MediaPacket.SIM_2019);
        assertThat(PacketReader.datagram(one, MOST_BODY, _ -> false).sim()).isEqualTo("13812345678");
        assertThat(PacketReader.datagram(hex(PICTURE), MOST_BODY, _ -> false).simBytes())
                .isEqualTo(MediaPacket.SIM_2016);
        assertThat(PacketReader.datagram(Arrays.copyOf(one, one.length - 1), MOST_BODY, _ -> true))
                .isNull();
    }

    @Test
    void whatIsNoPacketIsSkippedOnceAndThePacketsBehindItAreRead() {
        byte[] longer = hex(PICTURE);
        longer[28] = (byte) 0xFF;
        read(cat(hex("00ff3031"), hex(SHORT_PICTURE, PICTURE), longer, hex(SHORT_PICTURE, SHORT_PICTURE)));
        assertThat(seen.packets).extracting(MediaPacket::channel).containsExactly(2, 1, 2, 2);
        assertThat(seen.faults).containsExactly(FaultKind.MALFORMED, FaultKind.MALFORMED);
    }

    @Test
    void aMarkWithinAPictureIsPartOfIt() {
        byte[] body = cat(new byte[] {0, 0, 0, 1, 0x65}, hex(SHORT_PICTURE));
        byte[] packet = new PacketWriter("13812345678", MediaPacket.SIM_2016)
                .picture(1, 98, true, 5, 0, 40, body)
                .getFirst();
        read(cat(packet, hex(PICTURE, PICTURE)));
        assertThat(seen.packets.getFirst().body()).isEqualTo(body);
        assertThat(seen.packets).hasSize(3);
        assertThat(seen.faults).isEmpty();
    }
}
