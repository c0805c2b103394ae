package org.farwatch.ingest.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.farwatch.ingest.media.TestStreams;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;
import org.junit.jupiter.api.Test;

class FramingTest {
    private static final long SSRC = 0x0bebc201;

    private final RtpCounters counters = new RtpCounters();
    private final List<byte[]> packets = new ArrayList<>();
    private final Framing framing = framing();

    @Test
    void bothFormsAreCutTheSameWhereverTheyAreCut() {
        List<byte[]> sent = TestStreams.rtp(96, 65_530, SSRC, TestStreams.pictures(5, 5_000), 1_000);
        byte[] framed =
                TestStreams.joined(sent.stream().map(TestStreams::framed).toList());
        byte[] interleaved =
                TestStreams.joined(sent.stream().map(TestStreams::interleaved).toList());
        for (byte[] stream : List.of(framed, interleaved)) {
            for (int piece : new int[] {1, 2, 3, 13, 1_000, stream.length}) {
                packets.clear();
                Framing each = framing();
                read(each, stream, piece);
                assertThat(packets).containsExactlyElementsOf(sent);
                assertThat(each.interleaved()).isEqualTo(stream[0] == '$');
                assertThat(each.unfinished()).isZero();
            }
        }
        assertThat(counters.get(Count.DESYNC)).isZero();
    }

    @Test
    void rubbishInBetweenCostsNothingButItself() {
        List<byte[]> sent = TestStreams.rtp(96, 0, SSRC, TestStreams.pictures(10, 3_000), 1_000);
        List<byte[]> parts =
                new ArrayList<>(sent.stream().map(TestStreams::framed).toList());
        byte[] rubbish = new byte[5_000];
        new Random(1).nextBytes(rubbish);
        rubbish[0] = 5;
        rubbish[2] = 1;
        parts.add(7, rubbish);

        read(framing, TestStreams.joined(parts), 777);

        assertThat(packets).containsExactlyElementsOf(sent);
        assertThat(counters.get(Count.DESYNC)).isEqualTo(1);
    }

    @Test
    void aConnectionOfNothingButRubbishIsGivenUp() {
        byte[] zeros = new byte[64 * 1024];
        Arrays.fill(zeros, (byte) 1);
        boolean goesOn = true;
        int tries = 0;
        while (goesOn && tries++ < 100) {
            goesOn = framing.read(zeros, 0, zeros.length);
        }

        assertThat(tries).isLessThan(20);
        assertThat(packets).isEmpty();
    }

    @Property(tries = 500)
    void anyBytesAreCutOrSearched(@ForAll @Size(max = 3_000) byte[] bytes) {
        Framing any = framing();
        byte[] one = TestStreams.framed(TestStreams.rtp(96, 1, 0, SSRC, new byte[100]));
        read(any, TestStreams.joined(one, bytes, one, one), 11);
        assertThat(any.unfinished()).isLessThan(4 + 65_535);
    }

    private Framing framing() {
        return new Framing(counters, new Framing.Packets() {
            @Override
            public void packet(byte[] bytes) {
                packets.add(bytes);
            }

            @Override
            public void desync() {
                // Counted already.
            }
        });
    }

    private static void read(Framing framing, byte[] stream, int piece) {
        for (int at = 0; at < stream.length; at += piece) {
            assertThat(framing.read(stream, at, Math.min(piece, stream.length - at)))
                    .isTrue();
        }
    }
}
