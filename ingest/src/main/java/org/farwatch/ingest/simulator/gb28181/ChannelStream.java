package org.farwatch.ingest.simulator.gb28181;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.simulator.SceneEncoder;
import org.farwatch.ingest.simulator.camera.Scene;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call's pictures: drawn, encoded and sent in real time by a platform thread of its own until it is closed. */
final class ChannelStream implements CallStream {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelStream.class);
    private static final int BIT_RATE = 800_000;
    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final byte[] DELIMITER = {0, 0, 0, 1, 9, (byte) 0xF0};

    private final RtpSender sender;
    private final PsWriter program;
    private final Supplier<Scene> scenes;
    private volatile boolean over;

    ChannelStream(RtpSender sender, PsWriter program, Supplier<Scene> scenes) {
        this.sender = sender;
        this.program = program;
        this.scenes = scenes;
    }

    RtpSender sender() {
        return sender;
    }

    @Override
    public void begin() {
        Thread.ofPlatform().name("gb-channel").daemon().start(this::run);
    }

    private void run() {
        try (sender;
                Scene scene = scenes.get();
                SceneEncoder encoder = new SceneEncoder(scene.width(), scene.height(), scene.rate(), BIT_RATE)) {
            sender.connect();
            BufferedImage picture = new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_3BYTE_BGR);
            long period = TimeUnit.SECONDS.toNanos(1) / scene.rate();
            long due = System.nanoTime();
            for (long number = 1; !over; number++) {
                scene.next(picture);
                MediaUnit unit = encoder.encode(picture, System.currentTimeMillis());
                byte[] accessUnit = startCoded(unit, encoder.format().video().configuration());
                long stamp = number * 90_000 / scene.rate();
                sender.send(program.write(accessUnit, unit.key(), stamp), stamp);
                due += period;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (IOException e) {
            LOG.debug("the stream ends: {}", e.getMessage());
        }
    }

    /** @param configuration AVCDecoderConfigurationRecord: its parameter sets come before a key picture */
    static byte[] startCoded(MediaUnit unit, byte[] configuration) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(unit.payload().length + 128);
        out.writeBytes(DELIMITER);
        if (unit.key()) {
            ByteBuffer sets = ByteBuffer.wrap(configuration).position(5);
            for (int kind = 0; kind < 2; kind++) {
                int count = sets.get() & 0x1F;
                for (int i = 0; i < count; i++) {
                    copy(sets, sets.getShort() & 0xFFFF, out);
                }
            }
        }
        ByteBuffer units = ByteBuffer.wrap(unit.payload());
        while (units.hasRemaining()) {
            copy(units, units.getInt(), out);
        }
        return out.toByteArray();
    }

    private static void copy(ByteBuffer from, int length, ByteArrayOutputStream out) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        out.writeBytes(START_CODE);
        out.writeBytes(bytes);
    }

    @Override
    public void close() {
        over = true;
        sender.close();
    }
}
