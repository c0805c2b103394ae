package org.farwatch.api.gb28181;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.gb28181.Control;
import org.farwatch.ingest.gb28181.Gb28181Server;
import org.farwatch.ingest.gb28181.PtzCommand;
import org.farwatch.ingest.sip.SipRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Who moves which camera. Whoever moves one holds it until he has left it alone for {@code farwatch.gb28181.ptz-idle};
 * an operator takes it from an inspector, not the other way round. A movement that nobody ends is ended after {@link
 * #LONGEST}, and a camera with a home preset goes back to it when it is let go. All state is guarded by this object; a
 * camera is here only while somebody holds it, one user holds at most {@link #OF_ONE}.
 */
@Component
class PtzDesk {
    /** A console that went away must not leave a camera turning. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    static final int OF_ONE = 20;

    private static final long ANSWER_SECONDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(PtzDesk.class);

    private final Gb28181Intake intake;
    private final Duration idle;
    private final Clock clock;
    private final Map<Long, Hold> holds = new HashMap<>();

    PtzDesk(Gb28181Intake intake, Gb28181Properties properties, Clock clock) {
        this.intake = intake;
        this.idle = properties.ptzIdle();
        this.clock = clock;
    }

    /** @param moving whether it may still turn */
    private record Hold(
            ChannelTable.Camera camera, String user, String name, boolean operator, Instant at, boolean moving) {}

    /**
     * Who holds a camera.
     *
     * @param until when it is anybody's if he does nothing more
     */
    record Holder(String username, String displayName, Instant until) {}

    /**
     * Tells a camera to do something.
     *
     * @param moving whether it goes on until it is told to stop
     * @throws Refusal 409 naming who holds it, 502 when the device does not take it
     */
    Holder tell(ChannelTable.Camera camera, Caller caller, PtzCommand command, boolean moving) {
        Hold mine = hold(camera, caller, moving);
        send(camera, command);
        return holder(mine);
    }

    private synchronized Hold hold(ChannelTable.Camera camera, Caller caller, boolean moving) {
        Instant now = clock.instant();
        Hold before = holds.get(camera.streamId());
        boolean operator = caller.is(Role.OPERATOR);
        boolean others = before != null
                && !before.user().equals(caller.username())
                && now.isBefore(before.at().plus(idle));
        if (others && (before.operator() || !operator)) {
            Holder holder = holder(before);
            throw new Refusal(
                            409,
                            "camera is in use",
                            "the camera is moved by " + holder.displayName() + ", until " + holder.until()
                                    + " if he does nothing more")
                    .with("holder", holder);
        }
        long held = holds.values().stream()
                .filter(hold -> hold.user().equals(caller.username()))
                .count();
        if (before == null && held >= OF_ONE) {
            throw new Refusal(429, "too many cameras", "one user moves at most " + OF_ONE + " cameras at a time");
        }
        Hold mine = new Hold(camera, caller.username(), caller.displayName(), operator, now, moving);
        holds.put(camera.streamId(), mine);
        return mine;
    }

    private Holder holder(Hold hold) {
        return new Holder(hold.user(), hold.name(), hold.at().plus(idle));
    }

    private void send(ChannelTable.Camera camera, PtzCommand command) {
        try {
            server().control(camera.device(), camera.code(), new Control.Move(command))
                    .toCompletableFuture()
                    .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw failed(e);
        }
    }

    /** What a device that does not do as it is told becomes for the caller. */
    static Refusal failed(CompletionException e) {
        String why = e.getCause() instanceof SipRefused refused ? refused.getMessage() : "no answer in time";
        return new Refusal(502, "device did not answer", "the device does not do it: " + why);
    }

    @Scheduled(fixedDelay = 1_000)
    void sweep() {
        Instant now = clock.instant();
        synchronized (this) {
            Iterator<Hold> each = holds.values().iterator();
            while (each.hasNext()) {
                Hold hold = each.next();
                if (!now.isBefore(hold.at().plus(idle))) {
                    each.remove();
                    release(hold);
                }
            }
            holds.replaceAll((_, hold) -> {
                boolean stops = hold.moving() && !now.isBefore(hold.at().plus(LONGEST));
                if (stops) {
                    quietly(hold, PtzCommand.STOP);
                    quietly(hold, PtzCommand.STOP_LENS);
                }
                return stops
                        ? new Hold(hold.camera(), hold.user(), hold.name(), hold.operator(), hold.at(), false)
                        : hold;
            });
        }
    }

    private void release(Hold hold) {
        if (hold.moving()) {
            quietly(hold, PtzCommand.STOP);
            quietly(hold, PtzCommand.STOP_LENS);
        }
        if (hold.camera().homePreset() != null) {
            quietly(
                    hold,
                    PtzCommand.preset(
                            PtzCommand.PresetAction.CALL, hold.camera().homePreset()));
        }
    }

    /** Nobody waits for it. */
    private void quietly(Hold hold, PtzCommand command) {
        var _ = server().control(hold.camera().device(), hold.camera().code(), new Control.Move(command))
                .exceptionally(failure -> {
                    LOG.warn(
                            "gb28181: camera {} could not be stopped or sent home: {}",
                            hold.camera().code(),
                            failure.getMessage());
                    return null;
                });
    }

    private Gb28181Server server() {
        return intake.server();
    }
}
