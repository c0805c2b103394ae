package org.farwatch.api.uploads;

import java.time.Instant;

/**
 * A recording that was brought.
 *
 * @param broughtBy user name, or the watched folder
 * @param userId 0 for a folder
 * @param origin of a file in a watched folder, by which it is known again; otherwise null
 * @param length bytes
 * @param fault why it was refused, a label of {@link UploadFault}; null when it was not
 * @param receivedAt when it was whole here, null before
 * @param starts by our clock, null until it is known
 * @param deviceStart the same by the device's clock
 * @param sameAs the upload that brought the same bytes first
 */
record StoredUpload(
        String id,
        String source,
        String broughtBy,
        long userId,
        String origin,
        String name,
        long length,
        Told told,
        UploadState state,
        String fault,
        String reason,
        Instant madeAt,
        Instant touchedAt,
        Instant receivedAt,
        String sha256,
        String deviceId,
        Long officerId,
        String officerName,
        Long streamId,
        Instant starts,
        Instant ends,
        Instant deviceStart,
        Long clockOffsetMillis,
        boolean late,
        boolean important,
        Long firstSequence,
        Long lastSequence,
        String leftOutSound,
        String sameAs,
        int version) {}
