package org.farwatch.api.duty;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.farwatch.api.duty.Roster.DeviceSpan;
import org.farwatch.api.duty.Roster.Entry;
import org.farwatch.api.duty.Roster.PostEntry;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.leads.NewAlert;
import org.farwatch.api.live.LiveHub;
import org.farwatch.api.live.LiveItem;
import org.farwatch.api.live.Topic;
import org.farwatch.api.telemetry.LiveBoard;
import org.farwatch.geo.presence.PresenceInterval;
import org.farwatch.geo.presence.PresenceState;
import org.springframework.stereotype.Component;

/**
 * What follows from presence: colours on the map, an alert for who is off post too long, a remark on an alert that late
 * positions refute. Owned by the presence thread; the posts' states are read by any.
 */
@Component
class PresenceOutcome {
    private static final String OFF_POST = "off-post";

    private final Alerts alerts;
    private final PresenceThresholds thresholds;
    private final LiveBoard board;
    private final LiveHub hub;
    private final Clock clock;
    private final Map<Long, PresenceState> shown = new HashMap<>();
    private final Map<Long, PostState> posts = new ConcurrentHashMap<>();
    /** Since when the last alert of each duty that is on; filled from the table at the duty's first look. */
    private final Map<Long, Instant> alerted = new HashMap<>();

    /** A duty that is on and all that is held of it so far. */
    record DutyState(Entry duty, List<PresenceInterval> intervals) {
        PresenceInterval last() {
            return intervals.getLast();
        }
    }

    /** @param state {@code on-post}, {@code late}, {@code off-post} or {@code unknown} */
    record PostState(String id, String state, int present, int required) {}

    PresenceOutcome(Alerts alerts, PresenceThresholds thresholds, LiveBoard board, LiveHub hub, Clock clock) {
        this.alerts = alerts;
        this.thresholds = thresholds;
        this.board = board;
        this.hub = hub;
        this.clock = clock;
    }

    /** The post's state, null while no duty is on there. Any thread. */
    PostState post(long postId) {
        return posts.get(postId);
    }

    /** Called once a second with every duty that is on. */
    void now(Roster roster, List<DutyState> states, Instant now) {
        Map<Long, List<DutyState>> byPost = new LinkedHashMap<>();
        for (DutyState state : states) {
            byPost.computeIfAbsent(state.duty().postId(), _ -> new ArrayList<>())
                    .add(state);
            if (shown.put(state.duty().id(), state.last().state())
                    != state.last().state()) {
                touch(roster, state.duty());
            }
            alertIfOffPost(roster, state, now);
        }
        shown.keySet()
                .removeIf(id -> states.stream().noneMatch(state -> state.duty().id() == id));
        alerted.keySet().removeIf(id -> !shown.containsKey(id));
        publishPosts(roster, byPost);
    }

    /** Positions that came late changed what is held of a duty. */
    void revised(Entry duty, List<PresenceInterval> intervals) {
        for (Alerts.OfDuty alert : alerts.ofDuty(duty.id(), OFF_POST)) {
            if (!alert.overtaken() && !stillOffPost(intervals, alert.since(), alert.raisedAt())) {
                alerts.overtake(
                        alert.id(), "补报的定位点表明当时不在离岗状态 (positions that arrived late show otherwise)", clock.instant());
            }
        }
    }

    /** Whether the duty was off post for most of the time that made the alert. */
    private static boolean stillOffPost(List<PresenceInterval> intervals, Instant since, Instant raisedAt) {
        Duration off = Duration.ZERO;
        for (PresenceInterval interval : intervals) {
            if (interval.state() == PresenceState.OFF_POST) {
                Instant from = interval.from().isAfter(since) ? interval.from() : since;
                Instant to = interval.to().isBefore(raisedAt) ? interval.to() : raisedAt;
                if (from.isBefore(to)) {
                    off = off.plus(Duration.between(from, to));
                }
            }
        }
        return off.multipliedBy(2).compareTo(Duration.between(since, raisedAt)) >= 0;
    }

