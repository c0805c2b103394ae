package org.farwatch.ingest.simulator;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.farwatch.ingest.jt1078.PacketWriter;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.VideoFrames;
import org.farwatch.ingest.simulator.camera.Scene;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel of a simulated terminal on its media link. Scene, encoder and link belong to its thread. */
final class VideoSender implements AutoCloseable {
    private static final int BIT_RATE = 600_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(VideoSender.class);

    private final String host;
    private final int tcpPort;
    private final int udpPort;
    private final int channel;
    private final PacketWriter writer;
    private final IntFunction<Scene> scenes;
    /** Null of what is live. */
    private final TerminalPlayback playback;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong heard = new AtomicLong();

    /** Where packets go. */
    private interface Link extends AutoCloseable {
        void send(byte[] packet) throws IOException;

        @Override
        void close() throws IOException;
    }

    VideoSender(
            String host,
            int tcpPort,
            int udpPort,
            int channel,
            PacketWriter writer,
            IntFunction<Scene> scenes,
            TerminalPlayback playback) {
        this.host = host;
        this.tcpPort = tcpPort;
        this.udpPort = udpPort;
        this.channel = channel;
        this.writer = writer;
        this.scenes = scenes;
        this.playback = playback;
    }

    /** @param over called on its thread when nothing more is sent */
    void start(Runnable over) {
        Thread.ofPlatform().daemon().name("terminal-video-" + channel).start(() -> {
            try (Link link = tcpPort > 0 ? tcp() : udp()) {
                send(link);
            } catch (IOException e) {
                LOG.debug("channel {}: the media link to {} broke: {}", channel, host, e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                over.run();
            }
        });
    }

    long heard() {
        return heard.get();
    }

    @Override
    public void close() {
        closed.countDown();
        if (playback != null) {
            playback.close();
        }
    }

    /** What is said of a playback, behind channel and order. */
    void order(int order, ByteBuffer in) {
        if (playback != null) {
            playback.order(order, in);
        }
    }

    private void send(Link link) throws IOException, InterruptedException {
        try (Scene scene = scenes.apply(channel);
                SceneEncoder encoder = new SceneEncoder(scene.width(), scene.height(), scene.rate(), BIT_RATE)) {
            BufferedImage picture = new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_3BYTE_BGR);
            long period = TimeUnit.SECONDS.toNanos(1) / scene.rate();
            long due = System.nanoTime();
            long lastKey = 0;
            do {
                long now = playback == null ? System.currentTimeMillis() : playback.next(1_000 / scene.rate());
                if (now < 0) {
                    return;
                }
                if (playback != null && playback.jumped()) {
                    encoder.wantKey();
                }
                scene.next(picture);
                MediaUnit unit = encoder.encode(picture, now);
                lastKey = unit.key() ? now : lastKey;
                byte[] bytes = VideoFrames.byteStream(encoder.format().video(), unit);
                int sinceKey = (int) Math.min(0xFFFF, now - lastKey);
                int sinceLast = 1_000 / scene.rate();
                List<byte[]> packets =
                        writer.picture(channel, PacketWriter.H264, unit.key(), now, sinceKey, sinceLast, bytes);
                for (byte[] packet : packets) {
                    link.send(packet);
                }
                long pause = playback == null ? period : (long) (period / playback.speed());
                due = Math.max(due + pause, System.nanoTime());
            } while (!closed.await(due - System.nanoTime(), TimeUnit.NANOSECONDS));
        }
    }

    private Link tcp() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, tcpPort), CONNECT_MILLIS);
        Thread.ofVirtual().name("terminal-listens-" + channel).start(() -> listen(socket));
        return new Link() {
            @Override
            public void send(byte[] packet) throws IOException {
                socket.getOutputStream().write(packet);
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    /** What is said to whoever sits in the vehicle. */
    private void listen(Socket socket) {
        byte[] came = new byte[4_096];
        try (InputStream in = socket.getInputStream()) {
            for (int count = in.read(came); count >= 0; count = in.read(came)) {
                heard.addAndGet(count);
            }
        } catch (IOException e) {
            LOG.debug("channel {}: nothing more is heard: {}", channel, e.getMessage());
        }
    }

    private Link udp() throws IOException {
        DatagramSocket socket = new DatagramSocket();
        InetSocketAddress server = new InetSocketAddress(host, udpPort);
        return new Link() {
            @Override
            public void send(byte[] packet) throws IOException {
                socket.send(new DatagramPacket(packet, packet.length, server));
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }
}
