package org.farwatch.api.jt1078;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.ingest.jt1078.MediaPort;
import org.farwatch.ingest.jt1078.Reception;
import org.farwatch.ingest.jt1078.SpokenSound;
import org.farwatch.ingest.jt808.Layout;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.VideoCommand.Data;
import org.farwatch.ingest.jt808.command.VideoCommand.Live;
import org.farwatch.ingest.jt808.command.VideoCommand.LiveControl;
import org.farwatch.ingest.jt808.command.VideoCommand.LiveOrder;
import org.farwatch.ingest.jt808.command.VideoCommand.Quality;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.voice.UnheardFeed;
import org.farwatch.ingest.media.voice.VoiceCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel of a terminal that is spoken to: two-way talk (0x9101, type 2), and where the terminal refuses that or
 * opens no link, broadcast (type 4), or the other way round where that worked before. Its link goes to a port of its
 * own, so that live pictures of the same channel go on. State is guarded by this object; nothing is asked or told under
 * the lock.
 */
final class TalkCall implements VoiceCall {
    private static final Logger LOG = LoggerFactory.getLogger(TalkCall.class);
    private static final int SAMPLES_PER_MILLI = RATE / 1_000;
    /** Behind our clock by so much, stamps go on from there: nothing was said meanwhile. */
    private static final long PAUSE_MILLIS = 200;

    private final Jt1078Voice kind;
    private final TerminalDesk desk;
    private final Jt1078Intake intake;
    private final Duration patience;
    private final RegisteredDevice device;
    private final Layout layout;
    private final int channel;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Deque<Data> untried = new ArrayDeque<>();
    private final List<String> refusals = new ArrayList<>();
    /** What does not fill a packet yet; at the end it is left out, less than 120 ms. */
    private final ByteArrayOutputStream unsaid = new ByteArrayOutputStream();

    private State state = State.NEW;
    /** Grows with each try: what an earlier one still reports is nobody's. */
    private int attempt;

    private SpokenSound sound = SpokenSound.USUAL;
    private Reception reception;
    private OfflineCause cause = OfflineCause.UNREACHABLE;
    private long stamp;

    private enum State {
        NEW,
        CALLING,
        OPEN,
        OVER
    }

    TalkCall(
            Jt1078Voice kind,
            TerminalDesk desk,
            Jt1078Intake intake,
            Duration patience,
            RegisteredDevice device,
            Layout layout,
            int channel) {
        this.kind = kind;
        this.desk = desk;
        this.intake = intake;
        this.patience = patience;
        this.device = device;
        this.layout = layout;
        this.channel = channel;
    }

    @Override
    public CompletionStage<Void> open() {
        synchronized (this) {
            if (state != State.NEW) {
                return opened;
            }
            state = State.CALLING;
            untried.addAll(kind.ways(device));
        }
        var _ = kind.sound(device, layout).whenComplete((plays, failure) -> {
            if (failure == null) {
                synchronized (this) {
                    sound = plays;
                }
                next();
            } else {
                Throwable why = failure instanceof CompletionException ? failure.getCause() : failure;
                fail(OfflineCause.UNSUPPORTED_CODEC, why.getMessage());
            }
        });
        return opened;
    }

