package org.farwatch.ingest.jt808;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.farwatch.ingest.RowBudget;
import org.farwatch.ingest.TerminalMedia;
import org.farwatch.ingest.TerminalReport;
import org.farwatch.ingest.TerminalSink;
import org.farwatch.ingest.fuzz.Input;
import org.farwatch.ingest.fuzz.OpenRegister;
import org.farwatch.ingest.fuzz.Rows;

/**
 * A whole {@link Connection}: messages with a right checksum and any content, of three terminals that everybody lets in.
 * No content ends the connection, every answer is a frame, and what is acknowledged is stored.
 */
public final class ConnectionFuzz {
    private static final PackageSettings LIMITS =
            new PackageSettings(4096, 8192, 16_384, Duration.ofSeconds(10), 2, Duration.ofMinutes(10));

    private static final Jt808Settings SETTINGS =
            Jt808Settings.at("127.0.0.1", 0).withEventLoopThreads(1).withPackages(LIMITS);

    private static final int[] IDS = {
        MessageId.LOCATION,
        MessageId.LOCATION_BATCH,
        MessageId.LOCATION_QUERY_REPLY,
        MessageId.VEHICLE_CONTROL_REPLY,
        MessageId.TERMINAL_REPLY,
        MessageId.HEARTBEAT,
        MessageId.LOGOUT,
        MessageId.QUERY_TIME,
        MessageId.SEND_AGAIN_UP,
        MessageId.REGISTER,
        MessageId.AUTHENTICATE,
        MessageId.PARAMETERS,
        MessageId.ATTRIBUTES,
        MessageId.UPGRADE_RESULT,
        MessageId.EVENT,
        MessageId.ANSWER,
        MessageId.INFORMATION,
        MessageId.AREAS,
        MessageId.DRIVING_RECORD,
        MessageId.WAYBILL,
        MessageId.DRIVER,
        MessageId.CAN_DATA,
        MessageId.MEDIA_EVENT,
        MessageId.MEDIA,
        MessageId.STORED_MEDIA,
        MessageId.CAPTURE_REPLY,
        MessageId.TRANSPARENT_UP,
        MessageId.COMPRESSED,
        MessageId.TERMINAL_KEY
    };

    private ConnectionFuzz() {}

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        Rows rows = new Rows();
        RowBudget budget = new RowBudget(RowBudget.DEFAULT_LIMIT);
        Jt808Server server = new Jt808Server(
                SETTINGS,
                new OpenRegister(),
                rows,
                new Stored(),
                budget,
                (_, _, _, reason, raw) -> holds(!reason.isEmpty() && raw.length > 0, "kept without a reason"),
                OpenRegister.FAULTS,
                OpenRegister.CLOCK);
        EmbeddedChannel channel = new EmbeddedChannel();
        RowCollector collector =
                new RowCollector(channel.eventLoop(), rows, budget, server.counters(), SETTINGS.maxFrameLength());
        channel.pipeline().addLast(new Connection(server, collector));
        channel.pipeline().fireChannelActive();
        FrameReader answers = new FrameReader(FrameReader.DEFAULT_MAX_FRAME_LENGTH);
        int serial = 0;
        while (in.hasMore()) {
            channel.writeInbound(message(in, serial++));
            channel.runPendingTasks();
            holds(channel.isActive(), "the content of a message closed the connection");
            long held = server.packageBytes();
            holds(held >= 0 && held <= LIMITS.totalBytes(), "packages of %d bytes".formatted(held));
            answered(channel, answers);
        }
        same(server.counters().acknowledgedRows(), rows.stored(), "rows acknowledged");
        same(budget.inFlight(), 0, "rows in flight");
        channel.finishAndReleaseAll();
        same(server.terminalsOnline(), 0, "terminals online after the end");
    }

    private static ByteBuf message(Input in, int serial) {
        int id = in.octet();
        int flags = in.octet();
        Layout layout = (flags & 1) == 0 ? Layout.V2013 : Layout.V2019;
        FrameWriter writer = new FrameWriter()
                .begin(id < IDS.length ? IDS[id] : id << 8 | in.octet(), layout, "1380000000" + (flags >> 6), serial);
        if ((flags & 2) != 0) {
            writer.ofPackages(in.octet() & 7, in.octet() & 7);
        }
        int length = (flags & 4) == 0 ? in.octet() : in.word() % (FrameWriter.MAX_BODY + 1);
        ByteBuf wire = Unpooled.buffer();
        writer.putBytes(in.take(length)).end(wire);
        return wire;
    }

    private static void answered(EmbeddedChannel channel, FrameReader reader) {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            byte[] wire = new byte[out.readableBytes()];
            out.readBytes(wire);
            out.release();
            int at = 0;
            while (at < wire.length) {
                at = reader.read(wire, at, wire.length);
                holds(reader.complete() && reader.frame().fault() == null, "an answer is no frame");
                holds((reader.frame().messageId() & 0x8000) != 0, "an answer that a terminal would send");
            }
        }
    }

    private static final class Stored implements TerminalSink {
        @Override
        public void media(TerminalMedia medium, Consumer<Outcome> done) {
            done.accept(Outcome.STORED);
        }

        @Override
        public void report(TerminalReport report, Consumer<Outcome> done) {
            done.accept(Outcome.STORED);
        }
    }
}
