package org.farwatch.api.jt1078;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.ingest.jt1078.MediaPort;
import org.farwatch.ingest.jt1078.Reception;
import org.farwatch.ingest.jt808.command.VideoCommand.Kept;
import org.farwatch.ingest.jt808.command.VideoCommand.Pace;
import org.farwatch.ingest.jt808.command.VideoCommand.Playback;
import org.farwatch.ingest.jt808.command.VideoCommand.PlaybackControl;
import org.farwatch.ingest.jt808.command.VideoCommand.PlaybackOrder;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.push.PlayOrder;
import org.farwatch.ingest.media.push.Player;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * A stretch of what a terminal recorded of a channel (0x9201), led by 0x9202. Begun and ended on the thread that reads;
 * orders by any.
 */
final class ChannelPlayback implements Player {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelPlayback.class);

    private final ChannelAddress address;
    private final long from;
    private final long to;
    private final int times;
    private final TerminalDesk desk;
    private final Jt1078Intake intake;
    private final Duration linkTimeout;
    private RegisteredDevice device;
    private boolean asked;
    private Reception reception;
    private volatile int speed;

    /** @param times of the recorded speed, 1, 2, 4, 8 or 16 */
    ChannelPlayback(
            ChannelAddress address,
            long from,
            long to,
            int times,
            TerminalDesk desk,
            Jt1078Intake intake,
            Duration linkTimeout) {
        this.address = address;
        this.from = from;
        this.to = to;
        this.times = times;
        this.speed = code(times);
        this.desk = desk;
        this.intake = intake;
        this.linkTimeout = linkTimeout;
    }

    @Override
    public void begin(Feed feed, Duration limit) throws PullFailure, InterruptedException {
        device = desk.terminal(address.deviceId());
        if (device == null) {
            throw new PullFailure(
                    OfflineCause.NOT_FOUND, "device " + address.deviceId() + " is no terminal of the register");
        }
        reception = intake.server().receive(MediaPort.PLAYBACK, device.known().protocolId(), address.channel(), feed);
        if (reception == null) {
            throw new PullFailure(
                    OfflineCause.UNREACHABLE, "channel " + address.channel() + " is being played already");
        }
        CompletableFuture<Void> begun = new CompletableFuture<>();
        var _ = reception.begun().thenAccept(begun::complete);
        asked = true;
        Playback playback = new Playback(
                intake.address(MediaPort.PLAYBACK),
                address.channel(),
                Kept.ANY,
                times == 1 ? Pace.NORMAL : Pace.FAST,
                times == 1 ? 0 : code(times),
                from,
                // Times of this protocol are whole seconds.
                Math.ceilDiv(to, 1_000L) * 1_000);
        var _ = desk.ask(device, playback).thenAccept(answer -> {
            PullFailure failure = ChannelCall.failure(answer);
            if (failure != null) {
                begun.completeExceptionally(failure);
            }
        });
        Duration patience = limit.compareTo(linkTimeout) < 0 ? limit : linkTimeout;
        try {
            begun.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PullFailure failure
                    ? failure
                    : new PullFailure(OfflineCause.BROKEN, e.getCause().toString());
        } catch (TimeoutException _) {
            throw new PullFailure(OfflineCause.TIMEOUT, "no media link came within " + patience.toSeconds() + " s");
        }
    }

    @Override
    public CompletionStage<Void> order(PlayOrder order) {
        return switch (order) {
            case PlayOrder.Pause _ -> tell(PlaybackOrder.PAUSE, 0, null);
            case PlayOrder.Resume _ ->
                speed <= 1 ? tell(PlaybackOrder.START, 0, null) : tell(PlaybackOrder.FAST, speed, null);
            case PlayOrder.Speed(double wanted) -> faster(wanted);
            case PlayOrder.Seek(long at) -> tell(PlaybackOrder.SEEK, 0, at);
        };
    }

    private CompletionStage<Void> faster(double wanted) {
        int whole = (int) Math.round(wanted);
        boolean known = Math.abs(wanted - whole) < 0.01 && whole >= 1 && Integer.bitCount(whole) == 1;
        if (!known) {
            return CompletableFuture.failedFuture(new PullFailure(
                    OfflineCause.UNREACHABLE, "a terminal plays at 1, 2, 4, 8 and 16 times the speed, not " + wanted));
        }
        int code = code(whole);
        CompletionStage<Void> told =
                code == 1 ? tell(PlaybackOrder.START, 0, null) : tell(PlaybackOrder.FAST, code, null);
        return told.thenRun(() -> speed = code);
    }

    private CompletionStage<Void> tell(PlaybackOrder order, int code, Long at) {
        return desk.ask(device, new PlaybackControl(address.channel(), order, code, at))
                .thenCompose(answer -> {
                    PullFailure failure = ChannelCall.failure(answer);
                    return failure == null
                            ? CompletableFuture.<Void>completedFuture(null)
                            : CompletableFuture.failedFuture(failure);
                });
    }

    /** Of 0x9201 and 0x9202: 1 to 5. */
    private static int code(int times) {
        return Integer.numberOfTrailingZeros(times) + 1;
    }

    @Override
    public void end() {
        if (reception != null) {
            reception.close();
        }
        if (asked) {
            try {
                var _ = desk.ask(device, new PlaybackControl(address.channel(), PlaybackOrder.STOP, 0, null))
                        .thenAccept(answer -> LOG.debug("{} was told to stop playing: {}", address, answer));
            } catch (DataAccessException e) {
                LOG.warn("{} was not told to stop playing: {}", address, e.getMessage());
            }
        }
    }
}
