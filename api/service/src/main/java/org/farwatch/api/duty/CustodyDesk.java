package org.farwatch.api.duty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * 扫码领用归还: one code after the other, as a scanner reads them. An officer's number says who stands at the desk; a device
 * that is there is then issued to him, one that is out is taken back. Keeps nothing: who stands there comes with each
 * reading.
 */
@RestController
@RequestMapping("/api/v1/custody")
@EnableConfigurationProperties(CustodySettings.class)
class CustodyDesk {
    private final CustodyBook book;
    private final ScannedCode codes;
    private final CustodySettings settings;
    private final JdbcClient jdbc;
    private final Clock clock;

    CustodyDesk(CustodyBook book, ScannedCode codes, CustodySettings settings, JdbcClient jdbc, Clock clock) {
        this.book = book;
        this.codes = codes;
        this.settings = settings;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What a reading did. */
    enum Outcome {
        OFFICER,
        ISSUED,
        RETURNED;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why a reading did nothing. */
    enum Fault {
        UNKNOWN,
        AMBIGUOUS,
        NO_OFFICER,
        TAKEN,
        RESERVED,
        BOUNCE,
        UNDO_OVER;

        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @param officerId who stands at the desk, null for nobody yet */
    record Reading(@NotBlank @Size(max = 300) String code, String officerId) {}

    /**
     * @param officer who stands at the desk now
     * @param custody that was made or ended, absent where an officer was read
     * @param holds what the officer has now
     * @param undoUntil when it is too late to take it back
     */
    record Read(
            Outcome outcome,
            ScannedCode.Officer officer,
            @JsonInclude(JsonInclude.Include.NON_NULL) Custody custody,
            List<Custody> holds,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant undoUntil) {}

    /** Goes with a refusal, for a screen that explains it in its own words. */
    record Why(Fault fault, String code, Custody custody) {}

    record Undo(@NotNull Integer version) {}

    @PostMapping("/scan")
    @Permit({Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    @Transactional
    Read scan(@Valid @RequestBody Reading reading, Caller caller) {
        String code = ScannedCode.bare(reading.code());
        ScannedCode.Meaning meaning = codes.of(reading.code(), caller.scope());
        int meanings = meaning.officers().size() + meaning.devices().size();
        if (meanings == 0) {
            throw refusal(
                    404,
                    Fault.UNKNOWN,
                    code,
                    null,
                    code + " is no officer's number and no device's code that you may see");
        }
        if (meanings > 1) {
            throw refusal(409, Fault.AMBIGUOUS, code, null, code + " is the code of more than one: give the whole id");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!meaning.officers().isEmpty()) {
            ScannedCode.Officer officer = meaning.officers().getFirst();
            return read(Outcome.OFFICER, officer, null, now);
        }
        return device(meaning.devices().getFirst(), standing(reading, caller), code, now, caller);
    }

    private ScannedCode.Officer standing(Reading reading, Caller caller) {
        Long id = Ids.field("officerId", reading.officerId());
        return id == null
                ? null
                : codes.officer(id, caller.scope()).stream()
                        .findFirst()
                        .orElseThrow(() ->
                                Refusal.field("officerId", "names nothing that you may use: " + reading.officerId()));
    }

    private Read device(
            ScannedCode.Device device, ScannedCode.Officer officer, String code, Instant now, Caller caller) {
        // Two desks that read the same device go one after the other.
        jdbc.sql("select no from device where id = :id for no key update")
                .param("id", device.id())
                .query(Integer.class)
                .single();
        Optional<Custody> out = book.holder(device.id(), now);
        if (out.isPresent()) {
            return taken(out.get(), officer, code, now, caller);
        }
        if (officer == null) {
            throw refusal(
                    409,
                    Fault.NO_OFFICER,
                    code,
                    null,
                    device.name() + " is here: read the officer's number first, then the device");
        }
        Optional<Custody> reserved = book.next(device.id(), now);
        if (reserved.isPresent()) {
            throw refusal(
                    409,
                    Fault.RESERVED,
                    code,
                    reserved.get(),
                    device.name() + " is " + reserved.get().officerName() + "'s from "
                            + reserved.get().from() + " on");
        }
        Custody issued = book.issue(Long.parseLong(officer.id()), device.id(), now, null, caller);
        return read(Outcome.ISSUED, officer, issued, now);
    }

    private Read taken(Custody out, ScannedCode.Officer officer, String code, Instant now, Caller caller) {
        if (officer != null && !officer.id().equals(out.officerId())) {
            throw refusal(
                    409,
                    Fault.TAKEN,
                    code,
                    out,
                    out.deviceName() + " is out to " + out.officerName() + " since " + out.from()
                            + ": take it back first, with nobody at the desk");
        }
        if (now.isBefore(out.from().plus(settings.bounce()))) {
            throw refusal(
                    409, Fault.BOUNCE, code, out, out.deviceName() + " was issued this moment; it was read twice");
        }
        Custody returned = book.giveBack(out, now, caller);
        ScannedCode.Officer holder = officer != null
                ? officer
                : codes.officer(Long.parseLong(out.officerId()), DataScope.EVERYTHING)
                        .getFirst();
        return read(Outcome.RETURNED, holder, returned, now);
    }

    private Read read(Outcome outcome, ScannedCode.Officer officer, Custody custody, Instant now) {
        return new Read(
                outcome,
                officer,
                custody,
                book.heldBy(Long.parseLong(officer.id()), now),
                custody == null ? null : now.plus(settings.undo()));
    }

    /** Takes back what the same user issued or took back last, within {@code farwatch.custody.undo}. */
    @PostMapping("/{id}/undo")
    @Permit({Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    @Transactional
    Page<Custody> undo(@PathVariable String id, @Valid @RequestBody Undo undo, Caller caller) {
        Custody before = book.find(Ids.parse(CustodyBook.SUBJECT, id), caller.scope())
                .orElseThrow(() -> Refusal.notFound(CustodyBook.SUBJECT, id));
        Act act = lastAct(id).orElseThrow(() -> Refusal.notFound(CustodyBook.SUBJECT, id));
        if (before.version() != undo.version()) {
            throw Refusal.conflict(CustodyBook.SUBJECT, id, before.version(), act.username());
        }
        boolean issue = act.action().equals("issue");
        if (!(issue || act.action().equals("return"))
                || !act.username().equals(caller.username())
                || act.at().plus(settings.undo()).isBefore(clock.instant())) {
            throw refusal(
                    409,
                    Fault.UNDO_OVER,
                    before.deviceId(),
                    before,
                    "it can be taken back for " + settings.undo().toSeconds() + " s by whoever did it");
        }
        if (issue) {
            book.remove(before, caller);
        } else {
            book.reopen(before, act.to(), caller);
        }
        return Page.all(book.heldBy(Long.parseLong(before.officerId()), clock.instant()));
    }

    /** @param to what stood as the end before it */
    private record Act(String action, String username, Instant at, Instant to) {}

    private Optional<Act> lastAct(String id) {
        return jdbc.sql("""
                        select action, username, at, (before ->> 'to')::timestamptz as ends from audit_log
                        where subject = :subject and subject_id = :id order by id desc limit 1""")
                .param("subject", CustodyBook.SUBJECT)
                .param("id", id)
                .query((row, _) -> new Act(
                        row.getString("action"),
                        row.getString("username"),
                        row.getTimestamp("at").toInstant(),
                        row.getTimestamp("ends") == null
                                ? null
                                : row.getTimestamp("ends").toInstant()))
                .optional();
    }

    /** What was issued and given back since then, the latest first. */
    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<Custody> history(@RequestParam Instant from, @RequestParam(required = false) Integer limit, DataScope scope) {
        return Page.all(book.since(from, clock.instant(), Page.clamp(limit), scope));
    }

    private static Refusal refusal(int status, Fault fault, String code, Custody custody, String words) {
        return new Refusal(status, "not issued, not returned", words).with("scan", new Why(fault, code, custody));
    }
}
