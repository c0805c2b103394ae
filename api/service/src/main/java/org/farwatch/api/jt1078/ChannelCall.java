package org.farwatch.api.jt1078;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.ingest.jt1078.MediaPort;
import org.farwatch.ingest.jt1078.Reception;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.VideoCommand.Data;
import org.farwatch.ingest.jt808.command.VideoCommand.Live;
import org.farwatch.ingest.jt808.command.VideoCommand.LiveControl;
import org.farwatch.ingest.jt808.command.VideoCommand.LiveOrder;
import org.farwatch.ingest.jt808.command.VideoCommand.LiveState;
import org.farwatch.ingest.media.OfflineCause;
import org.farwatch.ingest.media.Packets;
import org.farwatch.ingest.media.pull.PullFailure;
import org.farwatch.ingest.media.push.Feed;
import org.farwatch.ingest.media.push.Upstream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One channel that a terminal is asked to send live (0x9101), until it is told to end (0x9102). Begun and ended on the
 * stream's thread; {@link #look} comes from a clock.
 */
final class ChannelCall implements Upstream {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelCall.class);

    private final ChannelAddress address;
    private final ChannelCalls calls;
    private final TerminalDesk desk;
    private final Jt1078Intake intake;
    private final Duration linkTimeout;
    private RegisteredDevice device;
    private boolean asked;
    private volatile Reception reception;

    ChannelCall(
            ChannelAddress address, ChannelCalls calls, TerminalDesk desk, Jt1078Intake intake, Duration linkTimeout) {
        this.address = address;
        this.calls = calls;
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
        if (desk.offDuty(device)) {
            throw new PullFailure(OfflineCause.OFF_DUTY, refusal());
        }
        String sim = device.known().protocolId();
        reception = intake.server().receive(MediaPort.LIVE, sim, address.channel(), feed);
        if (reception == null) {
            throw new PullFailure(
                    OfflineCause.UNREACHABLE,
                    "channel " + address.channel() + " is being sent in its other quality; a terminal sends one");
        }
        CompletableFuture<Void> begun = new CompletableFuture<>();
        var _ = reception.begun().thenAccept(begun::complete);
        asked = true;
        Live live =
                new Live(intake.address(MediaPort.LIVE), address.channel(), Data.SOUND_AND_PICTURE, address.quality());
        var _ = desk.ask(device, live).thenAccept(answer -> {
            PullFailure failure = failure(answer);
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
        calls.begun(this);
    }

    @Override
    public Optional<Packets> packets() {
        Reception now = reception;
        return now == null ? Optional.empty() : Optional.of(now.packets());
    }

    @Override
    public void end() {
        calls.ended(this);
        if (reception != null) {
            reception.close();
        }
        if (asked) {
            LiveControl close = new LiveControl(address.channel(), LiveOrder.CLOSE, address.quality());
            try {
                var _ = desk.ask(device, close)
                        .thenAccept(answer -> LOG.debug("{} was told to end: {}", address, answer));
            } catch (DataAccessException e) {
                LOG.warn("{} was not told to end: {}", address, e.getMessage());
            }
        }
    }

    /** Tells the terminal what is lost on the way (0x9105), and ends what may not be watched any more. */
    void look() {
        Reception now = reception;
        if (desk.offDuty(device)) {
            now.fail(OfflineCause.OFF_DUTY, refusal());
            return;
        }
        int loss = now.lossPercent();
        if (loss >= 0) {
            var _ = desk.ask(device, new LiveState(address.channel(), loss))
                    .thenAccept(answer -> LOG.trace("{} was told a loss of {} %: {}", address, loss, answer));
        }
    }

    private String refusal() {
        return "device %s is held by somebody who is off duty".formatted(address.deviceId());
    }

    /** Why a terminal does not send, null when it will. No answer is none yet: some send pictures first. */
    static PullFailure failure(Answer answer) {
        return switch (answer) {
            case Answer.NotOnline _ -> new PullFailure(OfflineCause.UNREACHABLE, "the terminal is not connected");
            case Answer.ConnectionLost _ ->
                new PullFailure(OfflineCause.UNREACHABLE, "the terminal's connection ended before its answer");
            case Answer.Busy(String reason) -> new PullFailure(OfflineCause.UNREACHABLE, reason);
            case Answer.Failed(String reason) -> new PullFailure(OfflineCause.NOT_FOUND, reason);
            case Answer.Unsupported(String reason) -> new PullFailure(OfflineCause.NOT_FOUND, reason);
            case Answer.Done _,
                    Answer.NoAnswer _,
                    Answer.Parameters _,
                    Answer.Attributes _,
                    Answer.Located _,
                    Answer.Areas _,
                    Answer.MediaFound _,
                    Answer.Photographed _,
                    Answer.VideoAttributes _,
                    Answer.RecordingsFound _,
                    Answer.Driver _ -> null;
        };
    }
}
