package org.farwatch.api.findings;

import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What somebody says with an action.
 *
 * @param version that the caller saw
 * @param reason code of an explanation, null with other actions
 * @param note in his own words
 * @param proof what shows that it was rectified, in words; null with other actions
 * @param files of the record, put before
 */
record Act(
        int version,
        @Size(max = 40) String reason,
        @Size(max = 2000) String note,
        @Size(max = 2000) String proof,
        @Size(max = 20) List<String> files) {
    boolean hasNote() {
        return note != null && !note.isBlank();
    }
}
