package org.farwatch.ingest;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what devices do wrong, by protocol and kind, and writes it to the log at most once per device and minute, with
 * the bytes. A fault is never an exception at the socket: one device's rubbish costs it one message, nobody else
 * anything.
 *
 * <p>Safe for use by many threads. The memory of who was logged is bounded by {@link #LOGGED_DEVICES}: when more
 * devices than that misbehave within a minute, the rest is counted but not logged.
 */
public final class Faults {
    /** Devices whose last line in the log is remembered. */
    public static final int LOGGED_DEVICES = 4096;

    private static final long LOG_INTERVAL_MILLIS = 60_000;
    private static final int LOGGED_BYTES = 256;
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private final Clock clock;
    private final Map<Protocol, Map<FaultKind, LongAdder>> counts = new EnumMap<>(Protocol.class);

    /** Oldest line first. Guarded by itself. */
    private final LinkedHashMap<String, Long> logged = new LinkedHashMap<>();

    public Faults(Clock clock) {
        this.clock = clock;
        for (Protocol protocol : Protocol.values()) {
            Map<FaultKind, LongAdder> ofProtocol = new EnumMap<>(FaultKind.class);
            for (FaultKind kind : FaultKind.values()) {
                ofProtocol.put(kind, new LongAdder());
            }
            counts.put(protocol, ofProtocol);
        }
    }

    /** Counts without a line in the log. */
    public void count(Protocol protocol, FaultKind kind) {
        counts.get(protocol).get(kind).increment();
    }

    /**
     * Counts, and logs unless this device was logged within the last minute.
     *
     * @param device phone, topic or remote address
     * @param reason a sentence naming field, value and rule
     * @param bytes what was received; only {@code [offset, offset + length)} is read, at most 256 bytes of it logged
     */
    public void report(
            Protocol protocol, FaultKind kind, String device, String reason, byte[] bytes, int offset, int length) {
        count(protocol, kind);
        if (mayLog(protocol.label() + ' ' + device)) {
            LOG.warn(
                    "{} {}: {}: {} [{}]",
                    protocol.label(),
                    printable(device),
                    kind.label(),
                    printable(reason),
                    hex(bytes, offset, length));
        }
    }

    /** How many faults of this kind were counted since the start. */
    public long total(Protocol protocol, FaultKind kind) {
        return counts.get(protocol).get(kind).sum();
    }

    private boolean mayLog(String device) {
        long now = clock.millis();
        synchronized (logged) {
            Iterator<Map.Entry<String, Long>> oldest = logged.entrySet().iterator();
            while (oldest.hasNext() && now - oldest.next().getValue() >= LOG_INTERVAL_MILLIS) {
                oldest.remove();
            }
            if (logged.containsKey(device) || logged.size() >= LOGGED_DEVICES) {
                return false;
            }
            logged.put(device, now);
            return true;
        }
    }

    /** A device names itself: it must not be able to write lines of its own into the log. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String hex(byte[] bytes, int offset, int length) {
        int shown = Math.min(length, LOGGED_BYTES);
        StringBuilder text = new StringBuilder(shown * 2 + 16);
        for (int i = offset; i < offset + shown; i++) {
            text.append(Character.forDigit((bytes[i] >> 4) & 0xF, 16)).append(Character.forDigit(bytes[i] & 0xF, 16));
        }
        return shown < length
                ? text.append("... ").append(length).append(" bytes").toString()
                : text.toString();
    }
}
