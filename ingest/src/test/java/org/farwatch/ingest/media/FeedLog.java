package org.farwatch.ingest.media;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farwatch.ingest.media.push.Feed;

/** A feed that holds what is put into it against its contract, and keeps a line of each. */
public final class FeedLog implements Feed {
    private final List<String> lines = new ArrayList<>();
    private long bytes;

    @Override
    public void video(VideoCodec codec, long decode, long presentation, long receiveTime, byte[] accessUnit) {
        holds(codec != null, "a picture of no codec");
        holds(presentation >= decode, "shown before it is decoded");
        holds(!NalUnits.ofByteStream(accessUnit).isEmpty(), "a picture without a unit");
        put("video " + codec + " " + decode + " " + presentation, accessUnit);
    }

    @Override
    public void sound(SourceSound sound, long stamp, long receiveTime, byte[] payload) {
        holds(payload.length > 0, "sound of nothing");
        put(sound + " " + stamp, payload);
    }

    @Override
    public void aac(long stamp, long receiveTime, byte[] frames) {
        same(Adts.whole(frames, 0, frames.length), frames.length, "whole frames");
        put("aac " + stamp, frames);
    }

    @Override
    public void leftOut(String codec) {
        holds(!codec.isEmpty(), "nothing is left out");
        lines.add("left out " + codec);
    }

    @Override
    public void lost() {
        lines.add("lost");
    }

    @Override
    public void failed(OfflineCause cause, String detail) {
        holds(!detail.isEmpty(), "failed without a reason");
        lines.add("failed " + cause);
    }

    public List<String> lines() {
        return lines;
    }

    /** Of pictures and sound. */
    public long bytes() {
        return bytes;
    }

    private void put(String line, byte[] payload) {
        lines.add(line + " " + payload.length + " " + Arrays.hashCode(payload));
        bytes += payload.length;
    }
}
