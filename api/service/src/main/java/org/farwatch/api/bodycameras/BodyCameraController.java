package org.farwatch.api.bodycameras;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.bodycameras.CameraStateTable.Reading;
import org.farwatch.api.web.Cursor;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /body-cameras}: what each said last; and whether those of the shift are fit for it. */
@RestController
@RequestMapping("/api/v1")
@EnableConfigurationProperties(BodyCameraSettings.class)
class BodyCameraController {
    private static final String SUBJECT = "body camera";
    private static final Duration LONGEST = Duration.ofDays(31);

    private final CameraStateTable table;
    private final EquipmentCheck check;

    BodyCameraController(CameraStateTable table, EquipmentCheck check) {
        this.table = table;
        this.check = check;
    }

    /** By id. */
    @GetMapping("/body-cameras")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<CameraState> cameras(
            @RequestParam(required = false) String squadId,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        int most = Page.clamp(limit);
        String after = cursor == null ? "" : Cursor.parse(cursor, 1)[0];
        List<CameraState> found = table.list(scope.squadNamed(squadId), after, most + 1, scope);
        boolean more = found.size() > most;
        List<CameraState> page = more ? found.subList(0, most) : found;
        return new Page<>(page, more ? Cursor.of(page.getLast().deviceId()) : null);
    }

    @GetMapping("/body-cameras/{id}")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    CameraState camera(@PathVariable String id, DataScope scope) {
        return table.find(id, scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
    }

    /** Each message of its state within the time, newest first; at most 31 days. */
    @GetMapping("/body-cameras/{id}/readings")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER, Role.ADMINISTRATOR})
    Page<Reading> readings(
            @PathVariable String id,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(required = false) Integer limit,
            @RequestParam(required = false) String cursor,
            DataScope scope) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refusal.field("to", "must be after from and at most " + LONGEST.toDays() + " days later, was " + to);
        }
        CameraState camera = table.find(id, scope).orElseThrow(() -> Refusal.notFound(SUBJECT, id));
        int most = Page.clamp(limit);
        Instant until = cursor == null ? to : Instant.ofEpochMilli(Cursor.number(Cursor.parse(cursor, 1)[0]));
        List<Reading> found = table.readings(camera.deviceId(), from, until.isBefore(to) ? until : to, most);
        return new Page<>(
                found,
                found.size() < most
                        ? null
                        : Cursor.of(Long.toString(found.getLast().at().toEpochMilli())));
    }

    /** Who has a duty now or within {@code farwatch.body-cameras.ahead}, each with the cameras that he has. */
    @GetMapping("/equipment-check")
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER})
    Page<EquipmentCheck.Checked> check(DataScope scope) {
        return Page.all(check.of(scope));
    }
}
