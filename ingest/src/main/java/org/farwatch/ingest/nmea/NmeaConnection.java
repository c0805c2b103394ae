package org.farwatch.ingest.nmea;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.DeviceDirectory.Refusal;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.RowStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP connection: a preamble says whose the sentences behind it are; another one later says so anew, as a converter with
 * several receivers does. There are no answers; when there is no room the socket is not read. State belongs to the
 * channel's event loop.
 */
final class NmeaConnection extends ChannelInboundHandlerAdapter implements RowStream.Reader {
    /** Lines that may come before the preamble: a receiver that was running already. */
    private static final int STRAY_LINES = 50;

    private static final int NO_ROOM = 1;
    private static final int ADMISSION = 2;
    private static final long QUIET_MILLIS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(NmeaConnection.class);

    private final NmeaServer server;
    private final RowStream rows;
    private final LineReader lines = new LineReader();
    private final Sentence sentence = new Sentence();
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(2);
    private final byte[] chunk = new byte[4096];
    private Epoch epoch = new Epoch();
    private KnownDevice device;
    private ChannelHandlerContext context;
    private int stray;
    private int pauses;
    private boolean reading;
    private long heardAt = System.nanoTime();

    NmeaConnection(NmeaServer server, RowStream rows) {
        this.server = server;
        this.rows = rows;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        rows.add(this);
        var tick = ctx.executor().scheduleAtFixedRate(this::tick, QUIET_MILLIS, QUIET_MILLIS, TimeUnit.MILLISECONDS);
        ctx.channel().closeFuture().addListener(_ -> tick.cancel(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        held.add((ByteBuf) message);
        read();
    }

    private void read() {
        if (reading) {
            return;
        }
        reading = true;
        try {
            while (pauses == 0 && !held.isEmpty()) {
                ByteBuf in = held.peek();
                int count = Math.min(in.readableBytes(), chunk.length);
                in.getBytes(in.readerIndex(), chunk, 0, count);
                int at = 0;
                while (at < count && pauses == 0) {
                    at = lines.read(chunk, at, count);
                    if (lines.complete()) {
                        heardAt = System.nanoTime();
                        line();
                    }
                }
                in.skipBytes(at);
                if (!in.isReadable()) {
                    held.poll().release();
                }
            }
        } finally {
            reading = false;
        }
    }

    private void line() {
        byte[] line = lines.line();
        int length = lines.length();
        boolean ofReceiver = length > 1 && line[0] == '$' && line[1] != 'P';
        Preamble.Shown shown = ofReceiver ? null : server.settings().preamble().read(line, 0, length);
        if (shown != null) {
            introduce(shown);
        } else if (device == null) {
            server.count(FaultKind.NOT_ADMITTED);
            if (++stray > STRAY_LINES) {
                server.report(
                        FaultKind.NOT_ADMITTED,
                        address(),
                        "no preamble within %d lines".formatted(STRAY_LINES),
                        line,
                        length);
                close();
            }
        } else {
            sentence(line, length);
        }
    }

    private void sentence(byte[] line, int length) {
        FaultKind fault = sentence.read(line, 0, length);
        String reason = sentence.reason();
        if (fault == null) {
            PositionBatch batch = rows.rows();
            int before = batch.size();
            fault = epoch.take(sentence, device, server.clock().millis(), batch);
            reason = epoch.reason();
            appended(batch.size() - before);
        }
        if (fault != null) {
            server.refuse(fault, device.protocolId(), reason, lines.copy());
        }
    }

    private void introduce(Preamble.Shown shown) {
        leave();
        pause(ADMISSION);
        server.admit(shown)
                .whenComplete((admission, failure) ->
                        server.onLoop(context.channel().eventLoop(), () -> {
                            switch (failure == null ? admission : new Admission.Refused(Refusal.UNAVAILABLE)) {
                                case Admission.Accepted(KnownDevice known, var _) -> {
                                    device = known;
                                    epoch = new Epoch();
                                    server.directory()
                                            .presence(
                                                    known, true, server.clock().instant());
                                    resume(ADMISSION);
                                }
                                case Admission.Refused(Refusal why) -> {
                                    server.report(
                                            FaultKind.NOT_ADMITTED,
                                            address(),
                                            "device %s is refused: %s".formatted(shown, why),
                                            new byte[0],
                                            0);
                                    close();
                                }
                            }
                        }));
    }

    private void appended(int count) {
        if (count > 0) {
            server.positions().add(count);
            rows.appended();
        }
    }

    /** Ends the fix that was begun, and the device's presence. */
    private void leave() {
        if (device != null) {
            endFix();
            server.directory().presence(device, false, server.clock().instant());
            device = null;
        }
    }

    private void endFix() {
        PositionBatch batch = rows.rows();
        int before = batch.size();
        epoch.end(device, server.clock().millis(), batch);
        appended(batch.size() - before);
    }

    /** A fix is over also when nothing follows it; a silent device is gone. */
    private void tick() {
        long silent = System.nanoTime() - heardAt;
        if (pauses != 0) {
            return;
        }
        if (silent >= server.settings().idleTimeout().toNanos()) {
            if (lines.unfinished()) {
                server.count(FaultKind.UNFINISHED);
            }
            close();
        } else if (device != null && silent >= TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS)) {
            endFix();
        }
    }

    @Override
    public void pause() {
        pause(NO_ROOM);
    }

    @Override
    public void resume() {
        resume(NO_ROOM);
    }

    private void pause(int reason) {
        pauses |= reason;
        context.channel().config().setAutoRead(false);
    }

    private void resume(int reason) {
        pauses &= ~reason;
        heardAt = System.nanoTime();
        read();
        if (pauses == 0) {
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        leave();
        rows.remove(this);
        held.forEach(ByteBuf::release);
        held.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{} closed: {}", address(), cause.toString());
        close();
    }

    private void close() {
        pauses |= ADMISSION;
        var _ = context.close();
    }

    private String address() {
        return context.channel().remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null
                ? peer.getAddress().getHostAddress()
                : String.valueOf(context.channel().remoteAddress());
    }
}
