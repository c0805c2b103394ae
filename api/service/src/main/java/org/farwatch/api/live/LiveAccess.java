package org.farwatch.api.live;

import org.farwatch.api.access.AccessChanged;
import org.farwatch.api.access.Callers;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Closes live connections whose user may no longer have them: at once when the change is made in this process, within
 * seconds when it is made elsewhere or a token runs out. Whoever still may connects again.
 */
@Component
class LiveAccess {
    private static final long CHECK_MILLIS = 10_000;

    private final LiveHub hub;
    private final Callers callers;

    LiveAccess(LiveHub hub, Callers callers) {
        this.hub = hub;
        this.callers = callers;
    }

    @EventListener
    void closeChanged(AccessChanged change) {
        hub.closeWhere(caller -> caller.userId() == change.userId());
    }

    @Scheduled(fixedDelay = CHECK_MILLIS)
    void closeGone() {
        hub.closeWhere(caller -> callers.present(caller).isEmpty());
    }
}
