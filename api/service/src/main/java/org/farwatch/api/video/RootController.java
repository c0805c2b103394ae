package org.farwatch.api.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.KeptRoot;
import org.farwatch.ingest.record.Signatures;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Signed roots of days, to be taken out of the house. They are of the whole district and take no squads: a root is over
 * all streams or it proves nothing, and it says no more of them than an id, numbers and hashes.
 */
@RestController
@RequestMapping("/api/v1/roots")
class RootController {
    private static final String SUBJECT = "root";
    private static final String A_DAY = "must be a day such as 2026-11-21";
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final MediaType SHEET = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private final DayRootTable table;

    RootController(DayRootTable table) {
        this.table = table;
    }

    /**
     * @param root SHA-256 over all streams' roots and the day before
     * @param signedBy fingerprint of the public key
     * @param streams that it is over
     * @param segments of them that no earlier root covers
     */
    record Root(
            LocalDate day,
            String root,
            String previous,
            String signature,
            String publicKey,
            String signedBy,
            Instant made,
            int streams,
            long segments) {
        static Root of(DayRootTable.Stored stored) {
            return new Root(
                    stored.day(),
                    stored.root(),
                    stored.previous(),
                    stored.signature(),
                    stored.publicKey(),
                    Signatures.fingerprint(Base64.getDecoder().decode(stored.publicKey())),
                    stored.made(),
                    stored.streams(),
                    stored.segments());
        }
    }

    /**
     * Newest first.
     *
     * @param from first day, null for the first there is
     * @param to day that is not given any more, null for all
     */
    @GetMapping
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SECURITY_AUDITOR})
    Page<Root> list(
            @RequestParam(required = false) String from,
            @RequestParam(required = false) String to,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor) {
        int most = Page.clamp(limit);
        LocalDate end = to == null ? null : day(to, "to", A_DAY);
        LocalDate before = end;
        if (cursor != null) {
            LocalDate last = day(Cursor.parse(cursor, 1)[0], "cursor", "is not one that this list gave");
            before = end == null || last.isBefore(end) ? last : end;
        }
        List<DayRootTable.Stored> found = table.list(from == null ? null : day(from, "from", A_DAY), before, most + 1);
        boolean more = found.size() > most;
        List<DayRootTable.Stored> page = more ? found.subList(0, most) : found;
        return new Page<>(
                page.stream().map(Root::of).toList(),
                more ? Cursor.of(page.getLast().day()) : null);
    }

    /** The whole of it as a file, with what it says of each stream: what {@code verify --roots} compares with. */
    @GetMapping(value = "/{day}/document", produces = MediaType.APPLICATION_JSON_VALUE)
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SECURITY_AUDITOR})
    ResponseEntity<byte[]> document(@PathVariable String day) {
        return file(day, "json").contentType(MediaType.APPLICATION_JSON).body(find(day));
    }

    /** A sheet to be printed. */
    @GetMapping(value = "/{day}/sheet", produces = MediaType.TEXT_PLAIN_VALUE)
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SECURITY_AUDITOR})
    ResponseEntity<byte[]> sheet(@PathVariable String day) throws IOException {
        DayRoot root = DayRoot.read(find(day));
        return file(day, "txt").contentType(SHEET).body(KeptRoot.sheet(root).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] find(String day) {
        LocalDate wanted = day(day, "day", A_DAY);
        return table.document(wanted)
                .orElseThrow(() -> Refusal.notFound(SUBJECT, day))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static ResponseEntity.BodyBuilder file(String day, String suffix) {
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"farwatch-root-" + day(day, "day", A_DAY) + "." + suffix + "\"");
    }

    private static LocalDate day(String text, String field, String rule) {
        try {
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            throw Refusal.field(field, rule);
        }
        throw Refusal.field(field, rule);
    }
}
