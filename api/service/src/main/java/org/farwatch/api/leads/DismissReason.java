package org.farwatch.api.leads;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.farwatch.api.web.Refusal;

/** Why an alert may be dismissed: some reasons fit what positions say, some what pictures show. */
enum DismissReason {
    ON_DUTY_ELSEWHERE("on-duty-elsewhere", false),
    POSITION_DRIFT("position-drift", false),
    DEVICE_FAULT("device-fault", false),
    /** 误触发. */
    PRESSED_BY_MISTAKE("pressed-by-mistake", false),
    ROSTER_WRONG("roster-wrong", false),
    /** 误识别: there is no such thing. */
    MISTAKEN("mistaken", true),
    /** 经许可: it may stand there. */
    PERMITTED("permitted", true),
    /** 已清除: it was settled before anybody had to go. */
    SETTLED("settled", true),
    /** 画面不清. */
    UNCLEAR_PICTURE("unclear-picture", true),
    OTHER("other", null);

    private static final String LEAD = "lead";

    private final String label;
    private final Boolean ofPicture;

    DismissReason(String label, Boolean ofPicture) {
        this.label = label;
        this.ofPicture = ofPicture;
    }

    /** @throws Refusal 400 for a reason that does not fit the alert's kind, and for {@code other} without a note */
    static void require(String kind, String reason, String note) {
        List<DismissReason> fitting = Arrays.stream(values())
                .filter(each -> each.ofPicture == null || each.ofPicture == kind.equals(LEAD))
                .toList();
        DismissReason given = fitting.stream()
                .filter(each -> each.label.equals(reason))
                .findFirst()
                .orElseThrow(() -> Refusal.field(
                        "reason",
                        "must be one of "
                                + fitting.stream().map(each -> each.label).collect(Collectors.joining(", "))
                                + ", was " + reason));
        if (given == OTHER && (note == null || note.isBlank())) {
            throw Refusal.field("note", "must say why when the reason is other");
        }
    }
}
