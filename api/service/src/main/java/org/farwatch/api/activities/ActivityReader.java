package org.farwatch.api.activities;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farwatch.api.access.Caller;
import org.springframework.stereotype.Component;

/** Activities as the API gives them, put together of their parts. */
@Component
class ActivityReader {
    private final ActivityTable table;
    private final StageTable stages;

    ActivityReader(ActivityTable table, StageTable stages) {
        this.table = table;
        this.stages = stages;
    }

    /** Whole, with what the caller may do. */
    Optional<Activity> find(long id, Caller caller) {
        return table.find(id, caller.scope())
                .map(activity -> whole(List.of(activity), caller).getFirst())
                .map(activity -> activity.with(
                        activity.officers(),
                        activity.stages().stream()
                                .map(stage -> stage.with(
                                        stages.recordings(Long.parseLong(stage.id())),
                                        null,
                                        activity.state() == ActivityState.ACTIVE
                                                ? Matching.actions(stage, caller)
                                                : Set.of()))
                                .toList(),
                        table.events(id)));
    }

    /** With their stages and officers, without events. */
    List<Activity> whole(List<Activity> found, Caller caller) {
        if (found.isEmpty()) {
            return found;
        }
        Instant from =
                found.stream().map(Activity::from).min(Instant::compareTo).orElseThrow();
        Instant until = found.stream().map(Activity::to).max(Instant::compareTo).orElseThrow();
        List<Stage> all = stages.ofActivities(
                found.stream().map(one -> Long.parseLong(one.id())).toList(), from, until, caller.scope());
        return found.stream()
                .map(one -> one.with(
                                table.officers(Long.parseLong(one.id())),
                                all.stream()
                                        .filter(stage -> stage.activityId().equals(one.id()))
                                        .toList(),
                                List.of())
                        .allowing(ActivityAction.FLOW.actions(ActivityAction.class, one.state(), caller.roles())))
                .toList();
    }
}
