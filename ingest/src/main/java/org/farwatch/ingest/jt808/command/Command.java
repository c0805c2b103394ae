package org.farwatch.ingest.jt808.command;

import org.farwatch.ingest.jt808.Layout;

/**
 * What a terminal is asked to do. Values are checked when they are made: an {@link IllegalArgumentException} begins with
 * the field and names value and rule. Immutable.
 *
 * <p>Source: JT/T 808-2011, -2013 and -2019, chapter 8; JT/T 1078-2016, chapter 5.
 */
public sealed interface Command
        permits SettingCommand, PositionCommand, DriverCommand, AreaCommand, MediaCommand, VideoCommand {
    /** The id of the general reply of a terminal. */
    int GENERAL_REPLY = 0x0001;

    int messageId();

    /** The body in this layout; may be longer than one package carries. */
    byte[] body(Layout layout);

    /** The first edition that has this message. */
    default Layout since() {
        return Layout.V2011;
    }

    /** The message that carries the answer; a general reply may come before it. */
    default int answerId(Layout layout) {
        return GENERAL_REPLY;
    }

    /** Whether a terminal answers at all; what it does not is done once it is sent. */
    default boolean answered() {
        return true;
    }

    /** Whether a general reply that says yes is enough of an answer, because some terminals send no other. */
    default boolean mayOnlyBeConfirmed() {
        return false;
    }

    /**
     * Whether a terminal that gets it twice ends up as one that got it once. What is not repeatable is sent once and its
     * answer waited for as long as all tries of the others would take.
     */
    boolean repeatable();

    /**
     * Why a terminal of this layout is not asked.
     *
     * @return a sentence, null when it may be asked
     */
    default String refusal(Layout layout) {
        return layout.compareTo(since()) < 0
                ? "message %04x exists since JT/T 808-%s, the terminal speaks %s"
                        .formatted(messageId(), since().label(), layout.label())
                : null;
    }
}
