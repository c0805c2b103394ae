package org.farwatch.api.talk;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.farwatch.ingest.media.voice.VoiceCall;

/**
 * One loudspeaker that is called by one person, until it is ended; then it says what became of it. Guarded by itself;
 * whoever is told is told outside of the lock and must not wait.
 */
final class LoudspeakerCall {
    /** A microphone from which nothing comes is one whose browser is gone. */
    static final Duration QUIET = Duration.ofSeconds(15);

    private static final int PIECE_MILLIS = 1_000 * VoiceCall.PIECE / VoiceCall.RATE;

    private final long id;
    private final Order order;
    private final Sound sound;
    private final TalkSettings settings;
    private final Clock clock;
    private final Consumer<LoudspeakerCall> told;
    /** As the next two, {@link System#nanoTime}. */
    private final long askedAt = System.nanoTime();

    private long openedAt;
    /** When the microphone gave sound last. */
    private long heardAt;

    private VoiceCall voice;
    private Instant opened;
    private Instant ended;
    private Outcome outcome;
    private String reason;
    private int sent;
    private int unsent;

    /** How far it is. */
    enum State {
        CALLING,
        OPEN,
        ENDED;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How it stands; outcome and end are null before its end.
     *
     * @param opened null when the device never took sound
     * @param millis of sound that was sent
     * @param lost pieces that were not
     */
    record Result(long id, Outcome outcome, String reason, Instant opened, Instant ended, int millis, int lost) {
        State state() {
            return outcome != null ? State.ENDED : opened != null ? State.OPEN : State.CALLING;
        }
    }

    /** What {@link #pace} finds it must end with. */
    record End(Outcome outcome, String reason) {}

    LoudspeakerCall(
            long id, Order order, Sound sound, TalkSettings settings, Clock clock, Consumer<LoudspeakerCall> told) {
        this.id = id;
        this.order = order;
        this.sound = sound;
        this.settings = settings;
        this.clock = clock;
        this.told = told;
    }

    long id() {
        return id;
    }

    Order order() {
        return order;
    }

    synchronized State state() {
        return outcome != null ? State.ENDED : opened != null ? State.OPEN : State.CALLING;
    }

    synchronized Instant opened() {
        return opened;
    }

    synchronized Outcome outcome() {
        return outcome;
    }

    synchronized String reason() {
        return reason;
    }

    synchronized int sent() {
        return sent;
    }

    synchronized Result result() {
        return new Result(id, outcome, reason, opened, ended, sent * PIECE_MILLIS, unsent + sound.late());
    }

    /** Takes the call that was made; closes it when it is not wanted any more. */
    void attach(VoiceCall made) {
        boolean late;
        synchronized (this) {
            late = outcome != null;
            voice = late ? null : made;
        }
        if (late) {
            made.close();
        }
    }

    /** The device takes sound. */
    void open() {
        synchronized (this) {
            if (outcome != null || opened != null) {
                return;
            }
            opened = clock.instant();
            openedAt = System.nanoTime();
            heardAt = openedAt;
        }
        told.accept(this);
    }

    /** Sound of the microphone; what comes before the device takes it is not said. */
    void say(byte[] alaw) {
        if (state() == State.OPEN && sound instanceof LiveSound live) {
            live.offer(alaw, System.nanoTime());
        }
    }

    /** No more sound comes: what waits is said still. */
    void finish() {
        sound.end();
    }

    /**
     * Says the piece that is due. Comes every 20 ms from one thread.
     *
     * @return why it is to be ended, null while it goes on
     */
    synchronized End pace(long now) {
        if (outcome != null) {
            return null;
        }
        if (opened == null) {
            return sound.over()
                    ? new End(Outcome.CANCELLED, null)
                    : since(askedAt, settings.opening(), now) ? new End(Outcome.NO_ANSWER, null) : null;
        }
        if (since(openedAt, settings.longest(), now)) {
            return new End(Outcome.TOO_LONG, null);
        }
        byte[] piece = sound.next(now);
        if (piece != null) {
            heardAt = now;
            if (voice != null && voice.send(piece)) {
                sent++;
            } else {
                unsent++;
            }
        }
        return sound.over()
                ? new End(Outcome.DONE, null)
                : since(heardAt, QUIET, now) ? new End(Outcome.SILENT, null) : null;
    }

    /**
     * Ends it and tells so.
     *
     * @return false when it was ended before
     */
    boolean end(Outcome why, String words) {
        VoiceCall open;
        synchronized (this) {
            if (outcome != null) {
                return false;
            }
            outcome = why;
            reason = words;
            ended = clock.instant();
            open = voice;
            voice = null;
        }
        sound.end();
        if (open != null) {
            open.close();
        }
        return true;
    }

    /** To be called after {@link #end}, once everything about its end is in order. */
    void tell() {
        told.accept(this);
    }

    private static boolean since(long then, Duration length, long now) {
        return now - then >= length.toNanos();
    }
}
