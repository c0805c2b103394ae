package org.farwatch.ingest.gb28181;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.farwatch.ingest.gb28181.Session.Standing;
import org.farwatch.ingest.sip.SipPort;

/**
 * What every device is asked to tell by itself: changes of its catalogue, alarms, positions. Refreshed at four fifths of
 * their time; a device that refuses is asked again when it registers anew. Called by one thread.
 */
final class Subscriptions {
    private static final int SECONDS = 3_600;
    private static final long REFRESH_NANOS =
            Duration.ofSeconds(SECONDS * 4 / 5).toNanos();

    private final SipPort port;
    private final Questions questions;
    private final Duration positionInterval;

    Subscriptions(SipPort port, Questions questions, Duration positionInterval) {
        this.port = port;
        this.questions = questions;
        this.positionInterval = positionInterval;
    }

    void begin(Session session) {
        String code = session.code();
        IntFunction<byte[]> catalogue = sn -> Body.query("Catalog", sn, code).bytes();
        IntFunction<byte[]> alarms = sn -> Body.query("Alarm", sn, code)
                .element("StartAlarmPriority", "0")
                .element("EndAlarmPriority", "0")
                .element("AlarmMethod", "0")
                .bytes();
        IntFunction<byte[]> positions = sn -> Body.query("MobilePosition", sn, code)
                .element("Interval", Long.toString(positionInterval.toSeconds()))
                .bytes();
        synchronized (session.subscriptions()) {
            session.subscriptions().add(standing(session, "Catalog", catalogue));
            session.subscriptions().add(standing(session, "presence", alarms));
            if (!positionInterval.isZero()) {
                session.subscriptions().add(standing(session, "presence", positions));
            }
        }
        refresh(session, System.nanoTime());
    }

    void refresh(Session session, long now) {
        List<Standing> due;
        synchronized (session.subscriptions()) {
            due = session.subscriptions().stream()
                    .filter(standing -> standing.dueAt == 0 || now - standing.dueAt >= 0)
                    .toList();
            due.forEach(standing -> standing.dueAt = now + REFRESH_NANOS);
        }
        for (Standing standing : due) {
            var _ = standing.subscription
                    .ask(SECONDS, Body.TYPE, standing.body.apply(questions.next()))
                    .thenAccept(status -> {
                        if (status >= 300) {
                            synchronized (session.subscriptions()) {
                                session.subscriptions().remove(standing);
                            }
                        }
                    });
        }
    }

    private Standing standing(Session session, String event, IntFunction<byte[]> body) {
        return new Standing(port.subscription(session.peer(), session.code(), event), body);
    }
}
