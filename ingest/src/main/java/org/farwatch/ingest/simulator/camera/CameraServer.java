package org.farwatch.ingest.simulator.camera;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Simulated cameras behind one RTSP port (RFC 2326; H.264 by RFC 6184, inside of the connection), each with a path of its
 * own. For demonstrations and tests: what connects to it cannot tell it from cameras. May be used by any thread.
 */
public final class CameraServer implements AutoCloseable {
    /** What waits for a slow client at most, besides one picture, in bytes. */
    private static final int CLIENT_QUEUE = 256 * 1024;

    private static final int SEND_BUFFER = 128 * 1024;

    private final Settings settings;
    private final EventLoopGroup group;
    private final Channel port;
    private final Map<String, SimulatedCamera> cameras = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    /** Who may watch. */
    public record Login(String user, String password) {}

    /**
     * @param host where to listen
     * @param port 0 chooses
     * @param login null for everybody
     * @param connections at once, all cameras together; more are closed when they come
     * @param watchers of one camera at once; more are answered 453
     * @param clockAhead by so much the cameras' clocks are wrong
     */
    public record Settings(
            InetAddress host, int port, Login login, int connections, int watchers, Duration clockAhead) {
        /** On this machine only, any free port, for everybody. */
        public static Settings loopback() {
            return new Settings(InetAddress.getLoopbackAddress(), 0, null, 64, 16, Duration.ZERO);
        }

        /** The same with Digest access. */
        public Settings withLogin(Login wanted) {
            return new Settings(host, port, wanted, connections, watchers, clockAhead);
        }

        /** The same with other limits. */
        public Settings withLimits(int ofConnections, int ofWatchers) {
            return new Settings(host, port, login, ofConnections, ofWatchers, clockAhead);
        }

        /** The same with clocks that are wrong. */
        public Settings withClockAhead(Duration ahead) {
            return new Settings(host, port, login, connections, watchers, ahead);
        }
    }

    /** @throws UncheckedIOException when the port cannot be had */
    public CameraServer(Settings settings) {
        this.settings = settings;
        group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("camera-server", true), NioIoHandler.newFactory());
        var bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(CLIENT_QUEUE / 4, CLIENT_QUEUE))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(settings.host(), settings.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new UncheckedIOException(new IOException(
                    "cannot listen on " + settings.host().getHostAddress() + ":" + settings.port(), bound.cause()));
        }
        port = bound.channel();
    }

    /**
     * Sets up a camera; it begins to encode when somebody watches.
     *
     * @param path such as {@code demo/crossing}, of {@code a-z}, digits, {@code -} and {@code /}
     * @param scene becomes the camera's, which closes it
     * @param bitRate bits a second
     * @throws IllegalArgumentException for another path, or one that there is
     */
    public void add(String path, Scene scene, int bitRate) {
        if (!path.matches("[a-z0-9-]+(/[a-z0-9-]+)*")) {
            throw new IllegalArgumentException("a camera's path is a-z, 0-9, - and /, was " + path);
        }
        synchronized (cameras) {
            if (cameras.containsKey(path)) {
                throw new IllegalArgumentException("there is a camera " + path);
            }
            cameras.put(path, new SimulatedCamera(path, scene, bitRate));
        }
    }

    /** Takes a camera away: its clients are cut off, and nobody finds it any more. */
    public void remove(String path) {
        SimulatedCamera camera = cameras.remove(path);
        if (camera != null) {
            camera.close();
        }
    }

    /** Where to fetch a camera, without the login. */
    public String url(String path) {
        InetSocketAddress bound = (InetSocketAddress) port.localAddress();
        return "rtsp://" + bound.getAddress().getHostAddress() + ":" + bound.getPort() + "/" + path;
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) port.localAddress()).getPort();
    }

    /** Who watches a camera now; 0 for one that there is not. */
    public int watching(String path) {
        SimulatedCamera camera = cameras.get(path);
        return camera == null ? 0 : camera.watching();
    }

    /** Pictures that a camera has encoded; 0 for one that there is not. */
    public long pictures(String path) {
        SimulatedCamera camera = cameras.get(path);
        return camera == null ? 0 : camera.pictures();
    }

    /** Pictures that clients were not given because they were too slow. */
    public long dropped() {
        return dropped.get();
    }

    /** Null where there is none. */
    SimulatedCamera camera(String path) {
        return cameras.get(path);
    }

    Settings settings() {
        return settings;
    }

    AtomicLong droppedPictures() {
        return dropped;
    }

    private void accept(Channel channel) {
        if (connections.incrementAndGet() > settings.connections()) {
            connections.decrementAndGet();
            var _ = channel.close();
            return;
        }
        var _ = channel.closeFuture().addListener(_ -> connections.decrementAndGet());
        channel.pipeline().addLast(new RtspReader(), new CameraConnection(this));
    }

    /** Ends all cameras and connections. */
    @Override
    public void close() {
        var _ = port.close().awaitUninterruptibly();
        cameras.values().forEach(SimulatedCamera::close);
        cameras.clear();
        var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
