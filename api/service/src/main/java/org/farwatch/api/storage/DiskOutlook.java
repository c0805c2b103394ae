package org.farwatch.api.storage;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.rules.Threshold;
import org.farwatch.api.storage.StorageTable.StreamDay;
import org.farwatch.api.video.DiskSpace;
import org.farwatch.api.web.BureauTime;
import org.springframework.stereotype.Component;

/**
 * How full the disk is and will be, read anew at most every hour since that reads every segment, and an alert while it will
 * be full within the days of {@link Threshold#STORAGE_FULL_DAYS}. The last reading is owned by whoever reads it, under its
 * lock.
 */
@Component
class DiskOutlook {
    private static final Duration FRESH = Duration.ofHours(1);
    /** Of a house that has recorded for less than a day: there is little to be read. */
    private static final Duration YOUNG = Duration.ofMinutes(1);
    /** Over so many days it is measured how much comes. */
    private static final int RATE_DAYS = 7;

    /** Less recording than this says nothing of the days to come. */
    static final Duration LEAST_RECORDED = Duration.ofDays(1);

    /** A stream that began late on its first day is not measured over less. */
    private static final double LEAST_DAYS = 1 / 24.0;

    private static final String CODE = "disk-filling";
    /** From so many days on it is critical. */
    private static final int CRITICAL_DAYS = 2;

    private final StorageTable table;
    private final DiskSpace disk;
    private final Alerts alerts;
    private final Rules rules;
    private Reading last;

    DiskOutlook(StorageTable table, DiskSpace disk, Alerts alerts, Rules rules) {
        this.table = table;
        this.disk = disk;
        this.alerts = alerts;
        this.rules = rules;
    }

    /**
     * What a stream takes.
     *
     * @param bytes on the disk
     * @param held of them
     * @param bytesPerDay that came in the last seven days, or since its first segment where that is less
     * @param seconds recorded in these days
     * @param recent bytes of these days
     */
    record Figures(StorageClass of, int days, long bytes, long held, long bytesPerDay, double seconds, long recent) {}

    /**
     * @param at when it was read
     * @param total bytes of the disk
     * @param usable of them that can be written
     * @param streams by id
     * @param from from when on there is a forecast: a day after the first recording; null while there is none
     * @param forecast null before that
     */
    record Reading(
            Instant at, long total, long usable, Map<Long, Figures> streams, Instant from, DiskForecast forecast) {}

    /** The last reading, or a new one where that is old. */
    synchronized Reading reading(Instant now) throws IOException {
        if (last == null || Duration.between(last.at(), now).compareTo(last.forecast() == null ? YOUNG : FRESH) >= 0) {
            last = read(now, disk.usable());
        }
        return last;
    }

    /** The next reading is a new one: days were changed. */
    synchronized void forget() {
        last = null;
    }

    void look(Instant now) throws IOException {
        DiskForecast forecast = reading(now).forecast();
        if (forecast != null) {
            raise(forecast, now);
        }
    }

    Reading read(Instant now, long usable) throws IOException {
        LocalDate today = LocalDate.ofInstant(now, BureauTime.ZONE);
        Map<Long, List<StreamDay>> byStream = new LinkedHashMap<>();
        table.stored()
                .forEach(each -> byStream.computeIfAbsent(each.stream(), _ -> new ArrayList<>())
                        .add(each));
        Map<Long, Instant> brought = table.firstBrought();
        Instant from = byStream.entrySet().stream()
                .map(each -> came(each.getValue().getFirst().starts(), brought.get(each.getKey())))
                .min(Comparator.naturalOrder())
                .map(first -> first.plus(LEAST_RECORDED))
                .orElse(null);
        Map<Long, Figures> figures = new LinkedHashMap<>();
        byStream.forEach((stream, days) -> figures.put(stream, figures(days, today)));
        return new Reading(
                now,
                disk.total(),
                usable,
                figures,
                from,
                from == null || now.isBefore(from)
                        ? null
                        : DiskForecast.of(kept(byStream, figures), today, usable - disk.keepFree()));
    }

