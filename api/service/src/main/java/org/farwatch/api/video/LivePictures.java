package org.farwatch.api.video;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** The newest picture of a stream for features that keep one. Who may see it, and that he did, is theirs to check. */
@Component
public class LivePictures {
    private final Streams sessions;
    private final Snapshots snapshots;

    LivePictures(Streams sessions, Snapshots snapshots) {
        this.sessions = sessions;
        this.snapshots = snapshots;
    }

    /**
     * As JPEG.
     *
     * @return empty while no picture comes
     * @throws org.farwatch.api.web.Refusal 503 when too many are asked for or the picture is broken
     */
    public Optional<byte[]> jpeg(long streamId) {
        return sessions.session(streamId).flatMap(StreamSession::picture).map(snapshots::jpeg);
    }
}
