package org.farwatch.ingest.jt808;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The terminals of one connection by phone: open addressing with linear probing, no object per look-up. One terminal is
 * the rule; gateways carry hundreds. Owned by the connection's event loop.
 */
final class SessionTable {
    /** Terminals that one connection may carry. */
    static final int MAX_SESSIONS = 4096;

    private Session[] slots = new Session[2];
    private Session last;
    private int size;

    /** The session of this phone, or null. */
    Session find(long high, long low) {
        Session recent = last;
        if (recent != null && recent.phoneLow == low && recent.phoneHigh == high) {
            return recent;
        }
        for (int i = slot(high, low); slots[i] != null; i = (i + 1) & (slots.length - 1)) {
            if (slots[i].phoneLow == low && slots[i].phoneHigh == high) {
                last = slots[i];
                return last;
            }
        }
        return null;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == MAX_SESSIONS;
    }

    /** Adds a session whose phone is not there yet. */
    void add(Session session) {
        if ((size + 1) * 2 > slots.length) {
            Session[] old = slots;
            slots = new Session[old.length * 2];
            for (Session moved : old) {
                if (moved != null) {
                    place(moved);
                }
            }
        }
        place(session);
        size++;
        last = session;
    }

    /** @return whether the session was there */
    boolean remove(Session session) {
        int found = -1;
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == session) {
                found = i;
            }
        }
        if (found < 0) {
            return false;
        }
        Session[] old = slots;
        slots = new Session[old.length];
        for (Session kept : old) {
            if (kept != null && kept != session) {
                place(kept);
            }
        }
        size--;
        last = null;
        return true;
    }

    void each(Consumer<Session> action) {
        for (Session session : slots) {
            if (session != null) {
                action.accept(session);
            }
        }
    }

    void clear() {
        Arrays.fill(slots, null);
        size = 0;
        last = null;
    }

    private void place(Session session) {
        int i = slot(session.phoneHigh, session.phoneLow);
        while (slots[i] != null) {
            i = (i + 1) & (slots.length - 1);
        }
        slots[i] = session;
    }

    private int slot(long high, long low) {
        long mixed = (low ^ (high << 48)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & (slots.length - 1);
    }
}