    private void next() {
        Data way;
        int mine;
        synchronized (this) {
            if (state != State.CALLING) {
                return;
            }
            way = untried.poll();
            mine = ++attempt;
        }
        if (way == null) {
            fail(cause(), String.join("; ", refusals()));
            return;
        }
        // What a reception reports it reports under its lock, which sending takes under ours: never the other way
        // round.
        UnheardFeed unheard = new UnheardFeed((_, detail) -> {
            var _ = CompletableFuture.runAsync(() -> lost(mine, detail));
        });
        Reception begun = intake.server()
                .talk(device.known().protocolId(), layout == Layout.V2019, channel, desk.host(device), unheard);
        if (begun == null) {
            fail(OfflineCause.UNREACHABLE, "channel " + channel + " of the terminal is being spoken to");
            return;
        }
        if (!adopt(mine, begun)) {
            begun.close();
            return;
        }
        var _ = begun.begun().thenRunAsync(() -> opened(mine, way));
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> refused(
                        mine,
                        new PullFailure(
                                OfflineCause.TIMEOUT,
                                "%s: no media link came within %d ms".formatted(name(way), patience.toMillis())),
                        true));
        Live ask = new Live(intake.address(MediaPort.TALK), channel, way, Quality.MAIN);
        var _ = desk.ask(device, layout, ask).thenAccept(answer -> {
            PullFailure failure = ChannelCall.failure(answer);
            if (answer instanceof Answer.NotOnline || answer instanceof Answer.ConnectionLost) {
                gone(mine, failure);
            } else if (failure != null) {
                String reason = name(way) + ": " + failure.getMessage();
                refused(mine, new PullFailure(failure.offlineCause(), reason), false);
            }
        });
    }

    private synchronized boolean adopt(int mine, Reception begun) {
        boolean wanted = state == State.CALLING && attempt == mine;
        reception = wanted ? begun : reception;
        return wanted;
    }

    private void opened(int mine, Data way) {
        synchronized (this) {
            if (state != State.CALLING || attempt != mine) {
                return;
            }
            state = State.OPEN;
        }
        kind.worked(device, way);
        opened.complete(null);
    }

    /** There is no terminal that another way could be tried with. */
    private void gone(int mine, PullFailure failure) {
        boolean calling;
        synchronized (this) {
            calling = state == State.CALLING && attempt == mine;
        }
        if (calling) {
            fail(failure.offlineCause(), failure.getMessage());
        }
    }

    /** @param asked whether the terminal may still come: then it is told that nobody wants it */
    private void refused(int mine, PullFailure failure, boolean asked) {
        Reception failed;
        synchronized (this) {
            if (state != State.CALLING || attempt != mine) {
                return;
            }
            attempt++;
            cause = failure.offlineCause();
            refusals.add(failure.getMessage());
            failed = reception;
            reception = null;
        }
        if (failed != null) {
            failed.close();
        }
        if (asked) {
            tellEnd();
        }
        next();
    }

    private void lost(int mine, String detail) {
        boolean stood;
        synchronized (this) {
            if (attempt != mine) {
                return;
            }
            stood = state == State.OPEN;
        }
        if (!stood) {
            refused(mine, new PullFailure(OfflineCause.ENDED, detail), true);
        } else if (over()) {
            ended.complete(detail);
        }
    }

    @Override
    public boolean send(byte[] alaw) {
        if (alaw.length < 1 || alaw.length > PIECE) {
            throw new IllegalArgumentException("sound must be 1 to " + PIECE + " bytes, was " + alaw.length);
        }
        synchronized (this) {
            if (state != State.OPEN) {
                return false;
            }
            unsaid.writeBytes(alaw);
            boolean sent = true;
            byte[] waiting = unsaid.toByteArray();
            int at = 0;
            for (; waiting.length - at >= sound.frame(); at += sound.frame()) {
                sent &= say(reception, Arrays.copyOfRange(waiting, at, at + sound.frame()));
            }
            if (at > 0) {
                unsaid.reset();
                unsaid.write(waiting, at, waiting.length - at);
            }
            return sent;
        }
    }

    /** Called under the lock; {@link Reception#say} does not wait. */
    private boolean say(Reception to, byte[] alaw) {
        long now = System.currentTimeMillis();
        stamp = now - stamp > PAUSE_MILLIS ? now : stamp;
        boolean sent = to.say(sound.payloadType(), stamp, sound.write(alaw));
        stamp += alaw.length / SAMPLES_PER_MILLI;
        return sent;
    }

    @Override
    public CompletionStage<String> ended() {
        return ended;
    }

    @Override
    public void close() {
        over();
        opened.completeExceptionally(new PullFailure(OfflineCause.STOPPED, "the call was closed"));
    }

    private void fail(OfflineCause why, String reason) {
        over();
        opened.completeExceptionally(new PullFailure(why, reason));
    }

    /** @return whether it was not over before */
    private boolean over() {
        Reception last;
        synchronized (this) {
            if (state == State.OVER) {
                return false;
            }
            state = State.OVER;
            last = reception;
            reception = null;
        }
        if (last != null) {
            tellEnd();
            last.close();
        }
        return true;
    }

    private void tellEnd() {
        LiveControl end = new LiveControl(channel, LiveOrder.END_TALK, Quality.MAIN);
        var _ = desk.ask(device, layout, end)
                .thenAccept(answer -> LOG.debug("{} channel {} was told to end: {}", device, channel, answer));
    }

    private synchronized OfflineCause cause() {
        return cause;
    }

    private synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    private static String name(Data way) {
        return way == Data.TALK ? "two-way talk" : "broadcast";
    }
}
