package org.farwatch.api.zones;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.farwatch.ingest.media.Fmp4Writer;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.FragmentSink;
import org.farwatch.ingest.media.MediaFormat;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.simulator.SceneEncoder;

/** A file with a drawn pavement on which a carton stands for some of the seconds. */
public final class Pavement {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int RATE = 10;

    private Pavement() {}

    /**
     * Writes the file.
     *
     * @param from second at which the carton comes
     * @param to second at which it goes
     */
    public static Path write(Path file, int seconds, int from, int to) {
        Random random = new Random(7);
        BufferedImage ground = ground(random);
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = picture.createGraphics();
        try (OutputStream out = Files.newOutputStream(file);
                SceneEncoder encoder = new SceneEncoder(WIDTH, HEIGHT, RATE, 800_000)) {
            Fmp4Writer writer = new Fmp4Writer(new ToFile(out));
            for (int i = 0; i < seconds * RATE; i++) {
                pen.drawImage(ground, 0, 0, null);
                if (i >= from * RATE && i < to * RATE) {
                    pen.setColor(new Color(150, 110, 60));
                    pen.fillRect(300, 280, 70, 60);
                    pen.setColor(new Color(190, 150, 90));
                    pen.fillRect(300, 270, 70, 14);
                    pen.setColor(new Color(110, 80, 40));
                    pen.fillRect(330, 284, 8, 56);
                }
                MediaUnit unit = encoder.encode(picture, 1_700_000_000_000L + i * 1_000L / RATE);
                if (i == 0) {
                    writer.format(encoder.format());
                }
                writer.unit(unit);
            }
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pen.dispose();
        return file;
    }

    private static BufferedImage ground(Random random) {
        BufferedImage ground = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = ground.createGraphics();
        for (int y = 0; y < HEIGHT; y += 40) {
            for (int x = 0; x < WIDTH; x += 40) {
                int grey = 120 + random.nextInt(30);
                pen.setColor(new Color(grey, grey, grey));
                pen.fillRect(x, y, 40, 40);
            }
        }
        pen.dispose();
        return ground;
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
        public void end() {
            // The file ends with its last fragment.
        }

        private void write(byte[] bytes) {
            try {
                out.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
