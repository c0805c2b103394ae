package org.farwatch.api.web;

import java.time.ZoneId;

/** The clock on the bureau's wall: days, weekdays and hours that people set are its own. */
public final class BureauTime {
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private BureauTime() {}
}
