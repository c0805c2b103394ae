package org.farwatch.ingest.gb28181;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.farwatch.ingest.media.push.Player;
import org.farwatch.ingest.media.rtp.RtpTransport;

/** The calls in which devices play what they recorded, so that the message of an end finds its call. Any thread. */
final class Playbacks {
    /** What is sent last may still be on its way when signalling says that there is no more, milliseconds. */
    private static final long ON_ITS_WAY = 500;

    /** NotifyType of a file that was sent to its end (annex A.2.5). */
    private static final String FILE_SENT = "121";

    private final Calls means;
    private final ScheduledExecutorService clock;
    private final Set<PlaybackCall> open = ConcurrentHashMap.newKeySet();

    Playbacks(Calls means, ScheduledExecutorService clock) {
        this.means = means;
        this.clock = clock;
    }

    Player call(RecordedStretch stretch, RtpTransport transport) {
        return new PlaybackCall(means, this, stretch, transport);
    }

    void begun(PlaybackCall call) {
        open.add(call);
    }

    void left(PlaybackCall call) {
        open.remove(call);
    }

    /** The device hung up. */
    void ended(PlaybackCall call) {
        if (open.contains(call)) {
            try {
                var _ = clock.schedule(call::over, ON_ITS_WAY, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException _) {
                call.over();
            }
        }
    }

    /** A device tells of the end of what it plays: it names the channel, some name themselves. */
    void told(Session session, Message.MediaStatus status) {
        if (!status.type().equals(FILE_SENT)) {
            return;
        }
        List<PlaybackCall> ofDevice = open.stream()
                .filter(call -> call.stretch().device().equals(session.code()))
                .toList();
        boolean only = ofDevice.size() == 1 && status.about().equals(session.code());
        ofDevice.stream()
                .filter(call -> only || call.stretch().channel().equals(status.about()))
                .forEach(this::ended);
    }
}
