package org.farwatch.geo.presence;

/**
 * Presence on a duty (在岗情况). {@link PresenceTracker} gives {@link #ON_POST}, {@link #OFF_POST}, {@link #LATE},
 * {@link #UNKNOWN}, {@link #TRAVELLING} and {@link #ABSENT}; the others need a dispatch, a roster of breaks or a
 * comparison of devices, which positions alone do not hold.
 */
public enum PresenceState {
    /** 在岗: at the post, or so near to its border that the positions cannot tell. */
    ON_POST("on-post"),
    /** 因公离岗: away on a task. */
    ON_TASK("on-task"),
    /** 轮休: away in a break of the roster. */
    BREAK("break"),
    /** 途中: not yet arrived, within the grace after the duty's start. */
    TRAVELLING("travelling"),
    /** 离岗: was at the post and is away from it. */
    OFF_POST("off-post"),
    /** 迟到: seen elsewhere after the grace, from the duty's start until the arrival. */
    LATE("late"),
    /** 早退: away until the duty's end, against the roster. */
    LEFT_EARLY("left-early"),
    /** 缺勤: seen elsewhere for the whole of a duty that is over. */
    ABSENT("absent"),
    /** 无数据: the positions prove nothing. */
    UNKNOWN("unknown"),
    /** 存疑待核实: the positions contradict themselves or each other. */
    DOUBTFUL("doubtful");

    private final String label;

    PresenceState(String label) {
        this.label = label;
    }

    /** The name used in the API and the database, for example {@code off-post}. */
    public String label() {
        return label;
    }
}
