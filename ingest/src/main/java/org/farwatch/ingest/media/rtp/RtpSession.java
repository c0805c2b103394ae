package org.farwatch.ingest.media.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.rtp.RtpCounters.Count;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device's packets on one port. Its state belongs to its event loop; every method may be called by any thread and
 * none waits.
 */
public final class RtpSession implements AutoCloseable {
    /** Connections that have not shown yet whether they are the device's. */
    private static final int MAX_CONNECTIONS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(RtpSession.class);

    private final RtpSessions sessions;
    private final EventLoop loop;
    private final int port;
    private final RtpTransport transport;
    private final Feed feed;
    private final RtpCounters counters;
    private final Reception reception;
    private final RtpSockets sockets;
    private final Speech speech;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Datagrams' channel or listener; null of {@link RtpTransport#TCP_ACTIVE} until it connects. */
    private Channel channel;

    private int connections;
    /** The feed hears nothing more. Owned by the event loop. */
    private boolean ended;

    private boolean ticking;
    private boolean connecting;
    /** Where speech goes: an address or a connection. */
    private volatile Object peer;

    private volatile boolean receives;
    private final CompletableFuture<Void> reachable = new CompletableFuture<>();
    /** Whose connections are taken, where it is there to speak; null for anybody's. */
    private volatile Set<String> listeners;
    /** Whose packets and connections are taken; null for anybody's. */
    private volatile Set<String> senders;

    private boolean foreignTold;

    RtpSession(
            RtpSessions sessions,
            EventLoop loop,
            String host,
            int port,
            RtpTransport transport,
            long expectedSsrc,
            Feed feed) {
        this.sessions = sessions;
        this.loop = loop;
        this.port = port;
        this.transport = transport;
        this.feed = feed;
        counters = new RtpCounters(sessions.totals());
        reception = new Reception(transport == RtpTransport.UDP, expectedSsrc, feed, counters);
        sockets = new RtpSockets(this, loop, new InetSocketAddress(host, port));
        speech = new Speech(Math.max(0, expectedSsrc));
    }

    /** Whether the port could be had. */
    boolean bind() {
        if (transport == RtpTransport.TCP_ACTIVE) {
            return sockets.mayConnect();
        }
        var bound = (transport == RtpTransport.UDP ? sockets.datagrams() : sockets.listen()).awaitUninterruptibly();
        channel = bound.channel();
        return bound.isSuccess();
    }

    public RtpTransport transport() {
        return transport;
    }

    /** Our port, for the offer: even. Of {@link RtpTransport#TCP_ACTIVE} the one that we connect from. */
    public int port() {
        return port;
    }

    /** Says what the device has answered. Packets that come before are taken by what is asked for and by their bytes. */
    public void expect(Answer answer) {
        onLoop(() -> reception.expect(answer));
    }

    /**
     * Where the device is. {@link RtpTransport#TCP_ACTIVE}: connects to it, once; when that fails the feed is told.
     * {@link RtpTransport#UDP}: where speech goes until packets have come from somewhere. {@link
     * RtpTransport#TCP_PASSIVE}: nothing, it connects to us.
     */
    public void connectTo(InetSocketAddress device) {
        onLoop(() -> {
            switch (transport) {
                case UDP -> reach(peer == null ? device : peer);
                case TCP_PASSIVE -> {
                    // It connects to us.
                }
                case TCP_ACTIVE -> connect(device);
            }
        });
    }