    private void alertIfOffPost(Roster roster, DutyState state, Instant now) {
        PresenceInterval last = state.last();
        if (last.state() != PresenceState.OFF_POST
                || Duration.between(last.from(), now).compareTo(thresholds.offPostAlert()) < 0) {
            return;
        }
        Entry duty = state.duty();
        Instant before = alerted.computeIfAbsent(
                duty.id(),
                id -> alerts.ofDuty(id, OFF_POST).stream()
                        .map(Alerts.OfDuty::since)
                        .reduce((_, newer) -> newer)
                        .orElse(Instant.MIN));
        if (!backSince(state.intervals(), before)) {
            return;
        }
        alerted.put(duty.id(), last.from());
        PostEntry post = roster.posts().get(duty.postId());
        DeviceSpan device = roster.devicesOfDuty().getOrDefault(duty.id(), List.of()).stream()
                .filter(span -> span.from() <= now.toEpochMilli() && now.toEpochMilli() < span.to())
                .findFirst()
                .orElse(null);
        LiveBoard.Mark mark = device == null ? null : board.of(device.deviceNo());
        long minutes = Duration.between(last.from(), now).toMinutes();
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("officer", duty.officerName() == null ? "" : duty.officerName());
        arguments.put("post", post.name());
        arguments.put("since", last.from().toString());
        arguments.put("minutes", minutes);
        alerts.raise(
                new NewAlert(
                        OFF_POST,
                        OFF_POST,
                        "critical",
                        last.from(),
                        OFF_POST + ":" + duty.id() + ":" + last.from().getEpochSecond(),
                        post.name() + "：" + (duty.officerName() == null ? "值守车辆" : duty.officerName()) + "离岗",
                        arguments,
                        duty.squadNo(),
                        duty.officerId(),
                        device == null ? 0 : device.deviceNo(),
                        duty.id(),
                        post.id(),
                        0,
                        null,
                        mark == null ? post.longitude() : mark.longitude(),
                        mark == null ? post.latitude() : mark.latitude()),
                now);
    }

    /** One absence one alert: a second needs a return in between, whatever late positions do to the dates. */
    private static boolean backSince(List<PresenceInterval> intervals, Instant alerted) {
        return alerted.equals(Instant.MIN)
                || intervals.stream()
                        .anyMatch(interval -> interval.state() == PresenceState.ON_POST
                                && interval.from().isAfter(alerted));
    }

    private void publishPosts(Roster roster, Map<Long, List<DutyState>> byPost) {
        List<LiveItem> changed = new ArrayList<>();
        byPost.forEach((postId, states) -> {
            PostState state = postState(postId, states);
            if (!state.equals(posts.put(postId, state))) {
                PostEntry post = roster.posts().get(postId);
                changed.add(LiveItem.of(post.squadNo(), state));
            }
        });
        for (Long postId : List.copyOf(posts.keySet())) {
            if (!byPost.containsKey(postId)) {
                posts.remove(postId);
                PostEntry post = roster.posts().get(postId);
                if (post != null) {
                    changed.add(LiveItem.of(post.squadNo(), new PostState(Long.toString(postId), null, 0, 0)));
                }
            }
        }
        hub.publish(Topic.POSTS, changed);
    }

    private static PostState postState(long postId, List<DutyState> states) {
        int present = 0;
        boolean off = false;
        boolean late = false;
        for (DutyState state : states) {
            switch (state.last().state()) {
                case ON_POST, ON_TASK, BREAK -> present++;
                case OFF_POST, LEFT_EARLY, ABSENT -> off = true;
                case LATE -> late = true;
                case TRAVELLING, UNKNOWN, DOUBTFUL -> {}
            }
        }
        String state = present > 0 ? "on-post" : off ? OFF_POST : late ? "late" : "unknown";
        return new PostState(Long.toString(postId), state, present, states.size());
    }

    private void touch(Roster roster, Entry duty) {
        for (DeviceSpan span : roster.devicesOfDuty().getOrDefault(duty.id(), List.of())) {
            board.touch(span.deviceNo());
        }
    }
}
