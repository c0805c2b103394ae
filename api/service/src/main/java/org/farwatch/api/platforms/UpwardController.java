package org.farwatch.api.platforms;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.jt809.UpwardTally;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /platforms/upward}: 上级平台, to which chosen vehicles are forwarded. They concern the whole district. */
@RestController
@RequestMapping("/api/v1/platforms/upward")
class UpwardController {
    private static final String SUBJECT = "upward-link";
    private static final String WHO = "links to city platforms are set up";

    private final UpwardTable table;
    private final UpwardLinks links;
    private final ForwardedVehicles vehicles;
    private final DeviceRegister register;
    private final AuditLog audit;

    UpwardController(
            UpwardTable table, UpwardLinks links, ForwardedVehicles vehicles, DeviceRegister register, AuditLog audit) {
        this.table = table;
        this.links = links;
        this.vehicles = vehicles;
        this.register = register;
        this.audit = audit;
    }

    /**
     * @param version that the caller saw; of a new one, nothing
     * @param password 1 to 8 characters; left out, it stays
     * @param encrypted whether bodies are sent encrypted
     * @param keys left out, they stay
     * @param downAddress our address as the city platform sees it, for its slave link; left out for none
     * @param downPort that we listen on for it
     */
    record Wanted(
            Integer version,
            @NotBlank @Size(max = 100) String name,

            @NotBlank @Pattern(regexp = "[A-Za-z0-9.:-]{1,253}", message = "must be a host name or an address")
            String host,

            @NotNull @Min(1) @Max(65_535) Integer port,
            @NotNull @Min(1) @Max(4_294_967_295L) Long accessCode,
            @NotNull @Min(0) @Max(4_294_967_295L) Long userId,

            @Pattern(regexp = "[ -~]{1,8}", message = "must be 1 to 8 letters, digits or signs of ASCII")
            String password,

            boolean encrypted,
            @Valid Keys keys,

            @NotNull @Pattern(regexp = "2011|2019", message = "must be 2011 or 2019")
            String edition,

            @Pattern(regexp = "[A-Za-z0-9.:-]{0,32}", message = "must be an address of at most 32 characters")
            String downAddress,

            @Min(0) @Max(65_535) Integer downPort,
            @NotNull @Size(max = 10_000) List<@NotBlank String> deviceIds,
            @NotNull @Size(max = 1_000) List<@NotBlank String> squadIds,
            boolean enabled) {
        /** Without its secrets. */
        @Override
        public String toString() {
            return "upward link " + name;
        }
    }

    /**
     * How it stands now.
     *
     * @param waiting positions that the city platform has not read yet, since {@code oldest}
     * @param delivered positions it has read since the start
     * @param confirmed positions it says it received
     * @param dropped positions given up because too many waited
     * @param withoutPlate names of chosen devices that cannot be forwarded
     */
    record State(
            Instant connectedSince,
            Instant lastMessage,
            boolean slaveConnected,
            long waiting,
            Instant oldest,
            long delivered,
            long confirmed,
            long dropped,
            long breaks,
            int vehicles,
            List<String> withoutPlate,
            String lastError) {}

    /** A link without its secrets. */
    record Shown(
            String id,
            String name,
            String host,
            int port,
            long accessCode,
            long userId,
            boolean encrypted,
            String edition,
            String downAddress,
            int downPort,
            List<String> deviceIds,
            List<String> squadIds,
            boolean enabled,
            int version,
            State state) {}

