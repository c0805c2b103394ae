package org.farwatch.ingest.record;

import java.time.LocalDate;
import java.util.Set;

/** What {@link RootVerification} found out: that all is as it was signed, or the first day that is not. */
public sealed interface RootVerdict {
    /**
     * @param from first day that was looked at, null when there was none
     * @param to last one
     * @param days how many
     * @param keys fingerprints of the keys that they are signed with
     */
    record Intact(LocalDate from, LocalDate to, int days, Set<String> keys) implements RootVerdict {}

    /**
     * @param stream that it is about, null when it is about the day
     * @param reason in a sentence, naming the fact
     */
    record Wrong(Kind kind, LocalDate day, String stream, String reason) implements RootVerdict {}

    /** What is wrong. */
    enum Kind {
        /** A file is not what was signed. */
        ALTERED,
        /** A root that another one follows is not there. */
        MISSING,
        /** A root does not follow the one before. */
        UNCHAINED,
        /** It is signed with another key. */
        RESIGNED,
        /** It is not the one that was kept elsewhere. */
        DIFFERS,
        /** The segments are not those that were signed. */
        REWRITTEN
    }
}
