package org.farwatch.api.talk;

import java.io.IOException;
import java.time.Clock;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.api.web.Texts;
import org.farwatch.ingest.media.voice.SoundFile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** {@code /announcements}: what can be said to loudspeakers without a microphone (喊话录音). */
@RestController
@RequestMapping("/api/v1/announcements")
class AnnouncementController {
    private static final String SUBJECT = "announcement";
    private static final int LONGEST_NAME = 60;
    private static final MediaType WAV = MediaType.parseMediaType("audio/wav");

    private final AnnouncementTable table;
    private final AnnouncementFiles files;
    private final TalkSettings settings;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Clock clock;

    AnnouncementController(
            AnnouncementTable table,
            AnnouncementFiles files,
            TalkSettings settings,
            TransactionTemplate transaction,
            AuditLog audit,
            Clock clock) {
        this.table = table;
        this.files = files;
        this.settings = settings;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.ADMINISTRATOR})
    Page<AnnouncementTable.Announcement> announcements() {
        return Page.all(table.all());
    }

    /** As it will be heard, to listen to before. */
    @GetMapping("/{id}/sound")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.ADMINISTRATOR})
    ResponseEntity<byte[]> sound(@PathVariable String id) {
        byte[] alaw = table.sound(Ids.parse(SUBJECT, id))
                .map(AnnouncementTable.Sound::alaw)
                .orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        return ResponseEntity.ok().contentType(WAV).body(SoundFile.wav(alaw));
    }

    /** Takes WAV, MP3, AAC and M4A. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    AnnouncementTable.Announcement add(@RequestParam String name, @RequestParam MultipartFile file, Caller caller)
            throws IOException {
        String wanted = name.strip();
        if (wanted.isEmpty()
                || wanted.length() > LONGEST_NAME
                || !Texts.storable(wanted)
                || wanted.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.field(
                    "name", "must have 1 to " + LONGEST_NAME + " characters, none of them control characters");
        }
        byte[] alaw = files.alaw(file, settings.announcementLength());
        return transaction.execute(_ -> insert(wanted, alaw, caller));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Permit({Role.OPERATOR, Role.ADMINISTRATOR})
    @Transactional
    void delete(@PathVariable String id, @RequestParam int version, Caller caller) {
        long key = Ids.parse(SUBJECT, id);
        AnnouncementTable.Announcement before = table.find(key).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        if (!table.delete(key, version)) {
            throw audit.conflict(SUBJECT, id, before.version());
        }
        audit.record(caller, "delete", SUBJECT, id, before, null);
    }

    private AnnouncementTable.Announcement insert(String name, byte[] alaw, Caller caller) {
        if (table.countLocked() >= settings.announcements()) {
            throw new Refusal(
                    409,
                    "too many announcements",
                    "no more than " + settings.announcements()
                            + " are stored (farwatch.talk.announcements); delete one first");
        }
        if (table.named(name)) {
            throw Refusal.field("name", "is used by another announcement: " + name);
        }
        long id = table.insert(name, alaw, caller.username(), clock.instant());
        AnnouncementTable.Announcement made = table.find(id).orElseThrow();
        audit.record(caller, "create", SUBJECT, made.id(), null, made);
        return made;
    }
}
