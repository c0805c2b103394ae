package org.farwatch.ingest.media;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;

/** Formats with real parameter sets, for frames whose content does not matter. */
public final class TestFormats {
    /** An AVCDecoderConfigurationRecord of OpenH264, 320x240. */
    public static final String AVCC = "0142c00dffe1000d6742c00d8c68141f201e1108d401000468ce3c80";

    /** Parameter sets of H.265 Main, 1280x720, by x265, and the beginning of a key picture. */
    public static final String HEVC = "0000000140010c01ffff01600000030090000003000003005d959409"
            + "0000000142010101600000030090000003000003005da00280802d16595952930b9a8303037080000003008000000c84"
            + "000000014401c073c189"
            + "000000012801ac210b8998c4d6a703a9";

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

    /** H.265 of another size. */
    public static MediaFormat h265() {
        VideoFrames frames = new VideoFrames(VideoCodec.H265);
        frames.frame(hex(HEVC), VideoFrames.START_CODES);
        return new MediaFormat(frames.format(), null);
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
