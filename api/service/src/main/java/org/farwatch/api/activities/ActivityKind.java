package org.farwatch.api.activities;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.flow.Flow;

/**
 * 执法活动类别, with the stages that such an activity usually consists of.
 *
 * @param preset came with the service as a sample
 */
record ActivityKind(String code, String zh, String en, boolean preset, List<StagePreset> stages) {
    /** Whether a stage is to be recorded. */
    enum Recording {
        /** 应当全程音像记录. */
        ALWAYS,
        /** 根据实际情况音像记录. */
        AS_REQUIRED;

        @JsonValue
        String label() {
            return Flow.label(this);
        }
    }

    /** @param basis the rule that says so */
    record StagePreset(String zh, String en, Recording recording, String basis) {}

    /** Whether a stage of this name may not be left unrecorded. */
    boolean mustAlwaysRecord(String stage) {
        return stages.stream().anyMatch(each -> each.zh().equals(stage) && each.recording() == Recording.ALWAYS);
    }
}
