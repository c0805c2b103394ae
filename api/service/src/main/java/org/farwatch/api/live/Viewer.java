package org.farwatch.api.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Viewing;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * One live connection: who watches what. Messages wait in a bounded queue for a virtual thread of the viewer's own, so
 * that a slow viewer costs nobody else time; one that cannot keep up is closed.
 */
final class Viewer {
    /** Messages that may wait: at one of each topic a second, about a minute. */
    private static final int QUEUE = 256;

    private final WebSocketSession session;
    private final Caller caller;
    private final Viewing viewing;
    /** Nothing stands for the end. */
    private final BlockingQueue<Optional<String>> queue = new LinkedBlockingQueue<>(QUEUE);

    private final AtomicReference<CloseStatus> closing = new AtomicReference<>();
    private volatile Set<Topic> topics = Set.of();
    private volatile double[] bbox;
    private volatile String logged;

    /** @param viewing from where the connection was opened, and the purpose for when none is said on it */
    Viewer(WebSocketSession session, Caller caller, Viewing viewing) {
        this.session = session;
        this.caller = caller;
        this.viewing = viewing;
        Thread.ofVirtual().name("viewer-" + session.getId()).start(this::write);
    }

    Caller caller() {
        return caller;
    }

    Viewing viewing() {
        return viewing;
    }

    /** What of the board is in the view log for this connection, null for nothing. */
    String logged() {
        return logged;
    }

    void logged(String subject) {
        logged = subject;
    }

    /** @param area west, south, east, north in degrees, null for everywhere */
    void subscribe(Set<Topic> chosen, double[] area) {
        bbox = area;
        topics = chosen.isEmpty() ? Set.of() : EnumSet.copyOf(chosen);
    }

    List<Object> visible(Topic topic, List<LiveItem> items) {
        if (!topics.contains(topic)) {
            return List.of();
        }
        DataScope scope = caller.only(topic.roles()).scope();
        List<Object> bodies = new ArrayList<>();
        for (LiveItem item : items) {
            if (scope.sees(item.squadNo()) && inside(item)) {
                bodies.add(item.body());
            }
        }
        return bodies;
    }

    /** Never blocks. */
    void send(String message) {
        if (!queue.offer(Optional.of(message))) {
            close(CloseStatus.SESSION_NOT_RELIABLE);
        }
    }

    private void write() {
        try {
            for (Optional<String> next = queue.take(); next.isPresent(); next = queue.take()) {
                session.sendMessage(new TextMessage(next.get()));
            }
        } catch (IOException | IllegalStateException e) {
            // Also when he took nothing for the container's send timeout.
            close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (InterruptedException e) {
            close(CloseStatus.GOING_AWAY);
        }
        try {
            session.close(closing.get());
        } catch (IOException e) {
            // It is gone already, which is what was wanted.
            return;
        }
    }

    /**
     * Sends nothing more but why. Idempotent, returns at once: the writer finishes the message that it is in and closes.
     * Interrupting it instead would close the channel under it, and the viewer would not learn why.
     */
    void close(CloseStatus status) {
        if (closing.compareAndSet(null, status)) {
            // What others put in beside this comes behind the end, or is dropped with the rest.
            do {
                queue.clear();
            } while (!queue.offer(Optional.empty()));
        }
    }

    private boolean inside(LiveItem item) {
        double[] area = bbox;
        return area == null
                || Double.isNaN(item.longitude())
                || item.longitude() >= area[0]
                        && item.latitude() >= area[1]
                        && item.longitude() <= area[2]
                        && item.latitude() <= area[3];
    }

    @Override
    public String toString() {
        return caller.username() + "@" + session.getId();
    }
}
