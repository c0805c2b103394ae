package org.farwatch.ingest;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Function;

/**
 * One port number for TCP and UDP, as devices have one setting for both. Where the system chooses the number, it may be
 * taken in the other transport: then another one is tried.
 *
 * @param tcp bound, its address has the number
 * @param udp bound to the same
 */
public record TwinPort(Channel tcp, Channel udp) {
    private static final int TRIES = 20;

    /**
     * Binds both or none.
     *
     * @param setting its name, for the sentence
     * @param port 0 lets the system choose
     * @throws IOException naming setting, address, transport and port
     */
    public static TwinPort bind(
            String setting,
            String host,
            int port,
            Function<InetSocketAddress, ChannelFuture> bindTcp,
            Function<InetSocketAddress, ChannelFuture> bindUdp)
            throws IOException {
        InetSocketAddress wanted = new InetSocketAddress(host, port);
        for (int tries = 1; ; tries++) {
            ChannelFuture tcp = bindTcp.apply(wanted).awaitUninterruptibly();
            if (!tcp.isSuccess()) {
                throw refused(setting, "TCP", wanted, tcp.cause());
            }
            InetSocketAddress address = (InetSocketAddress) tcp.channel().localAddress();
            ChannelFuture udp = bindUdp.apply(address).awaitUninterruptibly();
            if (udp.isSuccess()) {
                return new TwinPort(tcp.channel(), udp.channel());
            }
            tcp.channel().close().awaitUninterruptibly();
            if (port != 0 || tries == TRIES) {
                throw refused(setting, "UDP", wanted, udp.cause());
            }
        }
    }

    private static IOException refused(String setting, String transport, InetSocketAddress address, Throwable cause) {
        return new IOException(
                "%s: cannot listen on %s, %s port %d: %s"
                        .formatted(setting, address.getHostString(), transport, address.getPort(), cause.getMessage()),
                cause);
    }
}
