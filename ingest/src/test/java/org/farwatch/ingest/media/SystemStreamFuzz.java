package org.farwatch.ingest.media;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Function;
import org.farwatch.ingest.fuzz.Input;
import org.farwatch.ingest.media.ps.PsReader;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.ts.TsReader;

/**
 * {@link PsReader} and {@link TsReader}: wherever the bytes are cut, and with a gap that is told, the feed gets the same;
 * never more than came, and no more waits than came.
 */
public final class SystemStreamFuzz {
    private static final long RECEIVED = 1_000;

    private SystemStreamFuzz() {}

    private interface Reader {
        void read(byte[] bytes, int offset, int length);

        void lost();

        void end();

        int unfinished();

        long resyncs();
    }

    public static void ps(byte[] bytes) {
        Input in = new Input(bytes);
        int piece = 1 + in.octet() % 64;
        int gap = in.word();
        run(in.rest(), piece, gap, Ps::new);
    }

    /** Where the first octet is odd, pieces behind their length are filled up to packets. */
    public static void ts(byte[] bytes) {
        Input in = new Input(bytes);
        int first = in.octet();
        int piece = 1 + first % 255;
        int gap = in.word();
        run((first & 1) == 1 ? packets(in) : in.rest(), piece, gap, Ts::new);
    }

    private static byte[] packets(Input in) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        while (in.hasMore()) {
            byte[] begins = in.take(in.octet() % TsReader.PACKET);
            byte[] packet = new byte[TsReader.PACKET];
            Arrays.fill(packet, (byte) 0xff);
            packet[0] = TsReader.SYNC;
            System.arraycopy(begins, 0, packet, 1, begins.length);
            stream.writeBytes(packet);
        }
        return stream.toByteArray();
    }

    private static void run(byte[] stream, int piece, int gap, Function<Feed, Reader> open) {
        FeedLog whole = new FeedLog();
        long resyncs = read(open.apply(whole), stream, Math.max(1, stream.length), gap);
        FeedLog cut = new FeedLog();
        same(read(open.apply(cut), stream, piece, gap), resyncs, "times that packets were searched");
        same(cut.lines(), whole.lines(), "what is given out of pieces of " + piece);
        holds(whole.bytes() <= stream.length, "more bytes in frames than came");
    }

    private static long read(Reader reader, byte[] stream, int piece, int gap) {
        int at = 0;
        while (at < stream.length) {
            if (at == gap && gap > 0) {
                reader.lost();
            }
            int end = at < gap ? Math.min(gap, stream.length) : stream.length;
            int count = Math.min(piece, end - at);
            reader.read(stream, at, count);
            at += count;
            holds(reader.unfinished() <= at, "more waits than came");
        }
        reader.end();
        return reader.resyncs();
    }

    private record Ps(PsReader reader) implements Reader {
        Ps(Feed feed) {
            this(new PsReader(feed));
        }

        @Override
        public void read(byte[] bytes, int offset, int length) {
            reader.transportStamp(RECEIVED);
            reader.read(bytes, offset, length, RECEIVED);
        }

        @Override
        public void lost() {
            reader.lost();
        }

        @Override
        public void end() {
            reader.end(RECEIVED);
        }

        @Override
        public int unfinished() {
            return reader.unfinished();
        }

        @Override
        public long resyncs() {
            return reader.resyncs();
        }
    }

    private record Ts(TsReader reader) implements Reader {
        Ts(Feed feed) {
            this(new TsReader(feed));
        }

        @Override
        public void read(byte[] bytes, int offset, int length) {
            reader.transportStamp(RECEIVED);
            reader.read(bytes, offset, length, RECEIVED);
        }

        @Override
        public void lost() {
            reader.lost();
        }

        @Override
        public void end() {
            reader.end(RECEIVED);
        }

        @Override
        public int unfinished() {
            return reader.unfinished();
        }

        @Override
        public long resyncs() {
            return reader.resyncs();
        }
    }
}
