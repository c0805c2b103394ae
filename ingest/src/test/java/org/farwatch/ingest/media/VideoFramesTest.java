package org.farwatch.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoFramesTest {
    private static final String SPS = "6742c00d8c68141f201e1108d4";
    private static final String PPS = "68ce3c80";
    private static final String CODE = "00000001";

    private final VideoFrames frames = new VideoFrames(VideoCodec.H264);

    @Test
    void aStartCodedFrameGetsLengthsAndItsParameterSetsBecomeTheFormat() {
        VideoFrames.Frame frame =
                frames.frame(TestFormats.hex(CODE + "09f0" + CODE + SPS + CODE + PPS + "000001" + "6588840a"), 0);

        assertThat(frame.payload()).isEqualTo(TestFormats.hex("00000004 6588840a"));
        assertThat(frame.key()).isTrue();
        assertThat(frames.format()).hasToString("avc1.42c00d 320x240");
        assertThat(frames.format().configuration()).isEqualTo(TestFormats.hex(TestFormats.AVCC));
    }

    @Test
    void aFrameWithLengthsOfTwoBytesGetsLengthsOfFour() {
        VideoFrames.Frame frame = frames.frame(TestFormats.hex("0002 4102 0003 410304"), 2);

        assertThat(frame.payload()).isEqualTo(TestFormats.hex("00000002 4102 00000003 410304"));
        assertThat(frame.key()).isFalse();
    }

    /** Lengths from 256 to 511 begin like a start code of three bytes, a length of 1 like one of four. */
    @Test
    void aLengthThatLooksLikeAStartCodeIsALength() {
        for (int length : new int[] {1, 256, 0x141, 0x165, 511}) {
            byte[] given = new byte[4 + length + 6];
            ByteBuffer.wrap(given).putInt(length).put((byte) 0x41);
            ByteBuffer.wrap(given, 4 + length, 6).putInt(2).put((byte) 0x41).put((byte) 9);

            assertThat(frames.frame(given, 4).payload()).as("%s", length).isEqualTo(given);
        }
    }

    @Test
    void aStartCodedFrameIsKnownWhereLengthsWereExpected() {
        byte[] given = TestFormats.hex(CODE + SPS + CODE + PPS + CODE + "65" + "11".repeat(300));

        assertThat(frames.frame(given, 4).payload()).isEqualTo(TestFormats.hex("0000012d65" + "11".repeat(300)));
    }

    @Test
    void nothingIsLeftOfAFrameOfDelimitersAndSets() {
        assertThat(frames.frame(TestFormats.hex(CODE + "09f0" + CODE + SPS + CODE + "0c ff80"), 0))
                .isNull();
        assertThat(frames.format()).isNull();
    }

    @Test
    void aRepeatedSetChangesNothingAndAnotherOneDoes() {
        frames.configure(TestFormats.hex(TestFormats.AVCC));
        VideoFormat first = frames.format();
        frames.frame(TestFormats.hex(CODE + SPS + CODE + PPS + CODE + "6588"), 0);
        assertThat(frames.format()).isSameAs(first);

        frames.frame(TestFormats.hex(CODE + "68ce3880" + CODE + "6588"), 0);

        assertThat(frames.format())
                .isNotEqualTo(first)
                .isEqualTo(TestFormats.otherVideo().video());
    }

    @Test
    void aBrokenPictureParameterSetDoesNotSpoilTheOnesThatFollow() {
        for (String broken : new String[] {"00000001 68", "00000002 6800"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> frames.frame(TestFormats.hex(broken), 4));
        }

        frames.frame(TestFormats.hex(CODE + SPS + CODE + PPS + CODE + "6588"), 0);

        assertThat(frames.format()).isEqualTo(TestFormats.video().video());
    }

    /** Two bytes of a configuration say how long a set is: a longer one would shift everything behind it. */
    @Test
    void aParameterSetThatNoConfigurationCanHoldIsRefused() {
        String set = CODE + "67" + "42".repeat(0x10000);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> frames.frame(TestFormats.hex(set), VideoFrames.START_CODES))
                .withMessage("parameter set of 65537 bytes");
    }

    @Test
    void aConfigurationThatIsNoneIsRefusedInItsOwnWords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> frames.configure(TestFormats.hex("02 42c00dffe1")))
                .withMessageContaining("unknown version");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> frames.configure(TestFormats.hex("01 42c00dffe1 000d 67")))
                .withMessageContaining("ends early");
    }

    @Test
    void theConfigurationOfH265IsThatOfARealClip() throws IOException {
        byte[] clip = Files.readAllBytes(TestFormats.shared("720p25.h265"));
        VideoFrames hevc = new VideoFrames(VideoCodec.H265);
        List<VideoFrames.Frame> found = new ArrayList<>();
        for (byte[] unit : accessUnits(clip)) {
            VideoFrames.Frame frame = hevc.frame(unit, VideoFrames.START_CODES);
            if (frame != null) {
                found.add(frame);
            }
        }

        assertThat(hevc.format()).hasToString("hvc1.1.6.L93.90 1280x720");
        assertThat(found.getFirst().key()).isTrue();
        assertThat(found).extracting(VideoFrames.Frame::key).contains(false);
        VideoFrames again = new VideoFrames(VideoCodec.H265);
        again.configure(hevc.format().configuration());
        assertThat(again.format()).isEqualTo(hevc.format());
    }

    /** Divides where a slice begins a picture: its first bit behind the header is set (7.3.6.1). */
    private static List<byte[]> accessUnits(byte[] clip) {
        List<byte[]> units = new ArrayList<>();
        int begin = 0;
        boolean slices = false;
        for (NalUnits.Range range : NalUnits.ofByteStream(clip)) {
            boolean slice = (clip[range.offset()] >>> 1 & 0x3f) < 32;
            boolean first = slice && (clip[range.offset() + 2] & 0x80) != 0;
            int code = range.offset() - 3;
            if (slices && (first || !slice)) {
                units.add(java.util.Arrays.copyOfRange(clip, begin, code));
                begin = code;
                slices = false;
            }
            slices |= slice;
        }
        units.add(java.util.Arrays.copyOfRange(clip, begin, clip.length));
        return units;
    }
}
