package org.farwatch.ingest.jt808;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.farwatch.ingest.DeviceDirectory;

/**
 * Which terminal is on which connection now. A terminal that comes on a new connection takes over: its old connection
 * is dead, whatever TCP thinks of it (JT/T 808-2013 5.3). Safe for use by many threads.
 *
 * <p>Presence is reported within the map's per-key lock, so that the register sees a terminal's comings and goings in
 * their order even when its two connections belong to two event loops.
 */
final class Sessions {
    private final ConcurrentHashMap<String, Session> current = new ConcurrentHashMap<>();
    private final DeviceDirectory directory;
    private final Clock clock;
    private final Jt808Counters counters;

    Sessions(DeviceDirectory directory, Clock clock, Jt808Counters counters) {
        this.directory = directory;
        this.clock = clock;
        this.counters = counters;
    }

    /** The terminal is here now. Called on the session's event loop, with its device set. */
    void begin(Session session) {
        session.online = true;
        Session[] old = new Session[1];
        current.compute(session.phone, (_, previous) -> {
            old[0] = previous;
            directory.presence(session.device, true, now());
            return session;
        });
        if (old[0] != null && old[0] != session) {
            counters.takeovers.increment();
            old[0].peer.overtaken(old[0]);
        }
    }

    /** The terminal is gone, unless it has moved to another connection. Called on the session's event loop. */
    void end(Session session) {
        session.online = false;
        TerminalCommands.connectionLost(session);
        current.computeIfPresent(session.phone, (_, present) -> {
            if (present != session) {
                return present;
            }
            directory.presence(session.device, false, now());
            return null;
        });
    }

    /** The terminal's present session, or null when it has none. */
    Session present(String phone) {
        return current.get(phone);
    }

    int size() {
        return current.size();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
