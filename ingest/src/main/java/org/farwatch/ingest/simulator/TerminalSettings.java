package org.farwatch.ingest.simulator;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.farwatch.ingest.jt808.Layout;

/**
 * How a simulated vehicle terminal behaves.
 *
 * @param server where it connects to
 * @param layout the edition of JT/T 808 that it speaks; one of 2011 knows no 0x0704 and sends stored positions one by one
 * @param phone decimal digits, at most 12 before 2019 and 20 since
 * @param code the code it authenticates with; empty to register first
 * @param heartbeat sent when nothing else was for so long
 * @param replyTimeout before a message is sent again; the wait grows with each try as JT/T 808 demands
 * @param tries after which the link counts as broken
 * @param window messages with positions that may be under way unanswered
 * @param batch positions of one 0x0704, at most {@link TerminalMessages#MOST_POSITIONS}
 * @param memory positions kept while they are not acknowledged; then the oldest are overwritten
 * @param firstDelay before the first try to reconnect; doubles up to {@code longestDelay}
 */
public record TerminalSettings(
        InetSocketAddress server,
        Layout layout,
        String phone,
        String code,
        Duration heartbeat,
        Duration replyTimeout,
        int tries,
        int window,
        int batch,
        int memory,
        Duration firstDelay,
        Duration longestDelay) {
    /** @throws IllegalArgumentException naming the field, its value and the rule */
    public TerminalSettings {
        atLeast("tries", tries, 1);
        atLeast("window", window, 1);
        atLeast("batch", batch, 1);
        atLeast("memory", memory, 1);
        if (batch > TerminalMessages.MOST_POSITIONS) {
            throw new IllegalArgumentException(
                    "batch must be at most " + TerminalMessages.MOST_POSITIONS + ", was " + batch);
        }
    }

    private static void atLeast(String field, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(field + " must be at least " + least + ", was " + value);
        }
    }

    /** A terminal that registers first, with the intervals of an ordinary installation. */
    public static TerminalSettings of(InetSocketAddress server, Layout layout, String phone) {
        return new TerminalSettings(
                server,
                layout,
                phone,
                "",
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                3,
                8,
                20,
                10_000,
                Duration.ofMillis(500),
                Duration.ofSeconds(30));
    }

    /** The same with a code that was given before. */
    public TerminalSettings withCode(String known) {
        return new TerminalSettings(
                server,
                layout,
                phone,
                known,
                heartbeat,
                replyTimeout,
                tries,
                window,
                batch,
                memory,
                firstDelay,
                longestDelay);
    }

    /** The same with other waiting times; for tests and load. */
    public TerminalSettings withDelays(Duration reply, Duration first, Duration longest) {
        return new TerminalSettings(
                server, layout, phone, code, heartbeat, reply, tries, window, batch, memory, first, longest);
    }

    /** The same with another heartbeat. */
    public TerminalSettings withHeartbeat(Duration interval) {
        return new TerminalSettings(
                server,
                layout,
                phone,
                code,
                interval,
                replyTimeout,
                tries,
                window,
                batch,
                memory,
                firstDelay,
                longestDelay);
    }

    /** The same with other bounds. */
    public TerminalSettings withBounds(int messagesUnderWay, int positionsOfBatch, int positionsKept) {
        return new TerminalSettings(
                server,
                layout,
                phone,
                code,
                heartbeat,
                replyTimeout,
                tries,
                messagesUnderWay,
                positionsOfBatch,
                positionsKept,
                firstDelay,
                longestDelay);
    }
}