    @GetMapping
    @Permit(Role.ADMINISTRATOR)
    Page<Shown> list(Caller caller) {
        caller.scope().requireEverything(WHO);
        return Page.all(table.all().stream().map(this::shown).toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Shown create(@Valid @RequestBody Wanted wanted, Caller caller) {
        caller.scope().requireEverything(WHO);
        if (wanted.password() == null) {
            throw Refusal.field("password", "must be given for a new link");
        }
        require(wanted, null);
        try {
            long id = table.insert(wanted, devices(wanted), squads(wanted, caller));
            Shown made = shown(find(Long.toString(id)));
            audit.record(caller, "create", SUBJECT, made.id(), null, made);
            links.changedAfterCommit(id);
            return made;
        } catch (DuplicateKeyException e) {
            throw taken(wanted);
        }
    }

    @PutMapping("/{id}")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Shown change(@PathVariable String id, @Valid @RequestBody Wanted wanted, Caller caller) {
        caller.scope().requireEverything(WHO);
        UpwardTable.Stored before = find(id);
        require(wanted, before);
        try {
            if (wanted.version() == null || !table.update(before, wanted, devices(wanted), squads(wanted, caller))) {
                throw audit.conflict(SUBJECT, id, before.version());
            }
        } catch (DuplicateKeyException e) {
            throw taken(wanted);
        }
        Shown after = shown(find(id));
        audit.record(caller, "change", SUBJECT, id, shown(before), after);
        links.changedAfterCommit(before.id());
        return after;
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    void delete(@PathVariable String id, @RequestParam int version, Caller caller) {
        caller.scope().requireEverything(WHO);
        UpwardTable.Stored before = find(id);
        if (!table.delete(before.id(), version)) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        audit.record(caller, "delete", SUBJECT, id, shown(before), null);
        links.changedAfterCommit(before.id());
    }

    private UpwardTable.Stored find(String id) {
        return table.find(id).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    private static void require(Wanted wanted, UpwardTable.Stored before) {
        boolean known = before != null && before.secret() != null;
        if (wanted.encrypted()
                && wanted.keys() == null
                && !(known && before.secret().keys() != null)) {
            throw Refusal.field("keys", "must be given where bodies are encrypted");
        }
        if (before != null && !known && wanted.password() == null) {
            throw Refusal.field("password", "must be given again: it was sealed with a key that is not here");
        }
        boolean address = wanted.downAddress() != null && !wanted.downAddress().isEmpty();
        boolean port = wanted.downPort() != null && wanted.downPort() != 0;
        if (address != port) {
            throw Refusal.field(address ? "downPort" : "downAddress", "must be given with the other, for a slave link");
        }
    }

    private List<Integer> devices(Wanted wanted) {
        List<Integer> numbers = new ArrayList<>();
        for (String id : wanted.deviceIds()) {
            RegisteredDevice device = register.byId(id);
            if (device == null) {
                throw Refusal.field("deviceIds", "names no device: " + id);
            }
            numbers.add(device.known().no());
        }
        return numbers.stream().distinct().toList();
    }

    private static List<Long> squads(Wanted wanted, Caller caller) {
        return wanted.squadIds().stream()
                .map(id -> caller.scope().squadNamed(id))
                .distinct()
                .toList();
    }

    private static Refusal taken(Wanted wanted) {
        return Refusal.field("downPort", "belongs to another link: " + wanted.downPort());
    }

    private Shown shown(UpwardTable.Stored row) {
        return new Shown(
                Long.toString(row.id()),
                row.name(),
                row.host(),
                row.port(),
                row.accessCode(),
                row.userId(),
                row.secret() != null && row.secret().keys() != null,
                row.edition().label(),
                row.downAddress(),
                row.downPort(),
                row.deviceIds(),
                row.squadIds(),
                row.enabled(),
                row.version(),
                state(row));
    }

    private State state(UpwardTable.Stored row) {
        UpwardTally tally = links.tally(row.id());
        UpwardLinks.Backlog backlog = links.backlog(row.id());
        String unsealed = row.secret() == null ? "the password was sealed with a key that is not here" : null;
        return new State(
                tally == null ? null : tally.connectedSince(),
                tally == null ? null : tally.lastMessage(),
                tally != null && tally.slaveConnected(),
                backlog.waiting(),
                backlog.oldest(),
                tally == null ? 0 : tally.delivered(),
                tally == null ? 0 : tally.confirmed(),
                row.dropped(),
                tally == null ? 0 : tally.breaks(),
                vehicles.count(row.id()),
                vehicles.withoutPlate(row.id()),
                tally == null ? unsealed : tally.lastError());
    }
}
