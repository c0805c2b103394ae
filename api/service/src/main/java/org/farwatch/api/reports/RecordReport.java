package org.farwatch.api.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * 记录核查报告, as the API gives it; never changed.
 *
 * @param squadIds that it is about, null for the whole district
 * @param ratio of recorded to required time, null when nothing was required
 * @param figures see {@link ReportFigures}; absent in lists
 */
record RecordReport(
        String id,
        Instant from,
        Instant to,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<String> squadIds,
        List<String> squadNames,
        String madeBy,
        Instant madeAt,
        @JsonInclude(JsonInclude.Include.ALWAYS) Double ratio,
        @JsonInclude(JsonInclude.Include.NON_NULL) JsonNode figures) {}
