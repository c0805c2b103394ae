package org.farwatch.api.coverage;

import static org.farwatch.api.coverage.InquiryState.ACCEPTED;
import static org.farwatch.api.coverage.InquiryState.ASKED;
import static org.farwatch.api.coverage.InquiryState.EXPLAINED;
import static org.farwatch.api.coverage.InquiryState.PASSED_ON;
import static org.farwatch.api.coverage.InquiryState.WITHDRAWN;
import static org.farwatch.api.flow.Flow.step;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.farwatch.api.access.Role;
import org.farwatch.api.flow.Flow;

/** What is done with an inquiry. */
enum InquiryAction {
    /** 说明: by the squad that was asked, with a reason. */
    EXPLAIN,
    /** 认可. */
    ACCEPT,
    /** 再问: the answer does not say enough. */
    ASK_AGAIN,
    /** 转督察: after an answer that does not hold, or without one when the time for it is over. */
    PASS_ON,
    /** 撤回. */
    WITHDRAW;

    static final Flow<InquiryState, InquiryAction> FLOW = Flow.of(
            "gap inquiry",
            List.of(
                    step(ASKED, EXPLAIN, EXPLAINED, Role.SQUAD_LEADER),
                    step(ASKED, WITHDRAW, WITHDRAWN, Role.LEGAL_REVIEWER),
                    step(ASKED, PASS_ON, PASSED_ON, Role.LEGAL_REVIEWER),
                    step(EXPLAINED, ACCEPT, ACCEPTED, Role.LEGAL_REVIEWER),
                    step(EXPLAINED, ASK_AGAIN, ASKED, Role.LEGAL_REVIEWER),
                    step(EXPLAINED, PASS_ON, PASSED_ON, Role.LEGAL_REVIEWER)));

    @JsonValue
    String label() {
        return Flow.label(this);
    }
}
