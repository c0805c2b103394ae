package org.farwatch.benchmarks.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.farwatch.ingest.jt808.Layout;

/**
 * What a fleet of terminals does.
 *
 * @param server the JT/T 808 port
 * @param terminals how many, each with a connection of its own
 * @param layouts their versions, in turns
 * @param rate positions a second of all together; 0 sends as fast as {@code window} allows
 * @param window positions that a terminal sends before an answer
 * @param heartbeat of terminals that send nothing else, when the rate is below zero
 * @param loss share of terminals whose connection breaks within a minute, 0 to 1; they connect again
 * @param duration how long it sends
 * @param phone of the first terminal; the others count up
 * @param start fix time of everybody's first position, milliseconds since 1970 UTC, then one a second
 */
public record LoadPlan(
        InetSocketAddress server,
        int terminals,
        List<Layout> layouts,
        int rate,
        int window,
        Duration heartbeat,
        double loss,
        Duration duration,
        long phone,
        long start) {
    /** @throws IllegalArgumentException naming what is out of range */
    public LoadPlan {
        require(terminals >= 1 && terminals <= 60_000, "terminals must be 1 to 60000, was " + terminals);
        require(!layouts.isEmpty(), "layouts must name at least one version");
        require(window >= 1 && window <= 1024, "window must be 1 to 1024, was " + window);
        require(loss >= 0 && loss <= 1, "loss must be 0 to 1, was " + loss);
        require(!duration.isNegative() && !duration.isZero(), "duration must be above zero, was " + duration);
        require(!heartbeat.isNegative() && !heartbeat.isZero(), "heartbeat must be above zero, was " + heartbeat);
    }

    private static void require(boolean rule, String sentence) {
        if (!rule) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /** Whether terminals send heartbeats and no positions. */
    public boolean heartbeatsOnly() {
        return rate < 0;
    }

    String phone(int terminal) {
        return Long.toString(phone + terminal);
    }

    Layout layout(int terminal) {
        return layouts.get(terminal % layouts.size());
    }
}
