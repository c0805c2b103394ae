package org.farwatch.ingest.media.voice;

import java.util.function.BiConsumer;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.SourceSound;
import org.farwatch.ingest.media.VideoCodec;
import org.farwatch.ingest.media.push.Feed;

/**
 * What comes back from a device that is spoken to: dropped, since the sound of its live pictures is heard.
 *
 * @param over told when the link is lost
 */
public record UnheardFeed(BiConsumer<OfflineCause, String> over) implements Feed {
    @Override
    public void video(VideoCodec codec, long decode, long presentation, long receiveTime, byte[] accessUnit) {}

    @Override
    public void sound(SourceSound sound, long stamp, long receiveTime, byte[] payload) {}

    @Override
    public void aac(long stamp, long receiveTime, byte[] frames) {}

    @Override
    public void leftOut(String codec) {}

    @Override
    public void lost() {}

    @Override
    public void failed(OfflineCause cause, String detail) {
        over.accept(cause, detail);
    }
}
