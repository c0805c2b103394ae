package org.farwatch.api.rules;

/** All thresholds. The key stands in database and API; its explanation in both languages in the console. */
public enum Threshold {
    ENTER_METRES("presence.enter-metres", "m", 0, 500, 0),
    LEAVE_METRES("presence.leave-metres", "m", 0, 500, 15),
    ENTER_SECONDS("presence.enter-seconds", "s", 0, 600, 20),
    LEAVE_SECONDS("presence.leave-seconds", "s", 0, 3600, 60),
    DRIFT_METRES("presence.drift-metres", "m", 0, 1000, 75),
    DRIFT_SECONDS("presence.drift-seconds", "s", 0, 3600, 330),
    LATE_SECONDS("presence.late-seconds", "s", 0, 7200, 300),
    UNKNOWN_SECONDS("presence.unknown-seconds", "s", 30, 3600, 180),
    WORST_ACCURACY_METRES("presence.worst-accuracy-metres", "m", 10, 1000, 100),
    /** How long somebody must be off post before an alert is raised. */
    OFF_POST_ALERT_SECONDS("presence.off-post-alert-seconds", "s", 30, 7200, 600),
    /** How long a stream must have had no pictures before an alert is raised. */
    STREAM_OFFLINE_ALERT_SECONDS("stream.offline-alert-seconds", "s", 30, 86_400, 300),
    /** How long a stream's recording must have failed before an alert is raised. */
    STREAM_UNWRITTEN_ALERT_SECONDS("stream.unwritten-alert-seconds", "s", 30, 86_400, 60),
    /** In how many days the disk must be expected to be full for an alert. */
    STORAGE_FULL_DAYS("storage.full-alert-days", "days", 1, 90, 7),
    /** How long a squad has to say why something was not recorded. */
    GAP_ANSWER_WORKING_DAYS("coverage.gap-answer-working-days", "working days", 1, 30, 3),
    /** The share of true leads that a zone needs to be in the feed. */
    ZONE_PRECISION("zone.precision", "percent", 50, 100, 90),
    /** Over how many decided leads that share is taken. */
    ZONE_DECISIONS("zone.decisions", "leads", 5, 1000, 30),
    /** How long a squad has to sign for a task or device ticket. */
    TASK_SIGN_SECONDS("task.sign-seconds", "s", 60, 86_400, 600),
    /** How long it has from being asked until it is handled. */
    TASK_HANDLE_SECONDS("task.handle-seconds", "s", 120, 2_592_000, 3600),
    /** How long a squad or officer may take to explain what a notice says. */
    FINDING_EXPLAIN_WORKING_DAYS("finding.explain-working-days", "working days", 1, 30, 3),
    /** How long after its confirmation a squad may ask for a review of a finding. */
    FINDING_REVIEW_WORKING_DAYS("finding.review-working-days", "working days", 1, 60, 5),
    /** How long after a roll call a position in the post counts as present. */
    ROLL_CALL_ANSWER_MINUTES("roll-call.answer-minutes", "min", 1, 60, 5),
    /** How long after it one counts as late; longer than the term for an answer. */
    ROLL_CALL_LATE_MINUTES("roll-call.late-minutes", "min", 2, 120, 15),
    /** The share of a stage that its accepted recordings must cover. */
    STAGE_RECORDED("activity.stage-recorded", "percent", 50, 100, 95),
    /** How far outside of a stage a recording may lie and still be proposed for it: its times are typed by hand. */
    STAGE_MARGIN_SECONDS("activity.stage-margin-seconds", "s", 0, 3600, 600),
    /** How far from one place positions may lie while the device stands there. */
    STOP_METRES("trip.stop-metres", "m", 10, 500, 50),
    /** How long it must stand for a stop. */
    STOP_SECONDS("trip.stop-seconds", "s", 60, 7200, 300),
    /** Two positions farther apart than this have a gap between them. */
    TRACK_GAP_SECONDS("trip.gap-seconds", "s", 30, 3600, 180),
    /** How long a camera's pictures must be bad before an alert is raised. */
    CAMERA_FAULT_SECONDS("camera.fault-seconds", "s", 1, 86_400, 300),
    /** Brightness, of 255, that nearly all of a black picture stays under. */
    CAMERA_DARK("camera.dark", "of 255", 1, 100, 30),
    /** Share of a camera's own sharpness under which it is blurred. */
    CAMERA_SHARPNESS("camera.sharpness", "percent", 1, 80, 20),
    /** Share of its view's structure under which it was moved. */
    CAMERA_VIEW("camera.view", "percent", 5, 75, 40),
    /** Share of its own frame rate under which it is slow. */
    CAMERA_RATE("camera.rate", "percent", 5, 75, 50),
    /** How far a camera's clock may be from ours; what a picture is late on its way counts too. */
    CAMERA_CLOCK_SECONDS("camera.clock-seconds", "s", 5, 3600, 30);

    private final String key;
    private final String unit;
    private final double least;
    private final double most;
    private final double initial;

    Threshold(String key, String unit, double least, double most, double initial) {
        this.key = key;
        this.unit = unit;
        this.least = least;
        this.most = most;
        this.initial = initial;
    }

    public String key() {
        return key;
    }

    public String unit() {
        return unit;
    }

    public double least() {
        return least;
    }

    public double most() {
        return most;
    }

    /** The value while nobody changed it. */
    public double initial() {
        return initial;
    }
}
