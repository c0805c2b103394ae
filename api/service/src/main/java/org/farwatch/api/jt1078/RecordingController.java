package org.farwatch.api.jt1078;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.farwatch.api.access.Caller;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.access.ViewLog;
import org.farwatch.api.org.RegisteredDevice;
import org.farwatch.api.web.Page;
import org.farwatch.api.web.Refusal;
import org.farwatch.ingest.jt808.command.Answer;
import org.farwatch.ingest.jt808.command.Answer.RecordingSeen;
import org.farwatch.ingest.jt808.command.VideoCommand.Kept;
import org.farwatch.ingest.jt808.command.VideoCommand.SearchRecordings;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /devices/{id}/recordings}: what a terminal says it has recorded itself. Each answer is logged as a view. */
@RestController
@RequestMapping("/api/v1/devices/{id}/recordings")
class RecordingController {
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int MOST_CHANNEL = 255;

    private final TerminalQuestions questions;
    private final TerminalDesk desk;
    private final ViewLog views;

    RecordingController(TerminalQuestions questions, TerminalDesk desk, ViewLog views) {
        this.questions = questions;
        this.desk = desk;
        this.views = views;
    }

    /**
     * @param media {@code both}, {@code sound} or {@code picture}
     * @param quality {@code main} or {@code sub}
     * @param alarms bits as the terminal sent them, hexadecimal
     */
    record StoredVideo(
            int channel,
            Instant from,
            Instant to,
            String media,
            String quality,
            String store,
            long bytes,
            String alarms) {
        private static StoredVideo of(RecordingSeen seen) {
            return new StoredVideo(
                    seen.channel(),
                    Instant.ofEpochMilli(seen.from()),
                    Instant.ofEpochMilli(seen.to()),
                    switch (seen.media()) {
                        case 1 -> "sound";
                        case 2 -> "picture";
                        default -> "both";
                    },
                    seen.quality() == 2 ? "sub" : "main",
                    seen.store() == 2 ? "backup" : "main",
                    seen.bytes(),
                    "%016x".formatted(seen.alarms()));
        }
    }

    /** Newest first, without what of a person's camera began or ended off duty. */
    @GetMapping
    @Permit(
            value = {Role.OPERATOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SQUAD_LEADER},
            assigned = true)
    Page<StoredVideo> recordings(
            @PathVariable String id,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(defaultValue = "0") int channel,
            @RequestParam(required = false) Integer limit,
            Caller caller) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refusal.field("to", "must be after from (" + from + "), by 31 days at most, was " + to);
        }
        if (channel < 0 || channel > MOST_CHANNEL) {
            throw Refusal.field("channel", "must be 0 for all or 1 to 255, was " + channel);
        }
        RegisteredDevice device = questions.terminal(id, caller.scope());
        views.record(caller, "device-recordings", id, device.name(), from, to);
        SearchRecordings search = new SearchRecordings(channel, from.toEpochMilli(), to.toEpochMilli(), Kept.ANY);
        return switch (questions.ask(device, search)) {
            case Answer.RecordingsFound(List<RecordingSeen> found) ->
                new Page<>(
                        found.stream()
                                .filter(seen -> seen.from() != null && seen.to() != null)
                                .filter(seen -> !desk.offDuty(device, seen.from()) && !desk.offDuty(device, seen.to()))
                                .sorted(Comparator.comparing(RecordingSeen::from)
                                        .reversed())
                                .limit(Page.clamp(limit))
                                .map(StoredVideo::of)
                                .toList(),
                        null);
            case Answer other -> throw questions.refusal(device, other);
        };
    }
}
