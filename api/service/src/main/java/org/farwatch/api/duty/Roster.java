package org.farwatch.api.duty;

import java.util.List;
import java.util.Map;
import org.farwatch.geo.place.Border;

/**
 * Duties, posts and custody around now, in memory; immutable, replaced as a whole when one of them changes.
 *
 * @param from custody and duties before this are not here; milliseconds since 1970 UTC
 * @param duties by internal id; those not cancelled
 * @param posts by internal id
 * @param custody who had a device when, by device number, ordered by time
 * @param dutiesOfOfficer by officer id
 * @param devicesOfDuty which device counts for a duty when, by duty id
 * @param dutiesOfDevice the same by device number
 */
record Roster(
        long from,
        Map<Long, Entry> duties,
        Map<Long, PostEntry> posts,
        Map<Integer, List<Custody>> custody,
        Map<Long, List<Entry>> dutiesOfOfficer,
        Map<Long, List<DeviceSpan>> devicesOfDuty,
        Map<Integer, List<DeviceSpan>> dutiesOfDevice) {
    static final Roster EMPTY = new Roster(0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    /** A duty. Times in milliseconds since 1970 UTC; ids 0 when there is none. */
    record Entry(
            long id,
            long officerId,
            String officerName,
            int deviceNo,
            long squadNo,
            String squadName,
            long postId,
            long start,
            long end) {
        boolean isOn(long now) {
            return start <= now && now < end;
        }
    }

    record PostEntry(long id, String name, long squadNo, Border border, double longitude, double latitude) {}

    /** @param to {@link Long#MAX_VALUE} while the device is not given back */
    record Custody(int deviceNo, long officerId, String officerName, long from, long to) {
        boolean covers(long at) {
            return from <= at && at < to;
        }
    }

    /** The device counts for the duty from here to there. */
    record DeviceSpan(Entry duty, int deviceNo, long from, long to) {}

    /** Who has the device at this time, null when nobody. */
    Custody holder(int deviceNo, long at) {
        for (Custody span : custody.getOrDefault(deviceNo, List.of())) {
            if (span.covers(at)) {
                return span;
            }
        }
        return null;
    }

    /** The duty that the device is on at this time, null when none. */
    Entry dutyOf(int deviceNo, long at) {
        for (DeviceSpan span : dutiesOfDevice.getOrDefault(deviceNo, List.of())) {
            if (span.duty().isOn(at) && span.from() <= at && at < span.to()) {
                return span.duty();
            }
        }
        return null;
    }
}
