package org.farwatch.api.org;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which device is connected and when it was last heard: exact in memory, written to the register every few seconds for
 * those that changed. After a crash a device counts as offline until it is heard again. Safe for use by many threads.
 */
public final class DeviceActivity {
    private final JdbcClient jdbc;
    private final Consumer<Integer> onChange;
    private final Map<Integer, State> states = new ConcurrentHashMap<>();
    private final Map<Integer, Boolean> dirty = new ConcurrentHashMap<>();

    /** @param lastSeen null when never heard */
    public record State(boolean online, Instant lastSeen) {}

    private static final State NEVER = new State(false, null);

    /** @param onChange told the number of a device that came or went */
    public DeviceActivity(JdbcClient jdbc, Consumer<Integer> onChange) {
        this.jdbc = jdbc;
        this.onChange = onChange;
        jdbc.sql("update device set online = false where online").update();
        jdbc.sql("select no, last_seen from device where last_seen is not null")
                .query((row, _) -> states.put(
                        row.getInt(1), new State(false, row.getTimestamp(2).toInstant())))
                .list();
    }

    public State of(int deviceNo) {
        return states.getOrDefault(deviceNo, NEVER);
    }

    public long onlineCount() {
        return states.values().stream().filter(State::online).count();
    }

    /** A message of the device arrived. */
    public void heard(int deviceNo, long atMillis) {
        State before = states.get(deviceNo);
        if (before == null || before.lastSeen() == null || before.lastSeen().toEpochMilli() < atMillis) {
            states.put(deviceNo, new State(before != null && before.online(), Instant.ofEpochMilli(atMillis)));
            dirty.put(deviceNo, Boolean.TRUE);
        }
    }

    /** The device connected or its last connection ended. */
    public void connection(int deviceNo, boolean online, Instant at) {
        State before = states.put(deviceNo, new State(online, at));
        dirty.put(deviceNo, Boolean.TRUE);
        if (before == null || before.online() != online) {
            onChange.accept(deviceNo);
        }
    }

    /** Writes what changed since the last call. */
    public void write() {
        List<Integer> numbers = new ArrayList<>(dirty.keySet());
        if (numbers.isEmpty()) {
            return;
        }
        Integer[] no = numbers.toArray(Integer[]::new);
        Boolean[] online = new Boolean[no.length];
        String[] seen = new String[no.length];
        for (int i = 0; i < no.length; i++) {
            dirty.remove(no[i]);
            State state = of(no[i]);
            online[i] = state.online();
            seen[i] = state.lastSeen() == null
                    ? null
                    : state.lastSeen().atOffset(ZoneOffset.UTC).toString();
        }
        jdbc.sql("""
                update device set online = s.online, last_seen = s.seen::timestamptz
                from unnest(?::int[], ?::boolean[], ?::text[]) as s (no, online, seen) where device.no = s.no""").params(no, online, seen).update();
    }
}
