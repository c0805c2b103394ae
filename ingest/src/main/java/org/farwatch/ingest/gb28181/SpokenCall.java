package org.farwatch.ingest.gb28181;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.farwatch.ingest.gb28181.Voices.Way;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.rtp.RtpTransport;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.farwatch.ingest.sip.SipRequest;

/**
 * Sound for one channel: the device is told to call us ({@link BroadcastWay}), and where it does not, called by us
 * ({@link TalkWay}), or the other way round where that worked before. A device that calls late is taken as long as
 * nothing else stands. State is guarded by this object; ports are opened and messages sent outside of it.
 */
final class SpokenCall implements VoiceCall {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Voices voices;
    private final String device;
    private final String channel;
    private final RtpTransport transport;
    private final long number = NUMBERS.incrementAndGet();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Deque<Way> untried = new ArrayDeque<>();
    private final List<String> refusals = new ArrayList<>();
    private State state = State.NEW;
    /** Told to call us: an INVITE of it may come. */
    private boolean told;
    /** Grows with each try: what an earlier one still reports is nobody's. */
    private int attempt;

    private SpokenLeg leg;
    private Future<?> patience;
    private OfflineCause cause = OfflineCause.UNREACHABLE;
    private volatile SpokenLeg speaking;

    private enum State {
        NEW,
        CALLING,
        OPEN,
        OVER
    }

    SpokenCall(Voices voices, String device, String channel, RtpTransport transport) {
        this.voices = voices;
        this.device = device;
        this.channel = channel;
        this.transport = transport;
    }

    String device() {
        return device;
    }

    String channel() {
        return channel;
    }

    /** Smaller of the one that was made earlier. */
    long number() {
        return number;
    }

    @Override
    public CompletionStage<Void> open() {
        synchronized (this) {
            if (state != State.NEW) {
                return opened;
            }
            state = State.CALLING;
            Way first = voices.first(device);
            untried.add(first);
            untried.add(first == Way.BROADCAST ? Way.TALK : Way.BROADCAST);
        }
        if (voices.begin(this)) {
            next();
        } else {
            fail("channel " + channel + " of device " + device + " is being spoken to");
        }
        return opened;
    }

    @Override
    public boolean send(byte[] alaw) {
        if (alaw.length < 1 || alaw.length > PIECE) {
            throw new IllegalArgumentException("sound must be 1 to " + PIECE + " bytes, was " + alaw.length);
        }
        SpokenLeg to = speaking;
        return to != null && to.speak(alaw);
    }

    @Override
    public CompletionStage<String> ended() {
        return ended;
    }

    @Override
    public void close() {
        over(false);
        opened.completeExceptionally(new PullFailure(OfflineCause.STOPPED, "the call was closed"));
    }

    /** Whether it takes the call of its device. */
    synchronized boolean waits() {
        return state == State.CALLING && told;
    }

    private void next() {
        Session session = voices.sessions.find(device);
        if (session == null) {
            fail("device " + device + " is not registered");
            return;
        }
        Way way;
        int mine;
        synchronized (this) {
            if (state != State.CALLING) {
                return;
            }
            way = untried.poll();
            mine = ++attempt;
            told |= way == Way.BROADCAST;
            if (way != null) {
                expect(mine, way == Way.BROADCAST ? "does not call back" : "does not answer the talk");
            }
        }
        switch (way) {
            case BROADCAST -> voices.broadcast.tell(session, channel, new Attempt(this, mine));
            case TALK -> voices.talk.call(session, channel, transport, new Attempt(this, mine));
            case null -> fail(String.join("; ", refusals()));
        }
    }

    /** The device calls. @return false when it is wanted no more, and not answered */
    boolean invited(SipRequest request, SpeechSdp.Said offer) {
        Session session = voices.sessions.find(device);
        int mine;
        SpokenLeg before;
        synchronized (this) {
            if (state != State.CALLING || !told || session == null) {
                return false;
            }
            // One that calls late ends the talk that was begun meanwhile.
            told = false;
            mine = ++attempt;
            before = leg;
            leg = null;
            expect(mine, "calls, and does not open the way for sound");
        }
        if (before != null) {
            before.close();
        }
        return voices.broadcast.take(session, new Attempt(this, mine), request, offer);
    }

    /** Its call cannot be taken. */
    void unfit(String reason) {
        int mine;
        synchronized (this) {
            told = false;
            // A talk that was begun meanwhile goes on.
            mine = leg == null ? attempt : -1;
        }
        refused(mine, OfflineCause.UNSUPPORTED_CODEC, reason);
    }

    /** It is not registered any more. */
    void gone() {
        boolean stood;
        synchronized (this) {
            stood = state == State.OPEN;
            untried.clear();
        }
        if (stood) {
            end("the device went offline");
        } else {
            fail("the device went offline");
        }
    }

    /** @return false when it is wanted no more: then it is closed */
    boolean adopt(int mine, SpokenLeg made) {
        synchronized (this) {
            if (state == State.CALLING && attempt == mine) {
                leg = made;
                return true;
            }
        }
        made.close();
        return false;
    }

    void opened(int mine, Way way) {
        synchronized (this) {
            if (state != State.CALLING || attempt != mine) {
                return;
            }
            state = State.OPEN;
            told = false;
            speaking = leg;
            patience.cancel(false);
        }
        voices.worked(device, way);
        opened.complete(null);
    }

    void lost(int mine, OfflineCause lost, String detail) {
        boolean stood;
        synchronized (this) {
            if (attempt != mine) {
                return;
            }
            stood = state == State.OPEN;
        }
        if (stood) {
            end(detail);
        } else {
            refused(mine, lost, detail);
        }
    }

    /** Called under the lock. */
    private void expect(int mine, String otherwise) {
        if (patience != null) {
            patience.cancel(false);
        }
        var limit = voices.settings.speakTimeout();
        patience = voices.later(
                limit,
                () -> refused(mine, OfflineCause.TIMEOUT, "it %s within %d ms".formatted(otherwise, limit.toMillis())));
    }

    /** This try came to nothing: the next one. */
    void refused(int mine, OfflineCause why, String reason) {
        SpokenLeg failed;
        synchronized (this) {
            if (state != State.CALLING || attempt != mine) {
                return;
            }
            attempt++;
            cause = why;
            refusals.add(reason);
            failed = leg;
            leg = null;
        }
        voices.soon(() -> {
            if (failed != null) {
                failed.close();
            }
            next();
        });
    }

    private synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    private void fail(String reason) {
        over(false);
        OfflineCause why;
        synchronized (this) {
            why = cause;
        }
        opened.completeExceptionally(new PullFailure(why, reason));
    }

    private void end(String reason) {
        if (over(true)) {
            ended.complete(reason);
        }
    }

    /** @return whether it was not over before, and stood if that is asked for */
    private boolean over(boolean onlyOpen) {
        SpokenLeg last;
        synchronized (this) {
            if (state == State.OVER || onlyOpen && state != State.OPEN) {
                return false;
            }
            state = State.OVER;
            told = false;
            speaking = null;
            last = leg;
            leg = null;
            if (patience != null) {
                patience.cancel(false);
            }
        }
        if (last != null) {
            last.close();
        }
        voices.end(this);
        return true;
    }
}
