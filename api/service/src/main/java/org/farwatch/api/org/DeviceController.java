package org.farwatch.api.org;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Given;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.geo.Datum;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.jt809.LowerPlatform;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /devices}: the register. */
@RestController
@RequestMapping("/api/v1/devices")
class DeviceController {
    private static final String SUBJECT = "device";

    private final Devices devices;
    private final DeviceRegister register;
    private final AuditLog audit;

    DeviceController(Devices devices, DeviceRegister register, AuditLog audit) {
        this.devices = devices;
        this.register = register;
        this.audit = audit;
    }

    /** @param id absent: made from protocol and protocolId */
    record NewDevice(
            @Pattern(
                    regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,119}",
                    message = "must be letters, digits, . _ -, at most 120")
            String id,

            @NotBlank @Size(max = 100) String name,
            @NotNull DeviceKind kind,
            @NotBlank String protocol,
            @NotBlank @Size(max = 200) String protocolId,
            String squadId,
            Datum datum) {}

    /** What is left out stays as it is; null for squadId takes the device out of its squad. */
    record DeviceChange(
            int version, @Size(min = 1, max = 100) String name, DeviceKind kind, Given<String> squadId, Datum datum) {}

    /** @param secret what the device shows to log in (JT/T 808 authorisation code, MQTT password); told this once */
    record Secret(String secret) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<Device> devices(
            @RequestParam(required = false) String kind,
            @RequestParam(required = false) String squadId,
            @RequestParam(required = false) @Size(max = 100) String q,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        String after = cursor == null ? null : Cursor.parse(cursor, 1)[0];
        List<Device> found = devices.list(scope, kind, Ids.field("squadId", squadId), q, after, most);
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().id()));
    }

    @GetMapping("/{id}")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Device device(@PathVariable String id, DataScope scope) {
        return devices.find(id, scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Device create(@Valid @RequestBody NewDevice wanted, Caller caller, DataScope scope) {
        Long squadNo = scope.squadOfNew(wanted.squadId());
        Protocol protocol;
        try {
            protocol = Protocol.of(wanted.protocol());
        } catch (IllegalArgumentException e) {
            throw Refusal.field("protocol", e.getMessage().replaceFirst("^protocol ", ""));
        }
        String protocolId = protocolId(protocol, wanted.protocolId().strip());
        String id = wanted.id() == null ? protocol.label() + "-" + protocolId : wanted.id();
        try {
            devices.insert(id, wanted, protocolId, squadNo);
        } catch (DuplicateKeyException e) {
            throw Refusal.field("protocolId", "or id belongs to a device that is registered already: " + protocolId);
        } catch (DataIntegrityViolationException e) {
            throw DataScope.noSquad(wanted.squadId());
        }
        Device device = devices.find(id, scope).orElseThrow();
        audit.record(caller, "create", SUBJECT, id, null, device);
        register.refreshAfterCommit(id);
        return device;
    }

    @PatchMapping("/{id}")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Device change(@PathVariable String id, @Valid @RequestBody DeviceChange change, Caller caller, DataScope scope) {
        Device before = devices.find(id, scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        Long squadNo = scope.squadAfter(change.squadId(), Ids.field("squadId", before.squadId()));
        try {
            if (!devices.update(id, change, squadNo)) {
                throw audit.conflict(SUBJECT, id, before.version());
            }
        } catch (DataIntegrityViolationException e) {
            throw DataScope.noSquad(Given.or(change.squadId(), null));
        }
        Device after = devices.find(id, scope).orElseThrow();
        audit.record(caller, "change", SUBJECT, id, before, after);
        register.refreshAfterCommit(id);
        return after;
    }

    @PostMapping("/{id}/secret")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Secret newSecret(@PathVariable String id, Caller caller, DataScope scope) {
        if (devices.find(id, scope).isEmpty()) {
            throw Refusal.notFound(SUBJECT, id);
        }
        String secret = register.issueSecret(id);
        audit.record(caller, "new-secret", SUBJECT, id, null, null);
        return new Secret(secret);
    }

    /** The id as the wire gives it: phones lose their leading zeros (JT/T 808 pads them to 12 or 20 digits). */
    private static String protocolId(Protocol protocol, String given) {
        return switch (protocol) {
            case JT808 -> {
                if (!given.matches("\\d{1,20}")) {
                    throw Refusal.field("protocolId", "must be a phone number of 1 to 20 digits, was " + given);
                }
                yield given.replaceFirst("^0+(?=.)", "");
            }
            case GB28181 -> {
                if (!given.matches("\\d{20}")) {
                    throw Refusal.field("protocolId", "must be a code of 20 digits, was " + given);
                }
                yield given;
            }
            case MQTT, NMEA -> {
                if (!given.matches("[A-Za-z0-9._-]{1,40}")) {
                    throw Refusal.field("protocolId", "must be 1 to 40 letters, digits, . _ -, was " + given);
                }
                yield given;
            }
            case JT809 -> {
                if (given.length() > 40 || LowerPlatform.parts(given) == null) {
                    throw Refusal.field(
                            "protocolId",
                            "must be access code, plate colour and plate with - between, at most 40, such as 20180920-2-沪A12345;"
                                    + " was " + given);
                }
                yield given;
            }
            case RTSP, JT1078 -> given;
        };
    }
}
