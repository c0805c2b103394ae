package org.farwatch.ingest.nmea;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.farwatch.geo.Datum;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.RowStream;
import org.farwatch.ingest.fuzz.Input;
import org.farwatch.ingest.fuzz.OpenRegister;
import org.farwatch.ingest.fuzz.Rows;

/**
 * Sentences by datagram or message ({@link NmeaText}) and over a connection cut anywhere ({@link NmeaConnection},
 * {@link Preamble}): the same fixes both ways. A line that begins with {@code #} instead of {@code $} gets its checksum.
 */
public final class SentenceFuzz {
    private static final KnownDevice DEVICE = new KnownDevice(1, "r", Protocol.NMEA, "r", Datum.GCJ02);
    private static final NmeaSettings SETTINGS =
            new NmeaSettings("127.0.0.1", 0, Duration.ofMinutes(1), 1, new Preamble(Preamble.DEFAULT));

    private SentenceFuzz() {}

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        int piece = 1 + in.octet() % 32;
        byte[] text = summed(in.rest());
        PositionBatch batch = new PositionBatch(text.length + 2);
        NmeaText.Outcome outcome = new NmeaText().decode(text, DEVICE, OpenRegister.CLOCK.millis(), () -> batch);
        holds(outcome.bad() == 0 == (outcome.fault() == null), "faults counted, or none named");
        holds(outcome.fault() == null || !outcome.reason().isEmpty(), "a fault without a reason");
        Rows.check(batch, 0);
        Rows rows = connection(text, piece);
        // A preamble in the text ends the moment that was begun: fixes may become more, never fewer.
        boolean introduced = new String(text, StandardCharsets.ISO_8859_1).matches("(?s).*(id:|PFWID).*");
        holds(
                introduced || rows.stored() == batch.size(),
                "%d fixes of a connection, %d of a message".formatted(rows.stored(), batch.size()));
    }

    private static Rows connection(byte[] text, int piece) {
        Rows stored = new Rows();
        RowBudget budget = new RowBudget(RowBudget.DEFAULT_LIMIT);
        NmeaServer server = new NmeaServer(
                SETTINGS,
                new OpenRegister(),
                stored,
                budget,
                (_, _, _, reason, _) -> holds(!reason.isEmpty(), "kept without a reason"),
                OpenRegister.FAULTS,
                OpenRegister.CLOCK);
        EmbeddedChannel channel = new EmbeddedChannel();
        RowStream rows = new RowStream(channel.eventLoop(), stored, budget, 512);
        channel.pipeline().addLast(new NmeaConnection(server, rows));
        channel.pipeline().fireChannelActive();
        channel.writeInbound(Unpooled.wrappedBuffer("id:r\n".getBytes(StandardCharsets.US_ASCII)));
        channel.runPendingTasks();
        for (int at = 0; at < text.length && channel.isActive(); at += piece) {
            channel.writeInbound(Unpooled.wrappedBuffer(text, at, Math.min(piece, text.length - at)));
            channel.runPendingTasks();
        }
        boolean refused = new String(text, StandardCharsets.ISO_8859_1).matches("(?s).*[:,]x.*");
        holds(refused || channel.isActive(), "a sentence closed the connection");
        if (channel.isActive()) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {'\n'}));
        }
        channel.finishAndReleaseAll();
        same(budget.inFlight(), 0, "rows in flight");
        return stored;
    }

    private static byte[] summed(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 16);
        int at = 0;
        while (at < text.length) {
            int end = at;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            if (text[at] == '#') {
                int sum = 0;
                for (int i = at + 1; i < end; i++) {
                    sum ^= text[i];
                }
                out.write('$');
                out.write(text, at + 1, end - at - 1);
                out.write('*');
                out.writeBytes(
                        HexFormat.of().withUpperCase().toHexDigits((byte) sum).getBytes(StandardCharsets.US_ASCII));
            } else {
                out.write(text, at, end - at);
            }
            out.write('\n');
            at = end + 1;
        }
        return out.toByteArray();
    }
}
