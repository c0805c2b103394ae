package org.farwatch.api.platforms;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.geo.Datum;
import org.farwatch.ingest.jt809.PlatformTally;
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

/** {@code /platforms/lower}: 下级平台. They concern the whole district. */
@RestController
@RequestMapping("/api/v1/platforms/lower")
class LowerController {
    private static final String SUBJECT = "lower-platform";
    private static final String WHO = "platforms are registered";

    private final LowerPlatforms platforms;
    private final PlatformIntake intake;
    private final AuditLog audit;

    LowerController(LowerPlatforms platforms, PlatformIntake intake, AuditLog audit) {
        this.platforms = platforms;
        this.intake = intake;
        this.audit = audit;
    }

    /**
     * @param version that the caller saw; of a new one, nothing
     * @param password 1 to 8 characters as the standard has room for; left out, it stays
     * @param encrypted whether bodies may be encrypted
     * @param keys left out, they stay
     */
    record Wanted(
            Integer version,
            @NotBlank @Size(max = 100) String name,
            @NotNull @Min(1) @Max(4_294_967_295L) Long accessCode,
            @NotNull @Min(0) @Max(4_294_967_295L) Long userId,

            @Pattern(regexp = "[ -~]{1,8}", message = "must be 1 to 8 letters, digits or signs of ASCII")
            String password,

            boolean encrypted,
            @Valid Keys keys,

            @NotNull @Pattern(regexp = "2011|2019", message = "must be 2011 or 2019")
            String edition,

            @Pattern(regexp = "[0-9a-fA-F.:]{2,45}", message = "must be a numeric address")
            String address,

            boolean createsVehicles,
            @NotNull Datum datum,
            String squadId,
            boolean enabled) {
        /** Without its secrets. */
        @Override
        public String toString() {
            return "lower platform " + name;
        }
    }

    /** How its link stands now. */
    record State(
            Instant connectedSince,
            String peer,
            Instant lastMessage,
            PlatformTally.SlaveState slave,
            long messages,
            long positions,
            long refusedVehicles,
            long unknownMessages,
            String lastError) {
        static State of(PlatformTally tally) {
            return new State(
                    tally.connectedSince(),
                    tally.peer(),
                    tally.lastMessage(),
                    tally.slave(),
                    tally.messages(),
                    tally.positions(),
                    tally.refusedVehicles(),
                    tally.unknownMessages(),
                    tally.lastError());
        }
    }

    /** A platform without its secrets. */
    record Shown(
            String id,
            String name,
            long accessCode,
            long userId,
            boolean encrypted,
            String edition,
            String address,
            boolean createsVehicles,
            Datum datum,
            String squadId,
            boolean enabled,
            int version,
            State state) {}

    @GetMapping
    @Permit(Role.ADMINISTRATOR)
    Page<Shown> list(Caller caller) {
        caller.scope().requireEverything(WHO);
        return Page.all(platforms.all().stream().map(this::shown).toList());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    Shown create(@Valid @RequestBody Wanted wanted, Caller caller) {
        caller.scope().requireEverything(WHO);
        if (wanted.password() == null) {
            throw Refusal.field("password", "must be given for a new platform");
        }
        requireKeys(wanted, null);
        try {
            long id = platforms.insert(wanted, caller.scope().squadNamed(wanted.squadId()));
            Shown made = shown(find(Long.toString(id)));
            audit.record(caller, "create", SUBJECT, made.id(), null, made);
            intake.changedAfterCommit(wanted.accessCode());
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
        LowerPlatforms.Stored before = find(id);
        requireKeys(wanted, before.keys());
        try {
            if (wanted.version() == null
                    || !platforms.update(before, wanted, caller.scope().squadNamed(wanted.squadId()))) {
                throw audit.conflict(SUBJECT, id, before.version());
            }
        } catch (DuplicateKeyException e) {
            throw taken(wanted);
        }
        Shown after = shown(find(id));
        audit.record(caller, "change", SUBJECT, id, shown(before), after);
        intake.changedAfterCommit(before.accessCode());
        return after;
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    void delete(@PathVariable String id, @RequestParam int version, Caller caller) {
        caller.scope().requireEverything(WHO);
        LowerPlatforms.Stored before = find(id);
        if (!platforms.delete(before.id(), version)) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        audit.record(caller, "delete", SUBJECT, id, shown(before), null);
        intake.changedAfterCommit(before.accessCode());
    }

    private LowerPlatforms.Stored find(String id) {
        return platforms.find(id).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    private static void requireKeys(Wanted wanted, Keys before) {
        if (wanted.encrypted() && wanted.keys() == null && before == null) {
            throw Refusal.field("keys", "must be given where bodies are encrypted");
        }
    }

    private static Refusal taken(Wanted wanted) {
        return Refusal.field("accessCode", "belongs to another platform: " + wanted.accessCode());
    }

    private Shown shown(LowerPlatforms.Stored row) {
        return new Shown(
                Long.toString(row.id()),
                row.name(),
                row.accessCode(),
                row.userId(),
                row.keys() != null,
                row.edition().label(),
                row.address(),
                row.createsVehicles(),
                row.datum(),
                row.squadNo() == null ? null : Long.toString(row.squadNo()),
                row.enabled(),
                row.version(),
                State.of(intake.tally(row.id())));
    }
}
