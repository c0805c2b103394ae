package org.farwatch.api.uploads;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code farwatch.uploads.*}.
 *
 * @param folders that are watched for recordings; none when empty
 * @param keepTaken whether a file that was taken from a folder stays there too
 * @param rest how long a file's size and time must have stood still before it is taken
 * @param maxSize of one file
 * @param openPerUser uploads that one user may have begun and not ended
 * @param staging bytes of all files that are being received, wait or were refused
 * @param queue files that may wait to be looked at
 * @param workers threads that look at files and bring them into our form
 * @param expiry how long an upload that is not whole is kept after its last byte
 * @param late after this time since its end a recording is late
 * @param refusedAge how long a refused file is kept aside at most
 * @param refusedSize bytes of all refused files together; the oldest go first
 * @param statusAge how long it is kept what devices said of themselves
 */
@ConfigurationProperties("farwatch.uploads")
public record UploadSettings(
        @DefaultValue List<Path> folders,
        @DefaultValue("false") boolean keepTaken,
        @DefaultValue("10s") Duration rest,
        @DefaultValue("8GB") DataSize maxSize,
        @DefaultValue("20") int openPerUser,
        @DefaultValue("50GB") DataSize staging,
        @DefaultValue("10000") int queue,
        @DefaultValue("1") int workers,
        @DefaultValue("3d") Duration expiry,
        @DefaultValue("24h") Duration late,
        @DefaultValue("30d") Duration refusedAge,
        @DefaultValue("20GB") DataSize refusedSize,
        @DefaultValue("400d") Duration statusAge) {
    public UploadSettings {
        folders = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
        range("open-per-user", openPerUser, 10_000);
        range("queue", queue, 1_000_000);
        range("workers", workers, 16);
        positive("max-size", maxSize.toBytes());
        positive("staging", staging.toBytes());
        positive("refused-size", refusedSize.toBytes());
        positive("expiry", expiry.toMillis());
        positive("late", late.toMillis());
        positive("refused-age", refusedAge.toMillis());
        positive("status-age", statusAge.toMillis());
        if (rest.isNegative() || rest.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("farwatch.uploads.rest must be 0s to 1h, was " + rest);
        }
    }

    private static void range(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("farwatch.uploads." + name + " must be 1 to " + most + ", was " + value);
        }
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("farwatch.uploads." + name + " must be more than nothing");
        }
    }
}
