package org.farwatch.ingest.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farwatch.ingest.media.push.Feed;

/** A feed that keeps what it is given. Safe for use by many threads. */
public final class Heard implements Feed {
    private final List<Picture> pictures = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final List<Long> soundStamps = new ArrayList<>();
    private long soundBytes;
    private int losses;

    /** A picture as it was given. */
    public record Picture(VideoCodec codec, long decode, long presentation, long received, byte[] bytes) {
        /** Its NAL units, as they are recorded; two pictures are the same where these are. */
        public List<String> units() {
            return NalUnits.ofByteStream(bytes).stream()
                    .map(unit -> unit.length() + ":"
                            + Arrays.hashCode(Arrays.copyOfRange(bytes, unit.offset(), unit.offset() + unit.length())))
                    .toList();
        }
    }

    @Override
    public synchronized void video(VideoCodec codec, long decode, long presentation, long received, byte[] unit) {
        pictures.add(new Picture(codec, decode, presentation, received, unit));
    }

    @Override
    public synchronized void sound(SourceSound sound, long stamp, long receiveTime, byte[] payload) {
        others.add(sound.codec().label());
        soundStamps.add(stamp);
        soundBytes += payload.length;
    }

    @Override
    public synchronized void aac(long stamp, long receiveTime, byte[] frames) {
        others.add("aac");
        soundStamps.add(stamp);
        soundBytes += frames.length;
    }

    @Override
    public synchronized void leftOut(String codec) {
        others.add("left out " + codec);
    }

    @Override
    public synchronized void lost() {
        losses++;
    }

    @Override
    public synchronized void failed(OfflineCause cause, String detail) {
        others.add("failed " + cause.label());
    }

    public synchronized List<Picture> pictures() {
        return List.copyOf(pictures);
    }

    public synchronized List<List<String>> units() {
        return pictures.stream().map(Picture::units).toList();
    }

    /** As a recording has them: without parameter sets and delimiters. */
    public synchronized List<Integer> recorded() {
        VideoFrames frames = new VideoFrames(pictures.getFirst().codec());
        return pictures.stream()
                .map(picture -> frames.frame(picture.bytes(), VideoFrames.START_CODES))
                .map(frame -> Arrays.hashCode(frame.payload()))
                .toList();
    }

    public synchronized List<Long> decodeTimes() {
        return pictures.stream().map(Picture::decode).toList();
    }

    public synchronized List<String> others() {
        return List.copyOf(others);
    }

    public synchronized List<Long> soundStamps() {
        return List.copyOf(soundStamps);
    }

    public synchronized long soundBytes() {
        return soundBytes;
    }

    public synchronized int losses() {
        return losses;
    }
}
