package org.farwatch.ingest.jt809;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.FaultKind;
import org.farwatch.ingest.jt809.PlatformTally.SlaveState;

/**
 * The connection back to a lower platform (从链路), kept up as long as its main link is. It goes only to the address that
 * the platform came from or to one of {@code farwatch.jt809.slave-addresses}: a login must not send this service to
 * connect anywhere else. While it cannot be had, what goes down takes the main link, as the standard provides. Belongs to
 * the main link's event loop.
 */
final class SlaveLink implements FrameSocket.Owner {
    private static final int CONNECT_MILLIS = 5_000;
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final Jt809Server server;
    private final MainLink main;
    private final InetSocketAddress target;
    private FrameSocket socket;
    private boolean established;
    private boolean ended;
    private long pause = FIRST_PAUSE_MILLIS;

    private SlaveLink(Jt809Server server, MainLink main, InetSocketAddress target) {
        this.server = server;
        this.main = main;
        this.target = target;
    }

    /** Connects where the login says, if it may. */
    static SlaveLink open(Jt809Server server, MainLink main, Login login) {
        String address = login.downAddress();
        boolean wanted = !address.isEmpty() && login.downPort() != 0;
        boolean allowed = address.equals(main.socket().address())
                || server.settings().slaveAddresses().contains(address);
        InetSocketAddress target = wanted && allowed ? new InetSocketAddress(address, login.downPort()) : null;
        SlaveLink link = new SlaveLink(server, main, target);
        if (target != null) {
            link.connect();
        } else if (wanted) {
            main.tally().slave = SlaveState.NOT_ALLOWED;
            server.reportWithoutBytes(
                    FaultKind.NOT_ADMITTED,
                    main.platform().name(),
                    "slave link to %s is not connected: not the platform's own address %s, nor one of farwatch.jt809.slave-addresses"
                            .formatted(address, main.socket().address()));
        }
        return link;
    }

    private void connect() {
        main.tally().slave = SlaveState.CONNECTING;
        socket = new FrameSocket(this, main.rows(), server.settings());
        FrameSocket opening = socket;
        var _ = new Bootstrap()
                .group(main.socket().eventLoop())
                .channel(server.clientType())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(opening);
                    }
                })
                .connect(target)
                .addListener(connecting -> {
                    if (!connecting.isSuccess()) {
                        again("slave link to %s:%d: %s"
                                .formatted(
                                        target.getAddress().getHostAddress(),
                                        target.getPort(),
                                        connecting.cause().getMessage()));
                    }
                });
    }

    private void again(String reason) {
        if (ended) {
            return;
        }
        main.tally().slave = SlaveState.CONNECTING;
        main.tally().lastError = reason;
        var _ = main.socket()
                .eventLoop()
                .schedule(
                        () -> {
                            if (!ended) {
                                connect();
                            }
                        },
                        pause,
                        TimeUnit.MILLISECONDS);
        pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    }

    @Override
    public void opened() {
        if (ended) {
            socket.close();
            return;
        }
        socket.send(main.writer()
                .begin(MessageId.DOWN_LOGIN)
                .putDword(main.verifyCode())
                .end());
    }

    @Override
    public void frame(Frame frame) {
        if (frame.fault() != null) {
            server.report(frame.fault(), main.platform().name(), frame.reason(), frame);
        } else if (!ended) {
            main.ofPlatform(frame, socket);
        }
    }

    /** An answer to what this link sent, whichever connection it came on. */
    void answered(Frame frame) {
        if (frame.messageId() != MessageId.DOWN_LOGIN_REPLY || socket == null) {
            return;
        }
        int result = frame.bodyLength() > 0 ? Wire.octet(frame.bytes(), frame.bodyOffset()) : -1;
        if (result == 0) {
            established = true;
            pause = FIRST_PAUSE_MILLIS;
            main.tally().slave = SlaveState.CONNECTED;
            main.tally().lastError = null;
        } else {
            main.tally().lastError = "the platform refused the slave link with result " + result;
            socket.close();
        }
    }

    /** The socket to send down by: this link's, or the main link's while this one is not up. */
    FrameSocket down() {
        return established ? socket : main.socket();
    }

    @Override
    public void tick() {
        // The main link ticks for both.
    }

    void keepAlive() {
        if (!established) {
            return;
        }
        if (socket.silentFor(server.settings().idleTimeout().toNanos())) {
            socket.close();
        } else {
            socket.send(main.writer().begin(MessageId.DOWN_KEEPALIVE).end());
        }
    }

    @Override
    public void closed() {
        established = false;
        again("the slave link was closed");
    }

    void close() {
        ended = true;
        main.tally().slave = SlaveState.NONE;
        if (socket != null && established) {
            socket.sendAndClose(main.writer()
                    .begin(MessageId.DOWN_LOGOUT)
                    .putDword(main.verifyCode())
                    .end());
        } else if (socket != null) {
            socket.close();
        }
    }
}
