package org.farwatch.api.video;

import java.util.Set;

/** Knows which streams have to be recorded. */
public interface RequiredRecordings {
    /** Ids of the streams that have to be recorded at this moment. */
    Set<Long> now();
}
