package org.farwatch.api.telemetry;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.farwatch.api.RunningService;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.web.BureauTime;

/** A vehicle that stood, drove into a gap, drove on and stood, within the last 24 hours: for tests of the console. */
public final class DroveYesterday {
    private DroveYesterday() {}

    /** @return its public id */
    public static String vehicle(RunningService service) throws Exception {
        String id = DayOfPositions.device(service, null);
        // One local day holds all of it: 50 minutes that ended an hour ago, or before midnight.
        ZonedDateTime now = ZonedDateTime.now(Clock.system(BureauTime.ZONE));
        boolean early = now.getHour() < 2;
        LocalDate day = early ? now.toLocalDate().minusDays(1) : now.toLocalDate();
        int end = early ? 86_400 - 60 : now.toLocalTime().toSecondOfDay() - 3_600;
        DayOfPositions made = new DayOfPositions(day, end - 3_500)
                .go(400, 0)
                .go(500, 12)
                .silent(1800, 4_000)
                .go(300, 12)
                .go(400, 0);
        made.store(service.bean(DeviceRegister.class).byId(id).known().no(), made.fixes);
        return id;
    }
}
