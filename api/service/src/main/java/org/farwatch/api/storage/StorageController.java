package org.farwatch.api.storage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.AuditLog;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.video.DiskSpace;
import org.farwatch.api.video.StreamBook;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The disk, for how long recordings are kept on it, what was deleted, and how large it should be. */
@RestController
@RequestMapping("/api/v1/storage")
class StorageController {
    private static final String CLASS = "retention-class";
    private static final String STREAM = "stream-retention";
    private static final double BITS = 8;

    private final StorageTable table;
    private final DiskOutlook outlook;
    private final DiskSpace disk;
    private final StreamBook streams;
    private final StorageSettings settings;
    private final AuditLog audit;
    private final Clock clock;

    StorageController(
            StorageTable table,
            DiskOutlook outlook,
            DiskSpace disk,
            StreamBook streams,
            StorageSettings settings,
            AuditLog audit,
            Clock clock) {
        this.table = table;
        this.outlook = outlook;
        this.disk = disk;
        this.streams = streams;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param bytes on the disk, {@code heldBytes} of them held
     * @param bytesPerDay that came in the last seven days
     * @param bitsPerSecond of what was recorded in them, null when nothing was
     */
    record ShownClass(
            StorageClass code,
            int days,
            int version,
            String changedBy,
            Instant changedAt,
            int streams,
            long bytes,
            long heldBytes,
            long bytesPerDay,
            Long bitsPerSecond) {}

    /**
     * @param at when it was read
     * @param total bytes of the disk, {@code usable} of them free
     * @param keepFree below so many free bytes recording stops
     * @param relieveBelow below so many recordings go before their time
     * @param legalDays for which the law asks
     * @param forecast absent until a day was recorded
     * @param forecastFrom from when on there is one; absent while nothing is recorded
     */
    record Overview(
            Instant at,
            long total,
            long usable,
            long keepFree,
            long relieveBelow,
            int legalDays,
            List<ShownClass> classes,
            DiskForecast forecast,
            Instant forecastFrom) {}

    /** @param ownDays absent where those of its class hold */
    record ShownStream(
            String streamId,
            String name,
            StorageClass code,
            int days,
            Integer ownDays,
            String reason,
            int version,
            long bytes,
            long heldBytes,
            long bytesPerDay) {}

    record NewDays(@NotNull Integer version, @NotNull Integer days) {}

    /** @param days absent for those of its class again; {@code reason} with them or not at all */
    record NewOwnDays(
            @NotNull Integer version,
            Integer days,
            @Size(min = 1, max = 500) String reason) {}

    /** Components as in {@link Sizing.Wanted}. */
    record WantedLine(
            @NotNull StorageClass code,
            @NotNull @Min(0) @Max(100_000) Integer streams,
            @NotNull @Min(1) @Max(100_000) Integer kilobitsPerSecond,
            @NotNull @DecimalMin("0") @DecimalMax("24") Double hoursPerDay,

            @NotNull @Min(StorageClass.LEGAL_DAYS) @Max(StorageClass.MOST_DAYS)
            Integer days) {}

    record WantedSize(@NotEmpty @Size(max = 100) List<@Valid @NotNull WantedLine> lines) {}

    @GetMapping
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.ADMINISTRATOR})
    Overview overview(Caller caller) throws IOException {
        caller.scope().requireEverything("the disk is looked at");
        DiskOutlook.Reading reading = outlook.reading(clock.instant());
        return new Overview(
                reading.at(),
                reading.total(),
                reading.usable(),
                disk.keepFree(),
                settings.relieveBelow(disk.keepFree()),
                StorageClass.LEGAL_DAYS,
                table.policies().stream()
                        .map(policy -> shown(policy, reading.streams()))
                        .toList(),
                reading.forecast(),
                reading.from());
    }

    private static ShownClass shown(StorageTable.Policy policy, Map<Long, DiskOutlook.Figures> streams) {
        List<DiskOutlook.Figures> own = streams.values().stream()
                .filter(each -> each.of() == policy.code())
                .toList();
        double seconds = own.stream().mapToDouble(DiskOutlook.Figures::seconds).sum();
        long recent = own.stream().mapToLong(DiskOutlook.Figures::recent).sum();
        return new ShownClass(
                policy.code(),
                policy.days(),
                policy.version(),
                policy.changedBy(),
                policy.changedAt(),
                own.size(),
                own.stream().mapToLong(DiskOutlook.Figures::bytes).sum(),
                own.stream().mapToLong(DiskOutlook.Figures::held).sum(),
                own.stream().mapToLong(DiskOutlook.Figures::bytesPerDay).sum(),
                seconds > 0 ? Math.round(recent * BITS / seconds) : null);
    }

    @PatchMapping("/classes/{code}")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    StorageTable.Policy change(@PathVariable String code, @Valid @RequestBody NewDays change, Caller caller) {
        caller.scope().requireEverything("retention is changed");
        StorageClass of = parse(code);
        requireDays(change.days());
        StorageTable.Policy before = table.policyForUpdate(of);
        if (before.version() != change.version()) {
            throw audit.conflict(CLASS, code, before.version());
        }
        table.setDays(of, change.days(), caller.username(), clock.instant());
        StorageTable.Policy after = table.policyForUpdate(of);
        audit.record(caller, "change", CLASS, code, before, after);
        outlook.forget();
        return after;
    }

    @GetMapping("/streams")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.ADMINISTRATOR})
    Page<ShownStream> streams(
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope)
            throws IOException {
        int most = Page.clamp(limit);
        long after = cursor == null ? 0 : Cursor.number(Cursor.parse(cursor, 1)[0]);
        List<StorageTable.OfStream> found = table.streams(after, most + 1, scope);
        boolean more = found.size() > most;
        List<StorageTable.OfStream> page = more ? found.subList(0, most) : found;
        Map<Long, DiskOutlook.Figures> figures =
                outlook.reading(clock.instant()).streams();
        return new Page<>(
                page.stream()
                        .map(each -> shown(each, figures.get(each.stream())))
                        .toList(),
                more ? Cursor.of(page.getLast().stream()) : null);
    }

    @GetMapping("/streams/{id}")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.ADMINISTRATOR})
    ShownStream stream(@PathVariable String id, DataScope scope) throws IOException {
        long stream = streams.find(Ids.parse("stream", id), scope)
                .orElseThrow(() -> Refusal.notFound("stream", id))
                .id();
        return shown(
                table.stream(stream).orElseThrow(() -> Refusal.notFound("stream", id)),
                outlook.reading(clock.instant()).streams().get(stream));
    }

    /** Own days of a stream, or those of its class again. */
    @PatchMapping("/streams/{id}")
    @Permit(Role.ADMINISTRATOR)
    @Transactional
    ShownStream change(@PathVariable String id, @Valid @RequestBody NewOwnDays change, Caller caller, DataScope scope)
            throws IOException {
        long stream = streams.find(Ids.parse("stream", id), scope)
                .orElseThrow(() -> Refusal.notFound("stream", id))
                .id();
        if (change.days() != null) {
            requireDays(change.days());
        }
        if ((change.days() == null) != (change.reason() == null)) {
            throw Refusal.field("reason", "must be given with days, and not without");
        }
        StorageTable.OfStream before = table.stream(stream).orElseThrow();
        if (!table.setDays(
                stream, change.days(), change.reason(), change.version(), caller.username(), clock.instant())) {
            throw audit.conflict(STREAM, id, before.version());
        }
        StorageTable.OfStream after = table.stream(stream).orElseThrow();
        audit.record(caller, "change", STREAM, id, before, after);
        outlook.forget();
        return shown(after, outlook.reading(clock.instant()).streams().get(stream));
    }

    /** What retention deleted, by the day on which it did and by reason. */
    @GetMapping("/deletions")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.ADMINISTRATOR})
    Page<StorageTable.DeletedDay> deletions(
            @RequestParam(required = false) LocalDate from,
            @RequestParam(required = false) LocalDate to,
            @RequestParam(required = false) Integer limit,
            DataScope scope) {
        return Page.all(table.deleted(from, to, Page.clamp(limit), scope));
    }

    /** How large a disk should be; changes nothing. */
    @PostMapping("/sizing")
    @Permit({Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.ADMINISTRATOR})
    Sizing sizing(@Valid @RequestBody WantedSize wanted) {
        return Sizing.of(
                wanted.lines().stream()
                        .map(line -> new Sizing.Wanted(
                                line.code(), line.streams(), line.kilobitsPerSecond(), line.hoursPerDay(), line.days()))
                        .toList(),
                settings.relieveBelow(disk.keepFree()));
    }

    private static ShownStream shown(StorageTable.OfStream stream, DiskOutlook.Figures figures) {
        return new ShownStream(
                Long.toString(stream.stream()),
                stream.name(),
                stream.of(),
                stream.days(),
                stream.ownDays(),
                stream.reason(),
                stream.version(),
                figures == null ? 0 : figures.bytes(),
                figures == null ? 0 : figures.held(),
                figures == null ? 0 : figures.bytesPerDay());
    }

    private static void requireDays(int days) {
        if (days < StorageClass.LEGAL_DAYS || days > StorageClass.MOST_DAYS) {
            throw Refusal.field(
                    "days",
                    "must be " + StorageClass.LEGAL_DAYS + " to " + StorageClass.MOST_DAYS
                            + " (公共安全视频图像信息系统管理条例 第十七条: 至少保存 " + StorageClass.LEGAL_DAYS + " 日), was " + days);
        }
    }

    private static StorageClass parse(String code) {
        try {
            return StorageClass.of(code);
        } catch (IllegalArgumentException _) {
            throw Refusal.notFound(CLASS, code);
        }
    }
}