    /** A body camera that is emptied brings days at once: how long they took says nothing of what is recorded here. */
    private static Instant came(Instant recorded, Instant brought) {
        return brought != null && brought.isAfter(recorded) ? brought : recorded;
    }

    private static Figures figures(List<StreamDay> days, LocalDate today) {
        LocalDate since = today.minusDays(RATE_DAYS);
        List<StreamDay> recent = days.stream()
                .filter(each -> !each.day().isBefore(since) && each.day().isBefore(today))
                .toList();
        StreamDay any = days.getFirst();
        // A stream of today only has no whole day yet; what it has is the best that is known.
        List<StreamDay> counted = recent.isEmpty()
                ? days.stream().filter(each -> !each.day().isBefore(today)).toList()
                : recent;
        long bytes = counted.stream().mapToLong(StreamDay::bytes).sum();
        double over = recent.isEmpty() ? 1 : daysSince(any.starts(), since, today);
        return new Figures(
                any.of(),
                any.days(),
                days.stream().mapToLong(StreamDay::bytes).sum(),
                days.stream().mapToLong(StreamDay::held).sum(),
                Math.round(bytes / over),
                counted.stream().mapToDouble(StreamDay::seconds).sum(),
                bytes);
    }

    /** Days up to today's midnight, from the first recording on or those that are looked at: its first day was not a whole one. */
    private static double daysSince(Instant first, LocalDate since, LocalDate today) {
        Instant begin = since.atStartOfDay(BureauTime.ZONE).toInstant();
        Instant end = today.atStartOfDay(BureauTime.ZONE).toInstant();
        Duration over = Duration.between(first.isBefore(begin) ? begin : first, end);
        return Math.max(
                LEAST_DAYS, over.toMillis() / (double) Duration.ofDays(1).toMillis());
    }

    private static List<DiskForecast.Kept> kept(Map<Long, List<StreamDay>> byStream, Map<Long, Figures> figures) {
        record Alike(StorageClass of, int days) {}
        Map<Alike, List<Long>> groups = new HashMap<>();
        figures.forEach(
                (stream, each) -> groups.computeIfAbsent(new Alike(each.of(), each.days()), _ -> new ArrayList<>())
                        .add(stream));
        List<DiskForecast.Kept> kept = new ArrayList<>();
        groups.forEach((alike, streams) -> {
            TreeMap<LocalDate, Long> stored = new TreeMap<>();
            for (long stream : streams) {
                byStream.get(stream).forEach(each -> stored.merge(each.day(), each.bytes() - each.held(), Long::sum));
            }
            kept.add(new DiskForecast.Kept(
                    alike.of(),
                    alike.days(),
                    streams.stream()
                            .mapToLong(stream -> figures.get(stream).bytesPerDay())
                            .sum(),
                    streams.stream()
                            .mapToLong(stream -> figures.get(stream).held())
                            .sum(),
                    stored));
        });
        return kept;
    }

    /** Raised once while it lasts, of the kind that it would become: recordings that are missing. */
    void raise(DiskForecast forecast, Instant now) {
        List<Alerts.OfStream> standing = alerts.standingOfStreams(CODE);
        Integer full = forecast.fullInDays();
        int within = (int) rules.value(Threshold.STORAGE_FULL_DAYS);
        if (full == null || full > within) {
            standing.forEach(
                    alert -> alerts.overtake(alert.id(), "存储空间预计不再于 " + within + " 天内用尽 (the disk lasts again)", now));
        } else if (standing.isEmpty()) {
            LocalDate day = LocalDate.ofInstant(now, BureauTime.ZONE).plusDays(full);
            alerts.raise(
                    new NewAlert(
                            "recording-gap",
                            CODE,
                            full <= CRITICAL_DAYS ? "critical" : "warning",
                            now,
                            CODE + ":" + now.toEpochMilli(),
                            "录像存储：预计 " + full + " 天后用尽",
                            Map.of("place", "录像存储", "days", full, "day", day.toString()),
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            null,
                            null,
                            null),
                    now);
        }
    }
}
