package org.farwatch.ingest.simulator.camera;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.ingest.fuzz.Input;

/** {@link RtspReader}: wherever the bytes are cut the requests are the same, and after a fault nothing is read. */
public final class RequestFuzz {
    private RequestFuzz() {}

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        int piece = 1 + in.octet() % 32;
        byte[] stream = in.rest();
        List<RtspMessage> whole = messages(stream, stream.length + 1);
        same(messages(stream, piece), whole, "requests in pieces of " + piece);
        for (int i = 0; i < whole.size() - 1; i++) {
            holds(whole.get(i) instanceof RtspMessage.Request, "read on after a fault");
        }
    }

    private static List<RtspMessage> messages(byte[] stream, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new RtspReader());
        List<RtspMessage> messages = new ArrayList<>();
        for (int at = 0; at < stream.length; at += piece) {
            channel.writeInbound(Unpooled.copiedBuffer(stream, at, Math.min(piece, stream.length - at)));
            for (RtspMessage next = channel.readInbound(); next != null; next = channel.readInbound()) {
                messages.add(next);
            }
        }
        channel.finishAndReleaseAll();
        return messages;
    }
}
