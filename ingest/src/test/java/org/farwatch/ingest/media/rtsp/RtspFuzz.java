package org.farwatch.ingest.media.rtsp;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.ingest.fuzz.Input;

/**
 * {@link RtspReader} and {@link SessionDescription}: wherever the bytes of a camera are cut, the same messages and packets
 * come out of them, never more than came; and any description is read or left out.
 */
public final class RtspFuzz {
    private RtspFuzz() {}

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        int piece = 1 + in.octet() % 64;
        byte[] stream = in.rest();
        Log whole = read(stream, Math.max(1, stream.length));
        Log cut = read(stream, piece);
        same(cut.lines, whole.lines, "what is given out of pieces of " + piece);
        holds(whole.bytes <= stream.length, "more bytes than came");
        SessionDescription description = SessionDescription.parse(new String(stream, StandardCharsets.UTF_8));
        holds(description.media().size() <= 16, "more media than are read");
        var _ = Choice.of(description);
        for (SessionDescription.Media media : description.media()) {
            byte[] sets = media.parameterSets();
            holds(sets.length == 0 || sets.length > 4 && sets[3] == 1, "parameter sets without a start code");
        }
    }

    private static Log read(byte[] stream, int piece) {
        Log log = new Log();
        RtspReader reader = new RtspReader(log);
        InputStream in = new ByteArrayInputStream(stream);
        try {
            while (reader.read(new Pieces(in, piece))) {
                holds(reader.unfinished() <= stream.length, "more waits than came");
            }
        } catch (ProtocolException e) {
            log.lines.add("no RTSP: " + e.getMessage());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return log;
    }

    private static final class Pieces extends InputStream {
        private final InputStream in;
        private final int most;

        private Pieces(InputStream in, int most) {
            this.in = in;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, Math.min(length, most));
        }
    }

    private static final class Log implements RtspReader.Taker {
        private final List<String> lines = new ArrayList<>();
        private long bytes;

        @Override
        public void packet(int channel, byte[] held, int offset, int length) {
            lines.add("packet " + channel + " of " + length);
            bytes += length;
        }

        @Override
        public void message(RtspMessage message) {
            lines.add(message.status() + " " + message.first() + " "
                    + message.headers().size() + " " + message.body().length);
            bytes += message.body().length;
        }

        @Override
        public void desync() {
            lines.add("desync");
        }
    }
}
