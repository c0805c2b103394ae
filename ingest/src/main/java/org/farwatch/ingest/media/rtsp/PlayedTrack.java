package org.farwatch.ingest.media.rtsp;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.rtp.PacketTrack;
import org.farwatch.ingest.media.rtp.RtpCounters;

/**
 * One track that was set up.
 *
 * @param url by which the camera knows it
 * @param channel of its packets, even as a rule; its reports have the next
 * @param far the camera's port that its packets come from, the next that of its reports: 0 where it said none; -1 inside
 *     the connection
 */
record PlayedTrack(String url, int channel, int far, TrackClock clock, PacketTrack packets) {
    private static final Pattern INTERLEAVED = Pattern.compile("interleaved=(\\d{1,3})", Pattern.CASE_INSENSITIVE);
    private static final Pattern FAR = Pattern.compile("server_port=(\\d{1,5})", Pattern.CASE_INSENSITIVE);
    private static final Pattern SOURCE = Pattern.compile("source=\"?([0-9A-Fa-f.:]+)", Pattern.CASE_INSENSITIVE);
    private static final int INSIDE = -1;
    private static final int UNSAID = 0;
    private static final int LAST_PORT = 65_534;
    private static final int RECEIVER_REPORT = 201;
    private static final int REPORT_BYTES = 8;

    /** How we ask for a track inside the connection (RFC 2326, 12.39). */
    static String inside(int channel) {
        return "RTP/AVP/TCP;unicast;interleaved=%d-%d".formatted(channel, channel + 1);
    }

    /** How we ask for datagrams to this port and the next. */
    static String datagrams(int port) {
        return "RTP/AVP;unicast;client_port=%d-%d".formatted(port, port + 1);
    }

    /**
     * @param channel that we asked for
     * @param transport what the camera made of it; null where it says nothing
     * @return empty when it does not send as it was asked to
     */
    static Optional<PlayedTrack> of(
            Choice choice,
            String url,
            int channel,
            String transport,
            boolean datagrams,
            Feed feed,
            RtpCounters counters) {
        String said = transport == null ? "" : transport;
        int taken = channel;
        int far = INSIDE;
        if (datagrams) {
            Matcher port = FAR.matcher(said);
            int named = port.find() ? Integer.parseInt(port.group(1)) : UNSAID;
            far = named > LAST_PORT ? UNSAID : named;
        } else {
            Matcher interleaved = INTERLEAVED.matcher(said);
            taken = interleaved.find() ? Integer.parseInt(interleaved.group(1)) : Integer.MAX_VALUE;
        }
        if (taken > 255) {
            return Optional.empty();
        }
        TrackClock clock = new TrackClock(choice.payload().clockRate());
        PacketTrack packets = new PacketTrack(
                choice.payload(), choice.media().type(), choice.sets(), feed, clock, datagrams, counters);
        return Optional.of(new PlayedTrack(url, taken, far, clock, packets));
    }

    /** The address from which a camera says that it sends; empty where it names none, or a name. */
    static Optional<InetAddress> sender(String transport) {
        Matcher source = SOURCE.matcher(transport == null ? "" : transport);
        try {
            return source.find() ? Optional.of(InetAddress.ofLiteral(source.group(1))) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** From our ports to the camera's, so that a firewall between lets what comes back in. */
    void callOut(RtspLink link) throws IOException {
        if (far > UNSAID) {
            link.send(channel, far, new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            link.send(channel + 1, far + 1, report(0));
        }
    }

    /** Says that somebody is there, with an empty receiver report (RFC 3550, 6.4.2). */
    void report(RtspLink link, int source) throws IOException {
        if (far > UNSAID) {
            link.send(channel + 1, far + 1, report(source));
        } else if (far == INSIDE) {
            link.send(ByteBuffer.allocate(4 + REPORT_BYTES)
                    .put((byte) '$')
                    .put((byte) (channel + 1))
                    .putShort((short) REPORT_BYTES)
                    .put(report(source))
                    .array());
        }
    }

    private static byte[] report(int source) {
        return ByteBuffer.allocate(REPORT_BYTES)
                .put((byte) 0x80)
                .put((byte) RECEIVER_REPORT)
                .putShort((short) 1)
                .putInt(source)
                .array();
    }
}
