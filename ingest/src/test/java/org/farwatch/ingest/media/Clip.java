package org.farwatch.ingest.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.farwatch.ingest.simulator.SceneEncoder;

/** Encodes a small moving picture for tests, and writes it as a file. */
public final class Clip {
    public static final int WIDTH = 320;
    public static final int HEIGHT = 240;
    public static final int RATE = 25;

    private Clip() {}

    /** Sends so many pictures into the sink, beginning with the format. */
    public static void send(MediaSink sink, int pictures, long startMillis) {
        send(sink, WIDTH, HEIGHT, pictures, startMillis);
    }

    /** The same of another size in pixels. */
    public static void send(MediaSink sink, int width, int height, int pictures, long startMillis) {
        try (SceneEncoder encoder = new SceneEncoder(width, height, RATE, 300_000)) {
            BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D pen = picture.createGraphics();
            for (int i = 0; i < pictures; i++) {
                pen.setColor(Color.DARK_GRAY);
                pen.fillRect(0, 0, width, height);
                pen.setColor(Color.ORANGE);
                pen.fillRect(i * 4 % width, height / 3, height / 4, height / 4);
                MediaUnit unit = encoder.encode(picture, startMillis + i * 1_000L / RATE);
                if (i == 0) {
                    sink.format(encoder.format());
                }
                sink.unit(unit);
            }
            sink.end();
            pen.dispose();
        }
    }

    /** Writes a fragmented MP4 file of so many pictures. */
    public static Path write(Path file, int pictures) {
        try (OutputStream out = Files.newOutputStream(file)) {
            send(new Fmp4Writer(new ToFile(out)), pictures, 1_700_000_000_000L);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private record ToFile(OutputStream out) implements FragmentSink {
        @Override
        public void begin(MediaFormat format, byte[] init) {
            write(init);
        }

        @Override
        public void fragment(Fragment fragment) {
            write(fragment.bytes());
        }

        @Override
        public void end() {}

        private void write(byte[] bytes) {
            try {
                out.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
