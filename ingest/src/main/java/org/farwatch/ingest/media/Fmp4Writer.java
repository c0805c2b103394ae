package org.farwatch.ingest.media;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes fragmented MP4 of a stream's frames: one format that is both recorded and watched. A fragment is given out as
 * soon as its last frame has come – it waits for no next frame and for no sound –, holds at most 200 ms, and begins
 * anew at each key picture. Decode times run on from fragment to fragment; each fragment says its own
 * ({@code tfdt}), so that an estimated duration of a last frame shifts nothing. Frames before the first key picture of a
 * format are left out and counted. Owned by the stream's thread.
 *
 * <p>Source: ISO/IEC 14496-12, 8.8 (movie fragments), 8.16.5 (producer reference time).
 */
public final class Fmp4Writer implements MediaSink {
    /** Longest fragment, microseconds. */
    static final long MAX_FRAGMENT = 200_000;

    /** Frames of one fragment, whatever their times say. */
    static final int MAX_FRAMES = 256;

    private static final long DEFAULT_FRAME = 40_000;
    private static final long LONGEST_FRAME = 1_000_000;
    /** Between 1900 and 1970, seconds: NTP's epoch (RFC 5905, 6). */
    private static final long NTP_OFFSET = 2_208_988_800L;

    private static final int SYNC_SAMPLE = 0x02000000;
    private static final int OTHER_SAMPLE = 0x01010000;

    private final FragmentSink out;
    private final List<MediaUnit> video = new ArrayList<>();
    private final List<MediaUnit> audio = new ArrayList<>();
    private MediaFormat format;
    private int sequence;
    private long frameDuration = DEFAULT_FRAME;
    private long lastVideo = Long.MIN_VALUE;
    private boolean begun;
    private long leftOut;

    public Fmp4Writer(FragmentSink out) {
        this.out = out;
    }

    @Override
    public void format(MediaFormat next) {
        flush();
        format = next;
        begun = false;
    }

    @Override
    public void unit(MediaUnit unit) {
        if (format == null || !unit.isVideo() && format.audio() == null) {
            leftOut++;
            return;
        }
        if (!begun) {
            if (!unit.key() || !unit.isVideo()) {
                leftOut++;
                return;
            }
            out.begin(format, MovieHeader.of(format));
            begun = true;
        }
        if (unit.isVideo()) {
            learnDuration(unit.decodeTime());
            if (unit.key()
                    || !video.isEmpty() && unit.decodeTime() - video.getFirst().decodeTime() >= MAX_FRAGMENT) {
                flush();
            }
            video.add(unit);
        } else {
            audio.add(unit);
        }
        if (full(unit)) {
            flush();
        }
    }

    @Override
    public void end() {
        flush();
        if (begun) {
            out.end();
        }
        format = null;
        begun = false;
        lastVideo = Long.MIN_VALUE;
    }

    /** Frames that no file could hold, because no key picture or no format had come before them. */
    public long leftOut() {
        return leftOut;
    }

    /** Whether another picture would make it too long. */
    private boolean full(MediaUnit last) {
        MediaUnit first = video.isEmpty() ? audio.getFirst() : video.getFirst();
        return last.decodeTime() + 2 * frameDuration - first.decodeTime() > MAX_FRAGMENT
                || video.size() + audio.size() >= MAX_FRAMES;
    }

    private void learnDuration(long decodeTime) {
        if (lastVideo != Long.MIN_VALUE) {
            long step = decodeTime - lastVideo;
            if (step > 0 && step <= LONGEST_FRAME) {
                frameDuration = step;
            }
        }
        lastVideo = decodeTime;
    }

