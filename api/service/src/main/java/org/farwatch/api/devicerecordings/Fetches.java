package org.farwatch.api.devicerecordings;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.farwatch.api.access.Caller;
import org.farwatch.api.jobs.Job;
import org.farwatch.api.jobs.JobProgress;
import org.farwatch.api.jobs.Jobs;
import org.farwatch.api.uploads.UploadSettings;
import org.farwatch.api.video.DeviceRecordings;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.media.MediaUnit;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.Playing;
import org.farwatch.ingest.media.push.PushedConnection;
import org.farwatch.ingest.record.Remux;
import org.farwatch.ingest.record.Sidecar;
import org.farwatch.ingest.record.Upload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Brings what a device recorded, and we did not, into the stream's chain. Works on a thread of the jobs; what is being
 * read lies beside the recordings until all of it has come.
 */
@Component
class Fetches {
    private static final Logger LOG = LoggerFactory.getLogger(Fetches.class);
    private static final String PREFIX = "fetch-";
    private static final long SWEEP_MILLIS = 10_000;
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    /** Shorter holes are those between two files. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final RecordingDesk desk;
    private final Plays plays;
    private final DeviceRecordings recordings;
    private final Jobs jobs;
    private final UploadSettings uploads;
    private final Clock clock;
    /** Ids of folders that are worked at. */
    private final Set<String> working = ConcurrentHashMap.newKeySet();

    Fetches(
            RecordingDesk desk,
            Plays plays,
            DeviceRecordings recordings,
            Jobs jobs,
            UploadSettings uploads,
            Clock clock) {
        this.desk = desk;
        this.plays = plays;
        this.recordings = recordings;
        this.jobs = jobs;
        this.uploads = uploads;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param seconds that were fetched; 0 when all of it was recorded already
     * @param late whether some came later after its end than {@code farwatch.uploads.late} allows
     */
    record Fetched(String streamId, List<Stretch> stretches, long seconds, int segments, boolean late) {}

    /** A stretch that has come whole and is in no chain yet. */
    private record Arrived(Remux.Remuxed made, Upload upload) {}

    Job submit(RecordingDesk.Target target, Stretch asked, Caller caller) {
        return jobs.submit("fetch-device-recording", caller, progress -> run(target, asked, progress));
    }

    private Fetched run(RecordingDesk.Target target, Stretch asked, JobProgress progress)
            throws IOException, InterruptedException {
        if (!recordings.ready() || recordings.full()) {
            throw new Refusal(
                    503,
                    "cannot be stored",
                    recordings.ready() ? "the disk has no room for recordings" : "the service is starting");
        }
        long stream = target.stream().id();
        if (!plays.fetch(stream)) {
            throw new Refusal(
                    409, "busy", "the device plays this channel already, or as many are being fetched as may");
        }
        String id = PREFIX + UUID.randomUUID();
        working.add(id);
        try {
            return fetch(target, asked, id, progress);
        } finally {
            working.remove(id);
            plays.fetchOver(stream);
        }
    }

    private Fetched fetch(RecordingDesk.Target target, Stretch asked, String id, JobProgress progress)
            throws IOException, InterruptedException {
        long stream = target.stream().id();
        progress.report(0, null, "asks the device what it has");
        List<Stretch> there = desk.playable(target, asked);
        if (there.isEmpty()) {
            throw new Refusal(
                    404,
                    "nothing recorded",
                    "the device has recorded nothing between " + asked.from() + " and " + asked.to()
                            + " that may be fetched");
        }
        List<Stretch> missing = Stretch.without(
                        there,
                        recordings.recorded(stream, asked.from(), asked.to()).stream()
                                .map(one -> new Stretch(one.from(), one.to()))
                                .toList())
                .stream()
                .filter(one -> one.length().compareTo(SHORTEST) >= 0)
                .toList();
        long total = missing.stream().mapToLong(one -> one.length().toSeconds()).sum();
        List<Arrived> arrived = new ArrayList<>();
        boolean whole = false;
        long done = 0;
        try {
            for (int i = 0; i < missing.size(); i++) {
                arrived.add(read(target, missing.get(i), part(id, i), done, total, progress));
                done += missing.get(i).length().toSeconds();
            }
            whole = true;
        } finally {
            for (int i = 0; i < missing.size() && !whole; i++) {
                recordings.drop(stream, part(id, i));
            }
        }
        progress.report(total, total, "stores what has come");
        int segments = 0;
        for (Arrived one : arrived) {
            List<Sidecar> chained = recordings.chain(stream, one.made(), one.upload());
            segments += chained.size();
        }
        return new Fetched(
                Long.toString(stream),
                missing,
                total,
                segments,
                arrived.stream().anyMatch(one -> one.upload().late()));
    }

    private static String part(String id, int number) {
        return id + "." + number;
    }

    private Arrived read(
            RecordingDesk.Target target, Stretch wanted, String id, long done, long total, JobProgress progress)
            throws IOException {
        Playing playing = new Playing(
                target.source().fetched(target.address(), wanted.from(), wanted.to()),
                wanted.from().toEpochMilli(),
                wanted.to().toEpochMilli());
        MessageDigest digest = sha256();
        try (PushedConnection connection = new PushedConnection(playing)) {
            connection.open(CONNECT);
            Remux.Remuxed made = recordings.read(target.stream().id(), id, connection, SILENCE, new Remux.Watch() {
                @Override
                public void unit(MediaUnit unit) {
                    digest.update(unit.payload());
                    long seconds = (unit.receiveTime() - wanted.from().toEpochMilli()) / 1_000;
                    progress.report(
                            done + Math.clamp(seconds, 0, wanted.length().toSeconds()), total, null);
                }

                @Override
                public void over(PullFailure why) throws PullFailure {
                    requireWhole(playing, why);
                }
            });
            return new Arrived(made, upload(target, wanted, made, digest));
        } catch (PullFailure e) {
            throw new Refusal(
                    e.offlineCause() == OfflineCause.OFF_DUTY ? 403 : 502,
                    "not fetched",
                    "of what the device recorded from " + wanted.from() + " to " + wanted.to() + " nothing is stored: "
                            + e.getMessage());
        }
    }

    /** What breaks off is not kept: it would pass for all that there is. */
    private static void requireWhole(Playing playing, PullFailure why) throws PullFailure {
        boolean end = why.offlineCause() == OfflineCause.ENDED || why.offlineCause() == OfflineCause.TIMEOUT;
        if (!end || playing.position() < playing.to() - PlayCall.NEAR_THE_END) {
            throw new PullFailure(
                    why.offlineCause(),
                    "it ended at " + Instant.ofEpochMilli(playing.position()) + ": " + why.getMessage());
        }
    }

    /** The chain says that these pictures are of the device's own recording, and what they were when they came. */
    private Upload upload(RecordingDesk.Target target, Stretch wanted, Remux.Remuxed made, MessageDigest digest) {
        Instant now = clock.instant();
        boolean late = Duration.between(Instant.ofEpochMilli(made.end()), now).compareTo(uploads.late()) > 0;
        return new Upload(
                now.toEpochMilli(),
                made.start(),
                0,
                late,
                "device-recording " + target.device().known().id() + " " + wanted.from() + "/" + wanted.to(),
                HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a fetch left, also one that a crash ended. */
    @Scheduled(fixedDelay = SWEEP_MILLIS)
    void sweep() {
        try {
            recordings.sweep(
                    PREFIX, upload -> working.contains(upload.substring(0, Math.max(0, upload.lastIndexOf('.')))));
        } catch (IOException | DataAccessException e) {
            LOG.warn("what fetches left is swept again: {}", e.toString());
        }
    }
}
