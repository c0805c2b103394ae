package org.farwatch.ingest.media;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.util.List;
import org.farwatch.ingest.fuzz.Input;

/**
 * {@link VideoFrames}, {@link ParameterSets} and {@link Adts}: frames and configurations as a camera may send them. What
 * comes out has lengths that lead through it, and a format whose configuration is read as that format again.
 */
public final class VideoFuzz {
    private VideoFuzz() {}

    public static void run(byte[] bytes) {
        Input in = new Input(bytes);
        VideoCodec codec = VideoCodec.values()[in.octet() % VideoCodec.values().length];
        VideoFrames frames = new VideoFrames(codec);
        while (in.hasMore()) {
            int kind = in.octet();
            byte[] chunk = in.take((kind & 0x80) == 0 ? kind >> 3 : in.word());
            try {
                if ((kind & 7) > 4) {
                    VideoFrames.lengthBytes(codec, chunk);
                    frames.configure(chunk);
                } else {
                    whole(frames.frame(chunk, kind & 7));
                }
            } catch (IllegalArgumentException e) {
                holds(e.getMessage() != null, "refused without a reason");
            }
            if (frames.format() != null) {
                format(codec, frames.format());
            }
        }
        holds(Adts.strip(bytes).length <= bytes.length, "longer without its header");
    }

    private static void whole(VideoFrames.Frame frame) {
        if (frame != null) {
            int size = 0;
            List<NalUnits.Range> units = NalUnits.ofLengths(frame.payload(), 4);
            for (NalUnits.Range unit : units) {
                size += 4 + unit.length();
            }
            same(size, frame.payload().length, "length of all units");
        }
    }

    private static void format(VideoCodec codec, VideoFormat format) {
        holds(format.width() > 0 && format.height() > 0, "no picture");
        VideoFrames again = new VideoFrames(codec);
        again.configure(format.configuration());
        same(again.format(), format, "format by its own configuration");
        same(again.format().toString(), format.toString(), "codec and size by its own configuration");
        holds(MovieHeader.of(new MediaFormat(format, null)).length > 0, "no header");
    }
}
