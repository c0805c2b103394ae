package org.farwatch.ingest.media.voice;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Forms of sound files that are read. */
enum SoundForm {
    WAV,
    MP3,
    /** In frames of ADTS (ISO/IEC 13818-7). */
    AAC,
    M4A;

    private static final Pattern ENDING = Pattern.compile("\\.([0-9A-Za-z]{1,8})$");

    /**
     * What the ending of a file's name says; empty where it has none.
     *
     * @throws IllegalArgumentException naming the ending of another form
     */
    static Optional<SoundForm> named(String name) {
        Matcher ending = ENDING.matcher(name.strip());
        if (!ending.find()) {
            return Optional.empty();
        }
        String form = ending.group(1).toUpperCase(Locale.ROOT);
        for (SoundForm each : values()) {
            if (each.name().equals(form)) {
                return Optional.of(each);
            }
        }
        throw new IllegalArgumentException(ending.group(1));
    }

    /** What libavformat found, by the name of its demultiplexer. */
    static SoundForm found(String demultiplexer) {
        return switch (demultiplexer) {
            case "wav" -> WAV;
            case "mp3" -> MP3;
            case "aac" -> AAC;
            default -> M4A;
        };
    }
}
