package org.farwatch.api.demo;

import java.time.Clock;
import org.farwatch.api.Application;
import org.farwatch.api.Ports;
import org.farwatch.api.duty.RosterBook;
import org.farwatch.api.map.MapLayers;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.rules.Rules;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Brings the demonstration to life once all ports are open. */
@Component
@ConditionalOnProperty(Application.DEMO)
class Demo implements DisposableBean {
    private final DemoPeople people;
    private final District district;
    private final DemoFleet fleet;
    private final Ports ports;

    Demo(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            JsonMapper json,
            MapLayers layers,
            Rules rules,
            DeviceRegister register,
            RosterBook book,
            Clock clock,
            Ports ports) {
        this.people = new DemoPeople(jdbc, transaction, json, layers, rules, register, book, clock);
        this.district = new District(json);
        this.fleet = new DemoFleet(clock);
        this.ports = ports;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        fleet.start(people.prepare(district), district.grid(), ports.bound());
    }

    @Override
    public void destroy() {
        fleet.close();
    }
}
