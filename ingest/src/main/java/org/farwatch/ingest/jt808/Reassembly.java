package org.farwatch.ingest.jt808;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.farwatch.ingest.FaultKind;

/**
 * Puts messages together that come in several packages (JT/T 808-2013 4.4.3, body properties bit 13). Packages may come
 * in any order, twice, over changing connections and between other messages; what is missing is asked for.
 *
 * <p>Whose a package is: a message is known by its terminal, its id, its number of packages and the serial of package 1,
 * which is the package's own less its number and one. Terminals that give serials to other messages in between break
 * that count; then the package goes to the message in whose order of serials it fits best, and a package that was asked
 * for and comes with a new serial to the only message that lacks it. Where two messages fit equally none gets it, so that
 * two photographs never mix: what is missing is asked for again.
 *
 * <p>A package is acknowledged when it came, but the one that completes a message only with the message itself: until
 * that is stored, the terminal keeps it. A completed message is forgotten here; packages of it that come again begin it
 * anew, and what is stored then is known as a duplicate.
 *
 * <p>Bounded by {@link PackageSettings} in bytes and time and by {@link #MAX_MESSAGES} for each terminal. State is kept
 * for each terminal within the lock of its key in the map: event loops of two connections may both carry it for a while.
 */
final class Reassembly {
    /** Unfinished messages of one terminal; when one more begins, the oldest is given up. */
    static final int MAX_MESSAGES = 8;

    /** Packages that one question may name (JT/T 808-2019, 0x8003 and 0x8800). */
    static final int MAX_ASKED = 125;

    private final PackageSettings settings;
    private final Consumer<GivenUp> givenUp;
    private final ConcurrentHashMap<String, List<LongMessage>> unfinished = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    /** @param givenUp told of every message that will not be completed */
    Reassembly(PackageSettings settings, Consumer<GivenUp> givenUp) {
        this.settings = settings;
        this.givenUp = givenUp;
    }

    record GivenUp(String phone, int messageId, String reason) {}

    /** What became of a package. */
    sealed interface Outcome {
        /** It is kept, or was there already. */
        record Kept() implements Outcome {}

        /** It was the last one missing. */
        record Whole(Frame message) implements Outcome {}

        /** It is not kept. */
        record Refused(FaultKind fault, int result, String reason) implements Outcome {}
    }

    /** Missing packages, to be asked for: as the message's newest package was, so is the question. */
    record Question(Origin origin, Piece begun, List<Integer> missing) {}

    /**
     * Takes a package.
     *
     * @param now {@link System#nanoTime()}
     */
    Outcome accept(Session session, Frame frame, Piece piece, long now) {
        if (!piece.numbered()) {
            return new Outcome.Refused(
                    FaultKind.SUB_PACKAGE,
                    Replies.BAD_MESSAGE,
                    "package %d of %d: numbers run from 1 to the total".formatted(piece.index(), piece.total()));
        }
        Outcome[] outcome = new Outcome[1];
        unfinished.compute(session.phone, (_, there) -> {
            List<LongMessage> messages = there == null ? new ArrayList<>(1) : there;
            outcome[0] = accept(messages, session, frame, piece, now);
            return messages.isEmpty() ? null : messages;
        });
        return outcome[0];
    }

    private Outcome accept(List<LongMessage> messages, Session session, Frame frame, Piece piece, long now) {
        LongMessage message = messageOf(messages, session, frame, piece, now);
        message.heard(Origin.of(session, frame), now);
        if (message.has(piece.index())) {
            return new Outcome.Kept();
        }
        String full = full(messages, message, piece.length());
        if (full != null) {
            giveUp(messages, message, session.phone, full);
            return new Outcome.Refused(FaultKind.OVER_LIMIT, Replies.FAILURE, full);
        }
        message.add(piece, Arrays.copyOfRange(frame.bytes(), piece.offset(), piece.offset() + piece.length()));
        if (!message.complete()) {
            return new Outcome.Kept();
        }
        messages.remove(message);
        give(message.held());
        int fixed = piece.inBody() ? MediaBody.FIXED_BYTES : 0;
        return new Outcome.Whole(Frame.whole(frame, fixed, message.bodies(), message.bytes()));
    }

