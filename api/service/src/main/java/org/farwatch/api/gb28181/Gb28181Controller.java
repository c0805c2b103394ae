package org.farwatch.api.gb28181;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.Protocol;
import org.farwatch.ingest.sip.SipPeer;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /gb28181/devices}: devices and platforms that register, and their channels. */
@RestController
@RequestMapping("/api/v1/gb28181/devices")
class Gb28181Controller {
    static final String SUBJECT = "gb28181-device";
    private static final int MOST_SEARCHED = 100;

    private final ChannelTable table;
    private final DeviceFacts facts;
    private final DeviceRegister register;
    private final DevicePasswords passwords;
    private final Gb28181Intake intake;
    private final AuditLog audit;

    Gb28181Controller(
            ChannelTable table,
            DeviceFacts facts,
            DeviceRegister register,
            DevicePasswords passwords,
            Gb28181Intake intake,
            AuditLog audit) {
        this.table = table;
        this.facts = facts;
        this.register = register;
        this.passwords = passwords;
        this.intake = intake;
        this.audit = audit;
    }

    /**
     * A device.
     *
     * @param code 20 digits
     * @param address where it is registered from, null when it is not
     * @param ownPassword whether it has one of its own
     * @param mediaTransport null: as {@code farwatch.gb28181.media-transport} says
     * @param recordingShiftSeconds added to the times of recordings that it is asked for
     */
    record Shown(
            String id,
            String name,
            String code,
            boolean online,
            Instant lastSeen,
            String address,
            String manufacturer,
            String model,
            String firmware,
            Instant catalogueAt,
            Boolean catalogueWhole,
            boolean ownPassword,
            String mediaTransport,
            int recordingShiftSeconds,
            int version) {}

    /**
     * @param version 0 for a device of which nothing was set before
     * @param password 8 to 64 characters; left out, it stays
     * @param recordingShiftSeconds left out, it stays; 28800 for a device that takes times of recordings for local ones
     */
    record Change(
            int version,

            @Pattern(regexp = "[!-~]{8,64}", message = "must be 8 to 64 letters, digits or signs of ASCII")
            String password,

            @Pattern(regexp = "udp|tcp-passive|tcp-active", message = "must be udp, tcp-passive or tcp-active")
            String mediaTransport,

            @Min(-86_400) @Max(86_400) Integer recordingShiftSeconds) {
        /** Without its secret. */
        @Override
        public String toString() {
            return "change of a device";
        }
    }

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<Shown> devices(
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        String after = cursor == null ? "" : Cursor.parse(cursor, 1)[0];
        List<RegisteredDevice> found = register.all().stream()
                .filter(device -> device.known().protocol() == Protocol.GB28181)
                .filter(device -> scope.everything() || scope.sees(device.squadNo()))
                .filter(device -> device.known().id().compareTo(after) > 0)
                .sorted(Comparator.comparing(device -> device.known().id()))
                .limit(most)
                .toList();
        Map<Integer, DeviceFacts.Facts> known =
                facts.of(found.stream().map(device -> device.known().no()).toList());
        return new Page<>(
                found.stream()
                        .map(device ->
                                shown(device, known.getOrDefault(device.known().no(), DeviceFacts.Facts.NONE)))
                        .toList(),
                found.size() < most ? null : Cursor.of(found.getLast().known().id()));
    }

    /**
     * Its channels by code, also what is not listed any more.
     *
     * @param parent only what stands under this one, the device's own code for the uppermost: a level of the tree
     * @param search words that all stand in name and code
     */
    @GetMapping("/{id}/channels")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<ChannelTable.Shown> channels(
            @PathVariable String id,
            @RequestParam(required = false) String parent,
            @RequestParam(required = false) String search,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        String after = cursor == null ? "" : Cursor.parse(cursor, 1)[0];
        List<ChannelTable.Shown> found =
                table.list(device(id, scope).known().no(), new ChannelTable.Look(parent, words(search)), after, most);
        return new Page<>(
                found, found.size() < most ? null : Cursor.of(found.getLast().code()));
    }

    private static List<String> words(String search) {
        if (search == null || search.isBlank()) {
            return List.of();
        }
        if (search.length() > MOST_SEARCHED) {
            throw Refusal.field("search", "must have at most " + MOST_SEARCHED + " characters, had " + search.length());
        }
        return List.of(search.strip().split("\\s+", -1));
    }

    /** Asks the device for its catalogue again; it comes a little later. */
    @PostMapping("/{id}/catalog")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    void catalogue(@PathVariable String id, Caller caller) {
        RegisteredDevice device = device(id, caller.scope());
        if (!intake.server().online(device.known().protocolId())) {
            throw new Refusal(409, "device is offline", "device " + id + " is not registered now");
        }
        // One that is on its way already is as good.
        boolean asked = intake.server().askCatalogue(device.known().protocolId());
        if (asked) {
            audit.record(caller, "ask-catalogue", SUBJECT, id, null, null);
        }
    }

    @PutMapping("/{id}")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Shown change(@PathVariable String id, @Valid @RequestBody Change change, Caller caller) {
        RegisteredDevice device = device(id, caller.scope());
        Shown before = shown(device);
        String code = device.known().protocolId();
        byte[] sealed = change.password() == null ? null : passwords.seal(code, change.password());
        if (before.version() == 0 && change.version() != 0
                || !facts.change(
                        device.known().no(),
                        sealed,
                        change.mediaTransport(),
                        change.recordingShiftSeconds(),
                        change.version())) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        Shown after = shown(device);
        audit.record(caller, "change", SUBJECT, id, before, after);
        if (change.password() != null) {
            passwords.rememberAfterCommit(code, change.password());
        }
        return after;
    }

    private RegisteredDevice device(String id, DataScope scope) {
        return device(register, id, scope);
    }

    /** @throws Refusal 404 for one that the caller does not see, or of another protocol */
    static RegisteredDevice device(DeviceRegister register, String id, DataScope scope) {
        RegisteredDevice device = register.byId(id);
        if (device == null
                || device.known().protocol() != Protocol.GB28181
                || !scope.everything() && !scope.sees(device.squadNo())) {
            throw Refusal.notFound(SUBJECT, id);
        }
        return device;
    }

    private Shown shown(RegisteredDevice device) {
        return shown(device, facts.of(device.known().no()));
    }

    private Shown shown(RegisteredDevice device, DeviceFacts.Facts known) {
        SipPeer peer = intake.server().peer(device.known().protocolId());
        return new Shown(
                device.known().id(),
                device.name(),
                device.known().protocolId(),
                peer != null,
                register.activity().of(device.known().no()).lastSeen(),
                peer == null ? null : peer.toString(),
                known.manufacturer(),
                known.model(),
                known.firmware(),
                known.catalogueAt(),
                known.catalogueWhole(),
                known.ownPassword(),
                known.mediaTransport(),
                known.recordingShiftSeconds(),
                known.version());
    }
}
