package org.farwatch.ingest.gb28181;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.farwatch.ingest.DeviceDirectory;
import org.farwatch.ingest.sip.SipPeer;

/**
 * Who is registered, at most so many. A device is offline when its registration has run out, or when it was silent for
 * as long as its keepalives may be missing; whatever it sends counts. Safe for use by many threads.
 */
final class Sessions {
    private final Map<String, Session> online = new ConcurrentHashMap<>();
    private final Gb28181Settings settings;
    private final DeviceDirectory directory;
    private final Clock clock;

    Sessions(Gb28181Settings settings, DeviceDirectory directory, Clock clock) {
        this.settings = settings;
        this.directory = directory;
        this.clock = clock;
    }

    /** Null when it is not registered. */
    Session find(String code) {
        return online.get(code);
    }

    /** Whether there is room for this device. */
    boolean hasRoom(String code) {
        return online.containsKey(code) || online.size() < settings.maxDevices();
    }

    /** Registers. @return whether it was not before, at this address */
    boolean begin(Session session) {
        Session before = online.put(session.code(), session);
        directory.presence(session.known(), true, clock.instant());
        return before == null || !before.peer().host().equals(session.peer().host());
    }

    void heard(Session session, SipPeer peer) {
        session.heard(peer, clock.millis());
        directory.presence(session.known(), true, clock.instant());
    }

    void end(Session session) {
        if (online.remove(session.code(), session)) {
            directory.presence(session.known(), false, clock.instant());
        }
    }

    /** When a device counts as gone, milliseconds on our clock. */
    long goneAt(Session session) {
        long silent = session.heardAt() + settings.keepalive().toMillis() * settings.misses();
        return Math.min(session.expiresAt(), silent);
    }

    /** Whether it was heard within its interval: whoever else shows its code from elsewhere is not it. */
    boolean lively(Session session) {
        return clock.millis() - session.heardAt() <= settings.keepalive().toMillis();
    }

    void sweep() {
        long now = clock.millis();
        for (Session session : online.values()) {
            if (now >= goneAt(session)) {
                end(session);
            }
        }
    }

    int size() {
        return online.size();
    }

    List<Session> all() {
        return List.copyOf(online.values());
    }
}
