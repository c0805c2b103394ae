package org.farwatch.ingest.nmea;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.util.Arrays;
import org.farwatch.geo.PositionBatch;
import org.farwatch.ingest.DeviceDirectory.Admission;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.KnownDevice;
import org.farwatch.ingest.RowStream;

/**
 * UDP: each datagram begins with the preamble, sentences follow. What comes while there is no room is dropped and counted:
 * a datagram cannot wait. State belongs to the event loop.
 */
final class NmeaDatagrams extends SimpleChannelInboundHandler<DatagramPacket> {
    /** Datagrams whose device the register is being asked about. */
    private static final int MOST_ASKED = 1_000;

    private final NmeaServer server;
    private final RowStream rows;
    private final NmeaText text = new NmeaText();
    private int asked;

    NmeaDatagrams(NmeaServer server, RowStream rows) {
        this.server = server;
        this.rows = rows;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        byte[] bytes = ByteBufUtil.getBytes(packet.content());
        String sender = packet.sender().getAddress().getHostAddress();
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        Preamble.Shown shown = server.settings().preamble().read(bytes, 0, end);
        if (shown == null) {
            server.report(
                    FaultKind.NOT_ADMITTED, sender, "the datagram does not begin with a preamble", bytes, bytes.length);
            return;
        }
        if (rows.paused() || asked >= MOST_ASKED) {
            server.count(FaultKind.OVER_LIMIT);
            return;
        }
        asked++;
        int from = end;
        server.admit(shown)
                .whenComplete((admission, failure) ->
                        server.onLoop(context.channel().eventLoop(), () -> {
                            asked--;
                            if (failure == null && admission instanceof Admission.Accepted(KnownDevice device, var _)) {
                                take(device, bytes, from);
                            } else {
                                server.report(
                                        FaultKind.NOT_ADMITTED,
                                        sender,
                                        "device %s is refused: %s".formatted(shown, admission),
                                        new byte[0],
                                        0);
                            }
                        }));
    }

    private void take(KnownDevice device, byte[] bytes, int from) {
        server.directory().presence(device, true, server.clock().instant());
        PositionBatch batch = rows.rows();
        int before = batch.size();
        NmeaText.Outcome outcome =
                text.decode(bytes, from, bytes.length, device, server.clock().millis(), () -> batch);
        if (batch.size() > before) {
            server.positions().add(batch.size() - before);
            rows.appended();
        }
        if (outcome.fault() != null) {
            server.refuse(
                    outcome.fault(),
                    device.protocolId(),
                    outcome.reason(),
                    Arrays.copyOfRange(bytes, from, bytes.length));
        }
    }
}
