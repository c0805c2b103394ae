package org.farwatch.api.gb28181;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.Viewing;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.gb28181.Message;
import org.farwatch.ingest.gb28181.PtzCommand;
import org.farwatch.ingest.gb28181.PtzCommand.PresetAction;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /streams/{id}/ptz} and {@code /streams/{id}/presets}: moves a camera of GB/T 28181. */
@RestController
@RequestMapping("/api/v1/streams/{id}")
class PtzController {
    private static final String SUBJECT = "camera";
    private static final long ANSWER_SECONDS = 15;

    private final ChannelTable table;
    private final PtzDesk desk;
    private final Gb28181Intake intake;
    private final AuditLog audit;

    PtzController(ChannelTable table, PtzDesk desk, Gb28181Intake intake, AuditLog audit) {
        this.table = table;
        this.desk = desk;
        this.intake = intake;
        this.audit = audit;
    }

    /**
     * Goes on until another comes; all 0 or absent stops. Speeds from -1 to 1.
     *
     * @param pan to the right
     * @param tilt up
     * @param zoom in
     * @param focus near; with {@code iris} not together with the others
     * @param iris opens
     */
    record Move(
            @DecimalMin("-1") @DecimalMax("1") Double pan,
            @DecimalMin("-1") @DecimalMax("1") Double tilt,
            @DecimalMin("-1") @DecimalMax("1") Double zoom,
            @DecimalMin("-1") @DecimalMax("1") Double focus,
            @DecimalMin("-1") @DecimalMax("1") Double iris) {
        private static double of(Double given) {
            return given == null ? 0 : given;
        }

        boolean lens() {
            return focus != null || iris != null;
        }

        boolean moving() {
            return of(pan) != 0 || of(tilt) != 0 || of(zoom) != 0 || of(focus) != 0 || of(iris) != 0;
        }

        PtzCommand command() {
            return lens() ? PtzCommand.lens(of(focus), of(iris)) : PtzCommand.move(of(pan), of(tilt), of(zoom));
        }
    }

    /** What was done and why; the address and the time are the log's. */
    record Done(Object what, String purpose) {}

    /** @param preset 1 to 255, null for none */
    record Home(int version, @Min(1) @Max(255) Integer preset) {}

    @PostMapping("/ptz")
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    PtzDesk.Holder move(@PathVariable String id, @Valid @RequestBody Move move, Caller caller) {
        if (move.lens() && (move.pan() != null || move.tilt() != null || move.zoom() != null)) {
            throw Refusal.field("focus", "and iris are not moved together with pan, tilt and zoom");
        }
        ChannelTable.Camera camera = camera(id, caller.scope());
        if (!move.lens() && camera.ptz() == 3) {
            throw Refusal.field("pan", "cannot be: the device says that this camera is fixed");
        }
        PtzDesk.Holder holder = desk.tell(camera, caller, move.command(), move.moving());
        if (move.moving()) {
            log(caller, "move", id, move);
        }
        return holder;
    }

    @GetMapping("/presets")
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    Page<Message.Preset> presets(@PathVariable String id, DataScope scope) {
        ChannelTable.Camera camera = camera(id, scope);
        try {
            List<Message.Preset> presets = intake.server()
                    .presets(camera.device(), camera.code())
                    .toCompletableFuture()
                    .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .join();
            return Page.all(presets);
        } catch (CompletionException e) {
            throw PtzDesk.failed(e);
        }
    }

    @PostMapping("/presets/{number}/call")
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    PtzDesk.Holder call(@PathVariable String id, @PathVariable int number, Caller caller) {
        return preset(id, PresetAction.CALL, number, caller);
    }

    /** Keeps where the camera looks now. */
    @PutMapping("/presets/{number}")
    @Permit(Role.OPERATOR)
    PtzDesk.Holder set(@PathVariable String id, @PathVariable int number, Caller caller) {
        return preset(id, PresetAction.SET, number, caller);
    }

    @DeleteMapping("/presets/{number}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit(Role.OPERATOR)
    void delete(@PathVariable String id, @PathVariable int number, Caller caller) {
        preset(id, PresetAction.DELETE, number, caller);
    }

    /** Where the camera returns to when nobody moves it any more. */
    @PutMapping("/ptz/home")
    @Permit(Role.OPERATOR)
    Home home(@PathVariable String id, @Valid @RequestBody Home home, Caller caller) {
        ChannelTable.Camera camera = camera(id, caller.scope());
        if (!table.home(camera.streamId(), home.preset(), home.version())) {
            throw audit.conflict(SUBJECT, id, camera.version());
        }
        Home now = new Home(home.version() + 1, home.preset());
        audit.record(caller, "change", SUBJECT, id, new Home(camera.version(), camera.homePreset()), now);
        return now;
    }

    private PtzDesk.Holder preset(String id, PresetAction action, int number, Caller caller) {
        if (number < 1 || number > 255) {
            throw Refusal.field("number", "must be 1 to 255, was " + number);
        }
        ChannelTable.Camera camera = camera(id, caller.scope());
        PtzDesk.Holder holder = desk.tell(camera, caller, PtzCommand.preset(action, number), false);
        log(caller, "preset", id, action + " " + number);
        return holder;
    }

    private void log(Caller caller, String action, String id, Object what) {
        audit.record(
                caller,
                action,
                SUBJECT,
                id,
                null,
                new Done(what, Viewing.current().purpose()));
    }

    private ChannelTable.Camera camera(String id, DataScope scope) {
        return table.camera(Ids.parse("stream", id), scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }
}
