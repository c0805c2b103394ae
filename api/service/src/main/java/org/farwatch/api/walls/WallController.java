package org.farwatch.api.walls;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
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

/** {@code /walls}: layouts and patrols, each its owner's alone. They say which pictures, and open none. */
@RestController
@RequestMapping("/api/v1/walls")
class WallController {
    private static final String SUBJECT = "wall";
    private static final Set<Integer> SIZES = Set.of(1, 4, 9, 16);
    /** Of a patrol. */
    private static final int MOST_STREAMS = 256;

    private final WallTable table;
    private final StreamBook streams;
    private final WallSettings settings;
    private final AuditLog audit;

    WallController(WallTable table, StreamBook streams, WallSettings settings, AuditLog audit) {
        this.table = table;
        this.streams = streams;
        this.settings = settings;
        this.audit = audit;
    }

    /**
     * A wall as it is to be.
     *
     * @param version that the caller saw, absent for a new one
     * @param seconds of a patrol, absent for a layout
     * @param streams see {@link Wall#streams}
     */
    record Wanted(
            Integer version,
            @NotBlank @Size(max = 40) String name,
            int size,
            @Min(5) @Max(3600) Integer seconds,
            @NotNull @Size(max = MOST_STREAMS) List<String> streams) {}

    /** One's own, layouts before patrols, by name. */
    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    Page<Wall> walls(Caller caller) {
        return Page.all(table.all(caller.userId()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    @Transactional
    Wall create(@Valid @RequestBody Wanted wanted, Caller caller) {
        if (table.countLocked(caller.userId()) >= settings.perUser()) {
            throw new Refusal(
                    409,
                    "too many walls",
                    "no more than " + settings.perUser() + " walls may be saved; delete one first");
        }
        WallTable.Content content = content(wanted, 0, caller);
        Wall made = find(Long.toString(table.insert(caller.userId(), content)), caller);
        audit.record(caller, "create", SUBJECT, made.id(), null, made);
        return made;
    }

    @PutMapping("/{id}")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    @Transactional
    Wall change(@PathVariable String id, @Valid @RequestBody Wanted wanted, Caller caller) {
        Wall before = find(id, caller);
        if (wanted.version() == null) {
            throw Refusal.field("version", "must be given");
        }
        long number = Ids.parse(SUBJECT, id);
        if (!table.update(caller.userId(), number, wanted.version(), content(wanted, number, caller))) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        Wall after = find(id, caller);
        audit.record(caller, "change", SUBJECT, id, before, after);
        return after;
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER})
    @Transactional
    void delete(@PathVariable String id, @RequestParam int version, Caller caller) {
        Wall before = find(id, caller);
        if (!table.delete(caller.userId(), Ids.parse(SUBJECT, id), version)) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        audit.record(caller, "delete", SUBJECT, id, before, null);
    }

    private WallTable.Content content(Wanted wanted, long id, Caller caller) {
        if (!SIZES.contains(wanted.size())) {
            throw Refusal.field("size", "must be one of 1, 4, 9, 16; was " + wanted.size());
        }
        boolean patrol = wanted.seconds() != null;
        if (!patrol && wanted.streams().size() > wanted.size()) {
            throw Refusal.field(
                    "streams",
                    "must be at most as many as size (" + wanted.size() + "), were "
                            + wanted.streams().size());
        }
        if (patrol && wanted.streams().isEmpty()) {
            throw Refusal.field("streams", "of a patrol must be at least one");
        }
        String name = wanted.name().strip();
        if (table.named(caller.userId(), name, id)) {
            throw Refusal.field("name", "is used by another wall of yours: " + name);
        }
        return new WallTable.Content(name, wanted.size(), wanted.seconds(), streams(wanted.streams(), patrol, caller));
    }

    private Long[] streams(List<String> wanted, boolean patrol, Caller caller) {
        Set<String> seen = new HashSet<>();
        Long[] found = new Long[wanted.size()];
        for (int i = 0; i < found.length; i++) {
            String field = "streams[" + i + "]";
            String stream = wanted.get(i);
            if (stream == null) {
                if (patrol) {
                    throw Refusal.field(field, "of a patrol must not be null");
                }
                continue;
            }
            if (!seen.add(stream)) {
                throw Refusal.field(field, "must be named once, was there before: " + stream);
            }
            Long number = Ids.field(field, stream);
            if (streams.find(number, caller.scope()).isEmpty()) {
                throw Refusal.field(field, "must be a stream that you may see, was " + stream);
            }
            found[i] = number;
        }
        return found;
    }

    private Wall find(String id, Caller caller) {
        return table.find(caller.userId(), Ids.parse(SUBJECT, id)).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }
}
