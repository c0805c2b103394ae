package org.farwatch.api.uploads;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.api.web.BureauTime;

/**
 * What body cameras call their files: {@code <device>_<officer>_<yyyyMMddHHmmss>_<sequence>[_IMP].mp4}. Also with {@code -}
 * for {@code _}, with date and time apart, without the officer, without the sequence, and with {@code IMP} in any case
 * with or without a sign before it. Times are the bureau's. Makers agree on no more, a sidecar says the rest.
 */
final class RecordingName {
    private static final Pattern NAME = Pattern.compile(
            "(?<device>[A-Za-z0-9.]{1,64})[_-]"
                    + "(?:(?<officer>[A-Za-z0-9]{1,40})[_-])?"
                    + "(?<date>(?:19|20)[0-9]{6})[_-]?(?<time>[0-9]{6})"
                    + "(?:[_-](?<sequence>[0-9]{1,9}))?"
                    + "(?<important>[_-]?[Ii][Mm][Pp])?"
                    + "\\.(?:mp4|mov|avi|ts|mpg|mpeg|m4v|ps)",
            Pattern.CASE_INSENSITIVE);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private RecordingName() {}

    /** Empty when a file is named otherwise or for a time that there is not. */
    static Optional<Told> read(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime start = LocalDateTime.parse(matcher.group("date") + matcher.group("time"), TIME);
            String sequence = matcher.group("sequence");
            return Optional.of(new Told(
                    matcher.group("device"),
                    matcher.group("officer"),
                    start.atZone(BureauTime.ZONE).toInstant(),
                    null,
                    sequence == null ? null : Long.valueOf(sequence),
                    matcher.group("important") == null ? null : Boolean.TRUE,
                    null,
                    null));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
