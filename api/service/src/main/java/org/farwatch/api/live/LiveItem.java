package org.farwatch.api.live;

/**
 * Something to push.
 *
 * @param squadNo internal id of the squad it belongs to, 0 when none; decides who may see it
 * @param longitude WGS-84 degrees for items on the map, NaN for others; a viewer's bbox filters by it
 * @param body what is sent, as JSON
 */
public record LiveItem(long squadNo, double longitude, double latitude, Object body) {
    public static LiveItem of(long squadNo, Object body) {
        return new LiveItem(squadNo, Double.NaN, Double.NaN, body);
    }
}
