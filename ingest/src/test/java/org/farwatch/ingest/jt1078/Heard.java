package org.farwatch.ingest.jt1078;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.push.Feed;

/** A feed that keeps all it is given. */
final class Heard implements Feed {
    final List<byte[]> pictures = new CopyOnWriteArrayList<>();
    final List<Long> stamps = new CopyOnWriteArrayList<>();
    final List<byte[]> sounds = new CopyOnWriteArrayList<>();
    /** In their order: codec of each picture and sound, {@code lost}, why it failed. */
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void video(VideoCodec codec, long decode, long presentation, long receiveTime, byte[] accessUnit) {
        events.add(codec.name());
        stamps.add(decode);
        pictures.add(accessUnit);
    }

    @Override
    public void sound(SourceSound sound, long stamp, long receiveTime, byte[] payload) {
        events.add(sound.codec().label() + (sound.bits() == 0 ? "" : "/" + sound.bits()));
        sounds.add(payload);
    }

    @Override
    public void aac(long stamp, long receiveTime, byte[] frames) {
        events.add("aac");
        sounds.add(frames);
    }

    @Override
    public void leftOut(String codec) {
        events.add("left out " + codec);
    }

    @Override
    public void lost() {
        events.add("lost");
    }

    @Override
    public void failed(OfflineCause cause, String detail) {
        events.add(cause.label() + ": " + detail);
    }
}
