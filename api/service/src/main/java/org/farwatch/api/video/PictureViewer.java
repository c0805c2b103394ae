package org.farwatch.api.video;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.farwatch.api.access.Caller;
import org.farwatch.ingest.media.Fragment;
import org.farwatch.ingest.media.MediaFormat;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/**
 * One who watches a stream. Gets one text message {@code {mime, start, quality}}, the header, then fragments from a key picture
 * on; the same again when the format changes. What he is too slow for is dropped and goes on at the next key picture, so
 * that he never costs the stream or another viewer anything. A virtual thread of his own writes to the socket.
 */
public final class PictureViewer {
    /** Waiting fragments. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Waiting groups of pictures that begin with a key picture: more is more than two seconds late. */
    static final int MAX_GROUPS = 2;

    private final WebSocketSession session;
    private final Caller caller;
    private final JsonMapper json;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Deque<Item> queue = new ArrayDeque<>();
    private int bytes;
    private int groups;
    private boolean untilKey = true;
    /** Why it is at its end, null while it is not. */
    private CloseStatus closing;

    private long dropped;

    private sealed interface Item {
        /** Sent with the time of the first fragment behind it. */
        record Header(Quality quality, MediaFormat format, byte[] init) implements Item {}

        record Piece(Fragment fragment) implements Item {}

        record Matter(String text) implements Item {}
    }

    public PictureViewer(WebSocketSession session, Caller caller, JsonMapper json) {
        this.session = session;
        this.caller = caller;
        this.json = json;
        Thread.ofVirtual().name("picture-viewer-" + session.getId()).start(this::write);
    }

    public Caller caller() {
        return caller;
    }

    /** Fragments that were not sent because he was too slow. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    public void begin(MediaFormat format, byte[] init) {
        begin(Quality.MAIN, format, init);
    }

    void begin(Quality quality, MediaFormat format, byte[] init) {
        lock.lock();
        try {
            queue.clear();
            bytes = 0;
            groups = 0;
            untilKey = true;
            queue.add(new Item.Header(quality, format, init));
        } finally {
            lock.unlock();
        }
    }

    public void fragment(Fragment fragment) {
        lock.lock();
        try {
            if (bytes + fragment.bytes().length > MAX_BYTES || fragment.key() && groups >= MAX_GROUPS) {
                dropped += queue.size();
                queue.removeIf(Item.Piece.class::isInstance);
                bytes = 0;
                groups = 0;
                untilKey = true;
            }
            if (untilKey && !fragment.key()) {
                dropped++;
                return;
            }
            untilKey = false;
            bytes += fragment.bytes().length;
            groups += fragment.key() ? 1 : 0;
            queue.add(new Item.Piece(fragment));
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What is the matter with the stream; only the newest is worth knowing. */
    void tell(StreamSession.State state) {
        say(members(state));
    }

    /** The same in words of another kind of pictures: members of one JSON object. */
    public void say(Map<String, Object> members) {
        String text = json.writeValueAsString(members);
        lock.lock();
        try {
            queue.removeIf(Item.Matter.class::isInstance);
            queue.add(new Item.Matter(text));
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends nothing more but why. Idempotent, returns at once: the writer finishes the message that it is in and closes.
     * Interrupting it instead would close the channel under it, and the viewer would not learn why.
     */
    public void close(CloseStatus status) {
        lock.lock();
        try {
            if (closing == null) {
                closing = status;
                queue.clear();
                something.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        try {
            for (Item[] items = take(); items.length > 0; items = take()) {
                send(items);
            }
        } catch (IOException | IllegalStateException e) {
            // Also when he took nothing for the container's send timeout.
            close(CloseStatus.SESSION_NOT_RELIABLE);
        } catch (InterruptedException e) {
            close(CloseStatus.GOING_AWAY);
        }
        try {
            session.close(why());
        } catch (IOException e) {
            // It is gone already, which is what was wanted.
            return;
        }
    }

    private CloseStatus why() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private void send(Item[] items) throws IOException {
        for (int i = 0; i < items.length; i++) {
            switch (items[i]) {
                case Item.Header(Quality quality, MediaFormat format, byte[] init) -> {
                    long start = ((Item.Piece) items[i + 1]).fragment().received();
                    session.sendMessage(new TextMessage(json.writeValueAsString(Map.of(
                            "mime",
                            format.mime(),
                            "start",
                            Instant.ofEpochMilli(start).toString(),
                            "quality",
                            quality.label()))));
                    session.sendMessage(new BinaryMessage(init));
                }
                case Item.Piece(Fragment fragment) -> session.sendMessage(new BinaryMessage(fragment.bytes()));
                case Item.Matter(String text) -> session.sendMessage(new TextMessage(text));
            }
        }
    }

    private static Map<String, Object> members(StreamSession.State state) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("state", state.state().label());
        members.put("since", state.since().toString());
        if (state.cause() != null) {
            members.put("cause", state.cause().label());
        }
        if (state.detail() != null) {
            members.put("detail", state.detail());
        }
        return members;
    }

    /** The next thing to send; a header comes together with the fragment behind it. Nothing at its end. */
    private Item[] take() throws InterruptedException {
        lock.lock();
        try {
            while (closing == null) {
                Item first = queue.peek();
                if (first instanceof Item.Header && queue.size() > 1) {
                    queue.remove();
                    Item second = queue.remove();
                    if (second instanceof Item.Matter) {
                        queue.addFirst(first);
                        return new Item[] {second};
                    }
                    return new Item[] {first, counted(second)};
                }
                if (first != null && !(first instanceof Item.Header)) {
                    return new Item[] {counted(queue.remove())};
                }
                something.await();
            }
            return new Item[0];
        } finally {
            lock.unlock();
        }
    }

    private Item counted(Item item) {
        if (item instanceof Item.Piece(Fragment fragment)) {
            bytes -= fragment.bytes().length;
            groups -= fragment.key() ? 1 : 0;
        }
        return item;
    }
}
