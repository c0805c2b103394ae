package org.farwatch.ingest.simulator;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.farwatch.ingest.jt1078.PacketWriter;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.TerminalTime;
import org.farwatch.ingest.simulator.camera.Scene;

/**
 * The cameras of a simulated terminal (JT/T 1078): told to, it sends a scene over TCP or UDP until it is told to stop.
 * What it is told comes on the terminal's event loop; each channel that is sent has a platform thread of its own. The
 * rest is safe for use by many threads.
 */
public final class TerminalVideo implements AutoCloseable {
    private static final int SIM_BYTES_2019 = 10;
    private static final int SIM_BYTES = 6;
    private static final int TALK = 2;
    private static final int BROADCAST = 4;
    private static final int END_TALK = 4;
    private static final long RECORDING_MILLIS = 600_000;

    private final String phone;
    private final Layout layout;
    private final int channels;
    private final IntFunction<Scene> scenes;
    private final int recordings;
    private final Map<String, VideoSender> senders = new ConcurrentHashMap<>();
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private final AtomicInteger loss = new AtomicInteger(-1);
    private final HeardSound spoken = new HeardSound();
    private final Map<Integer, TerminalEar> ears = new ConcurrentHashMap<>();
    private volatile TerminalSpeaker speaker = TerminalSpeaker.PROPER;

    /**
     * @param channels 1 to so many have a camera
     * @param scenes what the camera of a channel sees; asked each time that it is to be sent
     * @param recordings it says it has of channel 1, ten minutes each, up to now
     */
    public TerminalVideo(Layout layout, String phone, int channels, IntFunction<Scene> scenes, int recordings) {
        this.layout = layout;
        this.phone = phone;
        this.channels = channels;
        this.scenes = scenes;
        this.recordings = recordings;
    }

    /** What it does from now on when it is spoken to. */
    public TerminalVideo speaker(TerminalSpeaker other) {
        speaker = other;
        return this;
    }

    /** What came out of its loudspeaker. */
    public HeardSound spoken() {
        return spoken;
    }

    /** Channels on which it is spoken to now. */
    public int speakers() {
        return ears.size();
    }

    /** Loses the links on which it is spoken to. */
    public void breakSpeakers() {
        ears.values().forEach(TerminalEar::close);
    }

    /**
     * What it was told, oldest first: message id and channel, of 0x9102 and 0x9202 also the order: {@code 9102 1 0}, of
     * 0x9101 the type of a talk or broadcast: {@code 9101 1 2}, or whether
     * the smaller quality: {@code 9101 1 sub}.
     */
    public List<String> orders() {
        return List.copyOf(orders);
    }

    /** Channels that are being sent now. */
    public int sending() {
        return senders.size();
    }

    /** Packets lost of a hundred as it was told last, -1 before that. */
    public int loss() {
        return loss.get();
    }

    /** Bytes of sound that were sent to it on its media links. */
    public long heard() {
        return senders.values().stream().mapToLong(VideoSender::heard).sum();
    }

    /** Parameter 0x0076. */
    byte[] channelList() {
        ByteBuffer out = ByteBuffer.allocate(3 + 4 * channels)
                .put((byte) channels)
                .put((byte) 0)
                .put((byte) 0);
        for (int channel = 1; channel <= channels; channel++) {
            out.put((byte) channel).put((byte) channel).put((byte) 0).put((byte) 0);
        }
        return out.array();
    }

    /** 0x1003: its sound at 8 kHz, 40 ms in a packet; H.264. */
    byte[] attributes() {
        return new byte[] {
            (byte) speaker.codec(), 1, 0, 1, 1, 0x40, 1, PacketWriter.H264, (byte) channels, (byte) channels
        };
    }

    /** 0x9101. @return false when there is no such channel */
    boolean live(ByteBuffer in) {
        return send("live", 0x9101, in, false);
    }

    /** 0x9201. @return false when there is no such channel */
    boolean play(ByteBuffer in) {
        return send("playback", 0x9201, in, true);
    }

    private boolean send(String what, int messageId, ByteBuffer in, boolean recorded) {
        byte[] host = new byte[in.get() & 0xFF];
        in.get(host);
        int tcp = in.getShort() & 0xFFFF;
        int udp = in.getShort() & 0xFFFF;
        int channel = in.get() & 0xFF;
        int data = messageId == 0x9101 ? in.get() : 0;
        boolean spokenTo = data == TALK || data == BROADCAST;
        boolean sub = messageId == 0x9101 && !spokenTo && in.hasRemaining() && in.get(in.position()) == 1;
        orders.add("%04x %d".formatted(messageId, channel) + (spokenTo ? " " + data : "") + (sub ? " sub" : ""));
        if (channel < 1 || channel > channels) {
            return false;
        }
        int simBytes = layout == Layout.V2019 ? SIM_BYTES_2019 : SIM_BYTES;
        if (spokenTo) {
            boolean takes = data == TALK ? speaker.talks() : speaker.broadcasts();
            if (takes) {
                TerminalEar ear = new TerminalEar(simBytes, spoken);
                ears.put(channel, ear);
                ear.start(
                        new InetSocketAddress(new String(host, TerminalMessages.GBK), tcp > 0 ? tcp : udp),
                        tcp > 0,
                        data == TALK ? new PacketWriter(phone, simBytes) : null,
                        channel,
                        speaker.codec(),
                        () -> ears.remove(channel, ear));
            }
            return takes;
        }
        VideoSender sender = new VideoSender(
                new String(host, TerminalMessages.GBK),
                tcp,
                udp,
                channel,
                new PacketWriter(phone, simBytes),
                scenes,
                recorded ? new TerminalPlayback(in) : null);
        VideoSender before = senders.put(what + channel, sender);
        if (before != null) {
            before.close();
        }
        sender.start(() -> senders.remove(what + channel, sender));
        return true;
    }

    /** 0x9102. */
    boolean control(ByteBuffer in) {
        return control("live", 0x9102, in, 0);
    }

    /** 0x9202. */
    boolean controlPlayback(ByteBuffer in) {
        return control("playback", 0x9202, in, 2);
    }

    private boolean control(String what, int messageId, ByteBuffer in, int stop) {
        int channel = in.get() & 0xFF;
        int order = in.get() & 0xFF;
        orders.add("%04x %d %d".formatted(messageId, channel, order));
        TerminalEar ear = what.equals("live") && order == END_TALK ? ears.get(channel) : null;
        if (ear != null) {
            ear.close();
            return true;
        }
        VideoSender sender = senders.get(what + channel);
        if (sender != null && order == stop) {
            sender.close();
        } else if (sender != null) {
            sender.order(order, in);
        }
        return sender != null;
    }

    /** 0x9105. */
    void lossTold(int percent) {
        loss.set(percent);
    }

    /** Of 0x1205, behind the serial. */
    byte[] recordings(long now) {
        ByteBuffer out = ByteBuffer.allocate(4 + 28 * recordings).putInt(recordings);
        for (int i = recordings; i > 0; i--) {
            byte[] time = new byte[TerminalTime.BYTES];
            out.put((byte) 1);
            TerminalTime.write(now - i * RECORDING_MILLIS, time, 0);
            out.put(time);
            TerminalTime.write(now - (i - 1) * RECORDING_MILLIS, time, 0);
            out.put(time).putLong(0).put((byte) 0).put((byte) 1).put((byte) 1).putInt(75_000_000);
        }
        return out.array();
    }

    @Override
    public void close() {
        new ArrayList<>(senders.values()).forEach(VideoSender::close);
        breakSpeakers();
    }
}