    /**
     * Sends one packet of speech the way that the device's packets come.
     *
     * @param payloadType as agreed, 0 to 127: usually 8 for A-law, 0 for µ-law
     * @param g711 samples of one byte at 8,000 a second, 1 to 1,400, usually 160 (20 ms)
     * @return whether there was somebody to send it to; what cannot be written is dropped and counted
     * @throws IllegalArgumentException naming what is out of its range
     */
    public boolean speak(int payloadType, byte[] g711) {
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payload type must be 0 to 127, was " + payloadType);
        }
        if (g711.length < 1 || g711.length > Speech.MAX_SAMPLES) {
            throw new IllegalArgumentException("samples must be 1 to " + Speech.MAX_SAMPLES + ", were " + g711.length);
        }
        boolean somebody = peer != null && !closed.get();
        if (somebody) {
            onLoop(() -> say(payloadType, g711));
        } else {
            counters.count(Count.UNSENT);
        }
        return somebody;
    }

    /**
     * It is there to speak: connections from other addresses are not taken, and it fails when the one that it speaks
     * to is lost.
     *
     * @param hosts addresses as digits
     */
    public void speaksTo(Set<String> hosts) {
        listeners = Set.copyOf(hosts);
    }

    /**
     * From now on packets and connections from other addresses than these are dropped and counted: whoever is the first
     * at a port puts no pictures of his own in the place of the device's.
     *
     * @param hosts addresses as digits
     */
    public void takesFrom(Set<String> hosts) {
        // At once: the event loop looks at what has come before it does what it is told.
        senders = Set.copyOf(hosts);
    }

    /** Completes when there is somebody to speak to, on the event loop; never exceptionally. */
    public CompletionStage<Void> reachable() {
        return reachable;
    }

    /** Whether a source's packets have come. */
    public boolean receives() {
        return receives;
    }

    public RtpCounters counters() {
        return counters;
    }

    /** Closes the port; the feed hears nothing more once this has reached the event loop. May be called again. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onLoop(() -> {
                ended = true;
                sockets.closeConnections();
                if (channel == null) {
                    sessions.ended(this);
                } else {
                    channel.close().addListener(_ -> sessions.ended(this));
                }
            });
        }
    }

    /** Bytes that wait for what follows. For tests. */
    int unfinished() {
        return reception.unfinished();
    }

    // What follows is called by the event loop.

    void datagram(DatagramPacket datagram) {
        if (ended) {
            return;
        }
        if (!mayCome(datagram.sender())) {
            foreign(datagram.sender());
        } else {
            ByteBuf content = datagram.content();
            byte[] bytes = new byte[content.readableBytes()];
            content.readBytes(bytes);
            reception.packet(bytes, datagram.sender(), sessions.clock().millis(), System.nanoTime());
            arrived();
            if (reception.waits() && !ticking) {
                ticking = true;
                var _ = loop.schedule(this::expire, Reordering.PATIENCE_NANOS, TimeUnit.NANOSECONDS);
            }
        }
    }

    /** @return false when it is somebody else's connection */
    boolean framed(byte[] packet, Channel connection) {
        if (ended) {
            return false;
        }
        boolean taken = reception.packet(packet, connection, sessions.clock().millis(), System.nanoTime());
        arrived();
        return taken;
    }

    void desync(Channel connection) {
        if (!ended && connection.equals(reception.source())) {
            reception.desync();
        }
    }

    /** @return whether it may stay */
    boolean connected(Channel connection) {
        boolean stays = !ended
                && reception.source() == null
                && connections < MAX_CONNECTIONS
                && (listeners == null || listeners.contains(host(connection.remoteAddress())))
                && (transport == RtpTransport.TCP_ACTIVE || mayCome(connection.remoteAddress()));
        if (stays) {
            connections++;
            reach(peer == null ? connection : peer);
        } else {
            foreign(connection.remoteAddress());
        }
        return stays;
    }

    private boolean mayCome(SocketAddress from) {
        Set<String> hosts = senders;
        return hosts == null || hosts.contains(host(from));
    }

    /** Said once: whoever sets the system up learns from where the pictures come that do not arrive. */
    private void foreign(SocketAddress from) {
        counters.count(Count.FOREIGN);
        Set<String> hosts = senders;
        if (!foreignTold && hosts != null && !hosts.contains(host(from)) && reception.source() == null) {
            foreignTold = true;
            LOG.info("port {}: nothing is taken from {}, only from {}", port, host(from), hosts);
        }
    }

    void disconnected(Channel connection, OfflineCause cause, String detail) {
        connections--;
        boolean spokenTo = connection.equals(peer);
        peer = spokenTo ? null : peer;
        boolean only = transport == RtpTransport.TCP_ACTIVE || spokenTo && listeners != null;
        if (!ended && (only || connection.equals(reception.source()))) {
            ended = true;
            reception.end(sessions.clock().millis(), System.nanoTime());
            feed.failed(cause, detail);
        }
    }

    RtpCounters counted() {
        return counters;
    }

    private void arrived() {
        Object source = reception.source();
        if (source != null) {
            receives = true;
            reach(source);
        }
    }

    private void reach(Object somebody) {
        peer = somebody;
        reachable.complete(null);
    }

    private static String host(SocketAddress from) {
        return from instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : "";
    }

    private void expire() {
        ticking = false;
        if (!ended) {
            reception.expire(System.nanoTime());
            if (reception.waits()) {
                ticking = true;
                var _ = loop.schedule(this::expire, Reordering.PATIENCE_NANOS / 4, TimeUnit.NANOSECONDS);
            }
        }
    }

    private void connect(InetSocketAddress device) {
        if (connecting || ended) {
            return;
        }
        connecting = true;
        var connected = sockets.connect(device);
        channel = connected.channel();
        connected.addListener(done -> {
            if (!done.isSuccess() && !ended) {
                ended = true;
                feed.failed(
                        OfflineCause.UNREACHABLE,
                        "cannot be connected to at %s port %d: %s"
                                .formatted(
                                        device.getHostString(),
                                        device.getPort(),
                                        done.cause().getMessage()));
            }
        });
    }

    private void say(int payloadType, byte[] g711) {
        Object to = peer;
        boolean sent = to instanceof Channel connection
                ? sockets.write(connection, speech.packet(payloadType, g711))
                : to instanceof InetSocketAddress address
                        && sockets.write(channel, address, speech.packet(payloadType, g711));
        counters.count(sent ? Count.SENT : Count.UNSENT);
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else if (!loop.isShuttingDown()) {
            loop.execute(task);
        }
    }
}
