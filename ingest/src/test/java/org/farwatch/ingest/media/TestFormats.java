package org.farwatch.ingest.media;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;

/** Formats with real parameter sets, for frames whose content does not matter. */
public final class TestFormats {
    /** An AVCDecoderConfigurationRecord of OpenH264, 320x240. */
    public static final String AVCC = "0142c00dffe1000d6742c00d8c68141f201e1108d401000468ce3c80";

    private TestFormats() {}

    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    public static MediaFormat video() {
        return of(AVCC);
    }

    /** The same with another picture parameter set. */
    public static MediaFormat otherVideo() {
        return of("0142c00dffe1000d6742c00d8c68141f201e1108d401000468ce3880");
    }

    public static MediaFormat withSound() {
        return new MediaFormat(video().video(), new AudioFormat("pcm_alaw", 16_000, 1, hex("1408")));
    }

    private static MediaFormat of(String configuration) {
        VideoFrames frames = new VideoFrames(VideoCodec.H264);
        frames.configure(hex(configuration));
        return new MediaFormat(frames.format(), null);
    }

    /** A file beside the project; skips the calling test where it is not at hand. */
    public static Path shared(String name) {
        String folder = System.getProperty("farwatch.shared", "");
        Path file = Path.of(folder, "data", "media", name);
        boolean there = !folder.isEmpty() && Files.isReadable(file);
        if (!there) {
            System.out.println("skipped: no ../shared (" + file + ")");
        }
        Assumptions.assumeTrue(there, "skipped: no ../shared");
        return file;
    }
}
