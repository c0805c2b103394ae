package org.farwatch.api.overview;

import java.time.Clock;
import java.time.Instant;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.Permit;
import org.farwatch.api.access.Role;
import org.farwatch.api.duty.DutyFigures;
import org.farwatch.api.leads.Alerts;
import org.farwatch.api.map.MapSettings;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.org.RegisteredDevice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /overview}: how the district stands, within what the caller may see. */
@RestController
@RequestMapping("/api/v1/overview")
class OverviewController {
    private final MapSettings map;
    private final DutyFigures duties;
    private final DeviceRegister register;
    private final Alerts alerts;
    private final Clock clock;

    OverviewController(MapSettings map, DutyFigures duties, DeviceRegister register, Alerts alerts, Clock clock) {
        this.map = map;
        this.duties = duties;
        this.register = register;
        this.alerts = alerts;
        this.clock = clock;
    }

    record Overview(
            String district,
            int onDuty,
            int onPost,
            int devices,
            int devicesOnline,
            long alertsNew,
            Instant serverTime) {}

    @GetMapping
    @Permit({Role.OPERATOR, Role.INSPECTOR, Role.SQUAD_LEADER})
    Overview overview(DataScope scope) {
        DutyFigures.Figures figures = duties.now(scope);
        int devices = 0;
        int online = 0;
        for (RegisteredDevice device : register.all()) {
            if (scope.sees(device.squadNo())) {
                devices++;
                online += register.activity().of(device.known().no()).online() ? 1 : 0;
            }
        }
        return new Overview(
                map.district(),
                figures.onDuty(),
                figures.onPost(),
                devices,
                online,
                alerts.countNew(scope),
                clock.instant());
    }
}
