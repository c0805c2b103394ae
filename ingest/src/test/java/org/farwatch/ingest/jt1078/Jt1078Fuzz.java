package org.farwatch.ingest.jt1078;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.fuzz.Input;

/**
 * A media link cut anywhere ({@link PacketReader}) and its packets put into frames ({@link Reception}): the same packets
 * whole and in pieces, no memory beyond its bounds, no frame larger than the packets it was made of.
 */
public final class Jt1078Fuzz {
    private static final int MOST_BODY = 2_048;
    private static final int MOST_FRAME = 65_536;

    private Jt1078Fuzz() {}

    private static final class Packets implements PacketReader.Sink {
        private final List<MediaPacket> all = new ArrayList<>();
        private long bytes;

        @Override
        public void packet(MediaPacket packet) {
            all.add(packet);
            bytes += packet.body().length;
        }

        @Override
        public void fault(FaultKind kind, String reason, byte[] bytes, int offset, int length) {
            holds(!reason.isEmpty() && length > 0, "a fault without a reason or without bytes");
        }
    }

    private static final class Wire extends MediaLink {
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
            return true;
        }
    }

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        int piece = 1 + in.octet();
        boolean known = (in.octet() & 1) == 1;
        int window = in.octet() % 16;
        byte[] stream = in.rest();
        Packets whole = new Packets();
        new PacketReader(MOST_BODY, _ -> known).read(stream, 0, stream.length, whole);
        Packets cut = new Packets();
        PacketReader reader = new PacketReader(MOST_BODY, _ -> known);
        for (int at = 0; at < stream.length; at += piece) {
            reader.read(stream, at, Math.min(piece, stream.length - at), cut);
            holds(reader.waiting() <= MOST_BODY + 64 + piece, "more is held than a packet and what came with it");
        }
        holds(whole.bytes <= stream.length, "more bytes in packets than came");
        same(texts(cut), texts(whole), "packets of a stream in pieces");
        frames(cut, window);
    }

    private static List<String> texts(Packets packets) {
        return packets.all.stream()
                .map(packet -> packet.sim()
                        + ' '
                        + packet.sequence()
                        + ' '
                        + packet.kind()
                        + ' '
                        + Arrays.hashCode(packet.body()))
                .toList();
    }

    private static void frames(Packets packets, int window) {
        Jt1078Counters counters = new Jt1078Counters();
        Heard heard = new Heard();
        Reception reception = new Receptions(MOST_FRAME, counters).open("1", 1, heard);
        Wire link = new Wire(window);
        long now = 1_000;
        for (MediaPacket packet : packets.all) {
            reception.take(packet, link, now);
            now += 10;
        }
        long given =
                heard.pictures.stream().mapToLong(picture -> picture.length).sum()
                        + heard.sounds.stream().mapToLong(sound -> sound.length).sum();
        holds(given <= packets.bytes, "more bytes in frames than in packets");
        int percent = reception.lossPercent();
        holds(percent >= -1 && percent <= 100, "a loss of " + percent);
    }
}
