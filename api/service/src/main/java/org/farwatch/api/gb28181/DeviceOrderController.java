package org.farwatch.api.gb28181;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.org.DeviceKind;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.telemetry.OffDutyRule;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.gb28181.Control;
import org.farwatch.ingest.gb28181.Gb28181Server;
import org.farwatch.ingest.gb28181.Message;
import org.farwatch.ingest.gb28181.Word;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What devices of GB/T 28181 are told to do besides moving: to watch for alarms or not, to take one back, to restart, to
 * send a key picture; and how they are. Each order stands in the audit log with what the device said.
 */
@RestController
@RequestMapping("/api/v1")
class DeviceOrderController {
    private static final long ANSWER_SECONDS = 15;

    private final ChannelTable table;
    private final DeviceRegister register;
    private final Gb28181Intake intake;
    private final OffDutyRule offDuty;
    private final AuditLog audit;
    private final Clock clock;

    DeviceOrderController(
            ChannelTable table,
            DeviceRegister register,
            Gb28181Intake intake,
            OffDutyRule offDuty,
            AuditLog audit,
            Clock clock) {
        this.table = table;
        this.register = register;
        this.intake = intake;
        this.offDuty = offDuty;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param on whether it watches for alarms from now on */
    record Guarding(@NotNull Boolean on) {}

    /** @param reason why, for the audit log */
    record Restart(@NotBlank @Size(max = 200) String reason) {}

    /**
     * What became of an order that the device has taken.
     *
     * @param word {@code done}, {@code not-done}, or {@code none} when it did not say
     */
    record Outcome(String word) {
        private static Outcome of(Word word) {
            return new Outcome(word.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    /**
     * How a device says it is.
     *
     * @param deviceTime by its clock, null when it does not say
     * @param askedAt ours
     */
    record Health(boolean online, boolean well, Instant deviceTime, Instant askedAt) {}

    @PostMapping("/gb28181/devices/{id}/guard")
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    Outcome guard(@PathVariable String id, @Valid @RequestBody Guarding guarding, Caller caller) {
        return order(id, caller, guarding.on() ? "guard" : "unguard", new Control.Guard(guarding.on()));
    }

    /** Takes back the alarm that is on at the device; alerts here are decided by people. */
    @PostMapping("/gb28181/devices/{id}/alarm-reset")
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    Outcome resetAlarm(@PathVariable String id, Caller caller) {
        return order(id, caller, "reset-alarm", new Control.ResetAlarm());
    }

    /** Restarts the device: its pictures and recordings end for that time. */
    @PostMapping("/gb28181/devices/{id}/reboot")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Permit(Role.ADMINISTRATOR)
    void reboot(@PathVariable String id, @Valid @RequestBody Restart restart, Caller caller) {
        RegisteredDevice device = orderable(id, caller.scope());
        String code = device.known().protocolId();
        answer(server().control(code, code, new Control.Reboot()));
        audit.record(caller, "reboot", Gb28181Controller.SUBJECT, id, null, restart);
    }

    @GetMapping("/gb28181/devices/{id}/status")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Health status(@PathVariable String id, DataScope scope) {
        RegisteredDevice device = Gb28181Controller.device(register, id, scope);
        List<Message.DeviceStatus> status =
                answer(server().status(device.known().protocolId()));
        if (status.isEmpty()) {
            throw new Refusal(502, "device did not answer", "the device does not say how it is");
        }
        Message.DeviceStatus said = status.getFirst();
        return new Health(said.online(), said.well(), said.deviceTime(), clock.instant());
    }

    /** Has a camera send a key picture soon, as after pictures were lost. */
    @PostMapping("/streams/{id}/key-picture")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Permit({Role.OPERATOR, Role.INSPECTOR})
    void keyPicture(@PathVariable String id, Caller caller) {
        ChannelTable.Camera camera =
                table.camera(Ids.parse("stream", id), caller.scope()).orElseThrow(() -> Refusal.notFound("camera", id));
        refuseOffDuty(register.byNo(camera.deviceNo()));
        answer(server().control(camera.device(), camera.code(), new Control.KeyPicture()));
        audit.record(caller, "key-picture", "camera", id, null, null);
    }

    private Outcome order(String id, Caller caller, String action, Control control) {
        RegisteredDevice device = orderable(id, caller.scope());
        Outcome outcome = Outcome.of(answer(server().order(device.known().protocolId(), control)));
        audit.record(caller, action, Gb28181Controller.SUBJECT, id, null, outcome);
        return outcome;
    }

    private RegisteredDevice orderable(String id, DataScope scope) {
        RegisteredDevice device = Gb28181Controller.device(register, id, scope);
        if (!server().online(device.known().protocolId())) {
            throw new Refusal(409, "device is offline", "device " + id + " is not registered now");
        }
        refuseOffDuty(device);
        return device;
    }

    private void refuseOffDuty(RegisteredDevice device) {
        if (device != null
                && device.kind() != DeviceKind.VEHICLE_TERMINAL
                && offDuty.offDutyHolder(device.known().no(), clock.millis()) != OffDutyRule.KEEP) {
            throw new Refusal(
                    409, "off duty", "device " + device.known().id() + " is held by somebody who is off duty");
        }
    }

    private static <T> T answer(CompletionStage<T> asked) {
        try {
            return asked.toCompletableFuture()
                    .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw PtzDesk.failed(e);
        }
    }

    private Gb28181Server server() {
        return intake.server();
    }
}
