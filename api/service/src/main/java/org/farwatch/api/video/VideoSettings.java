package org.farwatch.api.video;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.farwatch.ingest.record.RecorderSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code farwatch.video.*}.
 *
 * @param fileRoots folders below which streams may be files; none when empty
 * @param furtherHosts hosts to which a source may lead beside its own, by redirection or in a play list; none when empty
 * @param keepFree space of the disk that recording leaves free
 * @param segment length of a recorded file, up to the next key picture; {@link RecorderSettings} says what it may be
 * @param linger how long a stream on demand is fetched on after nobody needs it any more
 * @param viewers live pictures that may be watched at once, of all streams together
 */
@ConfigurationProperties("farwatch.video")
record VideoSettings(
        @DefaultValue List<Path> fileRoots,
        @DefaultValue List<String> furtherHosts,
        @DefaultValue("200") int viewers,
        @DefaultValue("20s") Duration linger,
        @DefaultValue("2GB") DataSize keepFree,
        @DefaultValue("1m") Duration segment) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[[0-9a-fA-F:.]{2,45}]");

    VideoSettings {
        fileRoots = fileRoots.stream()
                .map(root -> root.toAbsolutePath().normalize())
                .toList();
        furtherHosts = List.copyOf(furtherHosts);
        for (String host : furtherHosts) {
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException(
                        "farwatch.video.further-hosts must be names or addresses of hosts without port, was " + host);
            }
        }
        if (viewers < 1 || viewers > 10_000) {
            throw new IllegalArgumentException("farwatch.video.viewers must be 1 to 10000, was " + viewers);
        }
        if (linger.isNegative() || linger.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("farwatch.video.linger must be 0s to 1h, was " + linger);
        }
        try {
            RecorderSettings.of(segment);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("farwatch.video." + e.getMessage(), e);
        }
    }
}
