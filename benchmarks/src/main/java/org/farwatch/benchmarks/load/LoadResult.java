package org.farwatch.benchmarks.load;

/**
 * What came of a load.
 *
 * @param sent messages, those sent again included
 * @param positions sent at least once, none counted twice
 * @param acknowledged positions that terminals were told are stored; heartbeats that were answered where those are sent
 * @param refused answers with another result than 0
 * @param stored of the acknowledged ones, those that the table has; -1 when nobody looked
 * @param perSecond acknowledged, over the time of sending
 */
public record LoadResult(
        int terminals,
        double seconds,
        long sent,
        long positions,
        long acknowledged,
        long refused,
        long connects,
        long failedConnects,
        long broken,
        long stored,
        double perSecond,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double longestMillis) {
    LoadResult withStored(long found) {
        return new LoadResult(
                terminals,
                seconds,
                sent,
                positions,
                acknowledged,
                refused,
                connects,
                failedConnects,
                broken,
                found,
                perSecond,
                p50Millis,
                p99Millis,
                p999Millis,
                longestMillis);
    }
}
