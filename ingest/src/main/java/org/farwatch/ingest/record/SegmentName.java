package org.farwatch.ingest.record;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a segment lies: {@code <root>/<stream>/<yyyyMMdd UTC>/<sequence>-<start>.mp4}, its sidecar beside it as
 * {@code .json}.
 *
 * @param sequence of the segment in its stream, from 1
 * @param start our clock, milliseconds since 1970 UTC
 */
public record SegmentName(long sequence, long start) {
    static final String VIDEO = ".mp4";
    static final String SIDECAR = ".json";
    /** A sidecar that is being written; one that is found was never finished. */
    static final String UNFINISHED = ".json.tmp";

    /** Of the folder of day roots, which lies beside those of the streams. */
    static final String ROOTS = "roots";

    /** Of the folder of what was deleted, which lies beside them too. */
    static final String DELETED = "deleted";

    private static final Pattern STREAM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,17})-(0|[1-9][0-9]{0,14})(\\.mp4|\\.json)");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);

    public SegmentName {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence must be at least 1, was " + sequence);
        }
        if (start < 0) {
            throw new IllegalArgumentException("start must not be before 1970, was " + start + " ms");
        }
    }

    /**
     * Checks a stream's id, which is the name of its folder.
     *
     * @throws IllegalArgumentException when it is not of 1 to 100 letters, digits, {@code _}, {@code .} and {@code -},
     *     beginning with a letter or digit, or is {@code roots} or {@code deleted}
     */
    public static String checkStream(String stream) {
        if (!isStream(stream)) {
            throw new IllegalArgumentException(
                    "stream id must be 1 to 100 letters, digits, '_', '.' and '-', not beginning with a sign, and not 'roots' or 'deleted'; was '"
                            + stream + "'");
        }
        return stream;
    }

    static boolean isStream(String name) {
        return STREAM.matcher(name).matches() && !name.equals(ROOTS) && !name.equals(DELETED);
    }

    /** Empty when a file of this name is neither a segment nor a sidecar. */
    static Optional<SegmentName> parse(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        return matcher.matches()
                ? Optional.of(new SegmentName(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** The folder of a UTC day. */
    static String day(long millis) {
        return DAY.format(Instant.ofEpochMilli(millis));
    }

    /** @param streamFolder folder of the stream */
    public Path video(Path streamFolder) {
        return streamFolder.resolve(day(start)).resolve(sequence + "-" + start + VIDEO);
    }

    /** @param streamFolder folder of the stream */
    public Path sidecar(Path streamFolder) {
        return sidecarOf(video(streamFolder));
    }

    static Path sidecarOf(Path video) {
        String name = video.getFileName().toString();
        return video.resolveSibling(name.substring(0, name.length() - VIDEO.length()) + SIDECAR);
    }

    static Path videoOf(Path sidecar) {
        String name = sidecar.getFileName().toString();
        return sidecar.resolveSibling(name.substring(0, name.length() - SIDECAR.length()) + VIDEO);
    }
}