    private void flush() {
        if (video.isEmpty() && audio.isEmpty()) {
            return;
        }
        MediaUnit first = video.isEmpty() ? audio.getFirst() : video.getFirst();
        MediaUnit last = video.isEmpty() ? audio.getLast() : video.getLast();
        int payload = 0;
        for (MediaUnit unit : video) {
            payload += unit.payload().length;
        }
        for (MediaUnit unit : audio) {
            payload += unit.payload().length;
        }
        Boxes boxes = new Boxes(payload + 256 + 16 * (video.size() + audio.size()));
        producerTime(boxes, first);
        int moof = boxes.open("moof");
        int mfhd = boxes.open("mfhd", 0, 0);
        boxes.u32(++sequence);
        boxes.close(mfhd);
        int videoOffset = video.isEmpty()
                ? -1
                : track(boxes, MovieHeader.VIDEO_TRACK, MovieHeader.VIDEO_SCALE, video, frameDuration);
        int audioOffset = audio.isEmpty()
                ? -1
                : track(boxes, MovieHeader.AUDIO_TRACK, format.audio().sampleRate(), audio, audioFrame());
        boxes.close(moof);
        int mdat = boxes.open("mdat");
        data(boxes, moof, videoOffset, video);
        data(boxes, moof, audioOffset, audio);
        boxes.close(mdat);
        long duration = last.decodeTime() - first.decodeTime() + (video.isEmpty() ? audioFrame() : frameDuration);
        Fragment fragment = new Fragment(
                boxes.toBytes(),
                !video.isEmpty() && first.key(),
                first.decodeTime(),
                duration,
                first.receiveTime(),
                video.size());
        video.clear();
        audio.clear();
        out.fragment(fragment);
    }

    /** An AAC frame holds 1,024 samples. */
    private long audioFrame() {
        return 1_024_000_000L / format.audio().sampleRate();
    }

    private void producerTime(Boxes boxes, MediaUnit first) {
        int scale = first.isVideo() ? MovieHeader.VIDEO_SCALE : format.audio().sampleRate();
        int prft = boxes.open("prft", 1, 0);
        boxes.u32(first.isVideo() ? MovieHeader.VIDEO_TRACK : MovieHeader.AUDIO_TRACK);
        long millis = first.receiveTime();
        boxes.u32(Math.floorDiv(millis, 1_000) + NTP_OFFSET);
        boxes.u32((Math.floorMod(millis, 1_000L) << 32) / 1_000);
        boxes.u64(ticks(first.decodeTime(), scale));
        boxes.close(prft);
    }

    /** Writes a {@code traf}. @return the place of its data offset, set once that is known */
    private static int track(Boxes boxes, int track, int scale, List<MediaUnit> units, long lastDuration) {
        int traf = boxes.open("traf");
        int tfhd = boxes.open("tfhd", 0, 0x020000);
        boxes.u32(track);
        boxes.close(tfhd);
        int tfdt = boxes.open("tfdt", 1, 0);
        boxes.u64(ticks(units.getFirst().decodeTime(), scale));
        boxes.close(tfdt);
        int trun = boxes.open("trun", 1, 0x000001 | 0x000100 | 0x000200 | 0x000400 | 0x000800);
        boxes.u32(units.size());
        int offset = boxes.length();
        boxes.u32(0);
        for (int i = 0; i < units.size(); i++) {
            MediaUnit unit = units.get(i);
            long end = i + 1 < units.size() ? units.get(i + 1).decodeTime() : unit.decodeTime() + lastDuration;
            boxes.u32(ticks(end, scale) - ticks(unit.decodeTime(), scale));
            boxes.u32(unit.payload().length);
            boxes.u32(unit.key() ? SYNC_SAMPLE : OTHER_SAMPLE);
            boxes.u32(ticks(unit.presentationTime(), scale) - ticks(unit.decodeTime(), scale));
        }
        boxes.close(trun);
        boxes.close(traf);
        return offset;
    }

    private static void data(Boxes boxes, int moof, int offset, List<MediaUnit> units) {
        if (offset >= 0) {
            boxes.set32(offset, boxes.length() - moof);
            for (MediaUnit unit : units) {
                boxes.bytes(unit.payload());
            }
        }
    }

    private static long ticks(long micros, int scale) {
        return Math.floorDiv(micros * scale + 500_000, 1_000_000);
    }
}