    /** Why there is no room for so many bytes more; null when there is, and then they are taken. */
    private String full(List<LongMessage> messages, LongMessage message, int length) {
        if (message.bytes() + length > settings.messageBytes()) {
            return "message of %d packages: farwatch.jt808.packages.message-bytes is %d"
                    .formatted(message.begun.total(), settings.messageBytes());
        }
        int ofTerminal = messages.stream().mapToInt(LongMessage::held).sum();
        if (ofTerminal + LongMessage.held(length) > settings.terminalBytes()) {
            return "unfinished messages: farwatch.jt808.packages.terminal-bytes is " + settings.terminalBytes();
        }
        return take(LongMessage.held(length))
                ? null
                : "unfinished messages of all terminals: farwatch.jt808.packages.total-bytes is "
                        + settings.totalBytes();
    }

    private LongMessage messageOf(List<LongMessage> messages, Session session, Frame frame, Piece piece, long now) {
        LongMessage found = messages.stream()
                .filter(message -> message.sameFirst(piece))
                .findFirst()
                .orElse(null);
        if (found != null && (!found.alike(piece) || found.contradicts(piece, frame.bytes()))) {
            // A terminal that was switched on again begins its serials from 0.
            giveUp(messages, found, session.phone, "another message began with the same serial");
            found = null;
        }
        if (found == null && !piece.inBody()) {
            found = fitting(messages, piece);
        }
        if (found != null) {
            return found;
        }
        if (messages.size() == MAX_MESSAGES) {
            giveUp(messages, messages.getFirst(), session.phone, "%d newer ones began".formatted(MAX_MESSAGES));
        }
        LongMessage begun = new LongMessage(piece, now);
        messages.add(begun);
        return begun;
    }

    private static LongMessage fitting(List<LongMessage> messages, Piece piece) {
        LongMessage best = null;
        int least = Integer.MAX_VALUE;
        List<LongMessage> asked = new ArrayList<>(1);
        for (LongMessage message : messages) {
            if (message.alike(piece) && !message.has(piece.index())) {
                int between = message.serialsBetween(piece.index(), piece.serial());
                if (between >= 0 && between <= least) {
                    best = between == least ? null : message;
                    least = between;
                }
                if (message.everAsked()) {
                    asked.add(message);
                }
            }
        }
        boolean onlyAsked = least == Integer.MAX_VALUE && asked.size() == 1;
        return onlyAsked ? asked.getFirst() : best;
    }

    /** Gives up what took too long and finds what is to be asked for. Called again and again by one thread. */
    List<Question> overdue(long now) {
        List<Question> questions = new ArrayList<>();
        for (String phone : unfinished.keySet()) {
            unfinished.computeIfPresent(phone, (_, messages) -> {
                for (LongMessage message : List.copyOf(messages)) {
                    overdue(messages, message, phone, now, questions);
                }
                return messages.isEmpty() ? null : messages;
            });
        }
        return questions;
    }

    private void overdue(
            List<LongMessage> messages, LongMessage message, String phone, long now, List<Question> questions) {
        boolean tooLong = now - message.begunAt >= settings.timeout().toNanos();
        boolean quiet = now - message.quietSince >= settings.silence().toNanos();
        if (tooLong || quiet && message.asked() >= settings.asks()) {
            giveUp(
                    messages,
                    message,
                    phone,
                    "%d of %d packages came, asked %d times"
                            .formatted(message.count(), message.begun.total(), message.asked()));
        } else if (quiet) {
            message.ask(now);
            questions.add(new Question(message.origin(), message.begun, message.missing(MAX_ASKED)));
        }
    }

    private void giveUp(List<LongMessage> messages, LongMessage message, String phone, String reason) {
        messages.remove(message);
        give(message.held());
        givenUp.accept(new GivenUp(phone, message.begun.messageId(), reason));
    }

    /** Takes bytes out of what all terminals together may hold. @return false when there are not so many left */
    boolean take(long count) {
        if (bytes.addAndGet(count) > settings.totalBytes()) {
            bytes.addAndGet(-count);
            return false;
        }
        return true;
    }

    void give(long count) {
        bytes.addAndGet(-count);
    }

    /** Bytes taken now. */
    long bytes() {
        return bytes.get();
    }

    /** Terminals with unfinished messages now. */
    int terminals() {
        return unfinished.size();
    }
}
