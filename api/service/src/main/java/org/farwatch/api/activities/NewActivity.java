package org.farwatch.api.activities;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.farwatch.api.web.Refusal;

/**
 * What an activity is to be.
 *
 * @param squadId may be left out by whoever has one squad only
 * @param externalId given by programs: the same one again is the same activity
 * @param officerIds in the order in which they are asked for a recording
 */
record NewActivity(
        String squadId,
        @NotBlank String kind,
        @NotBlank @Size(max = 200) String title,
        @Size(max = 200) String place,
        @Size(max = 100) String caseNo,
        @Size(max = 100) String externalId,
        @NotNull Instant from,
        @NotNull Instant to,
        @NotEmpty @Size(max = 50) List<@NotBlank String> officerIds,
        @NotEmpty @Size(max = 50) List<@NotNull @Valid NewStage> stages) {
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration AHEAD = Duration.ofDays(31);

    /**
     * @param id of one that there is, in a change; absent for a new one
     * @param mustRecord absent: it must
     */
    record NewStage(
            String id,
            @NotBlank @Size(max = 100) String name,
            @NotNull Instant from,
            @NotNull Instant to,
            Boolean mustRecord) {
        boolean required() {
            return mustRecord == null || mustRecord;
        }
    }

    /** @throws Refusal 400 naming the field, when times, officers or the kind's rules do not allow it */
    void check(List<ActivityKind> kinds, Instant now) {
        ActivityKind known = kinds.stream()
                .filter(each -> each.code().equals(kind))
                .findFirst()
                .orElseThrow(() -> Refusal.field(
                        "kind",
                        "must be one of "
                                + String.join(
                                        ", ",
                                        kinds.stream().map(ActivityKind::code).toList())
                                + "; was " + kind));
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Refusal.field(
                    "to", "must be after from (" + from + ") and at most " + LONGEST.toDays() + " days, was " + to);
        }
        if (to.isAfter(now.plus(AHEAD))) {
            throw Refusal.field("to", "must be at most " + AHEAD.toDays() + " days ahead, was " + to);
        }
        Set<String> named = new HashSet<>();
        for (int i = 0; i < officerIds.size(); i++) {
            if (!named.add(officerIds.get(i))) {
                throw Refusal.field("officerIds[" + i + "]", "names somebody twice: " + officerIds.get(i));
            }
        }
        for (int i = 0; i < stages.size(); i++) {
            check(stages.get(i), "stages[" + i + "]", known);
        }
    }

    private void check(NewStage stage, String field, ActivityKind known) {
        if (stage.from().isBefore(from) || !stage.from().isBefore(to)) {
            throw Refusal.field(
                    field + ".from", "must be within the activity (" + from + " to " + to + "), was " + stage.from());
        }
        if (!stage.from().isBefore(stage.to()) || stage.to().isAfter(to)) {
            throw Refusal.field(
                    field + ".to",
                    "must be after from (" + stage.from() + ") and not after the activity (" + to + "), was "
                            + stage.to());
        }
        if (!stage.required() && known.mustAlwaysRecord(stage.name())) {
            throw Refusal.field(field + ".mustRecord", "must be true: a rule asks for it of " + stage.name());
        }
    }
}
