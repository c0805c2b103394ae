package org.farwatch.api.demo;

import java.time.Clock;
import org.farwatch.api.Application;
import org.farwatch.api.Home;
import org.farwatch.api.Ports;
import org.farwatch.api.access.AccessTokens;
import org.farwatch.api.access.UserStore;
import org.farwatch.api.duty.RosterBook;
import org.farwatch.api.gb28181.Gb28181Properties;
import org.farwatch.api.map.MapLayers;
import org.farwatch.api.org.DeviceRegister;
import org.farwatch.api.rules.Rules;
import org.farwatch.api.video.LocalCameras;
import org.farwatch.api.zones.ZoneBook;
import org.farwatch.ingest.simulator.camera.Scene;
import org.farwatch.vision.shape.Point;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Brings the demonstration to life once all ports are open. */
@Component
@ConditionalOnProperty(Application.DEMO)
@EnableConfigurationProperties({FootageSettings.class, DemoSettings.class})
class Demo implements DisposableBean {
    private final DemoPeople people;
    private final District district;
    private final DemoFleet fleet;
    private final DemoCameras cameras;
    private final ZoneBook zones;
    private final FootageSettings footage;
    private final Ports ports;
    private final DemoMatters matters;
    private final DemoDevices devices;

    Demo(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            JsonMapper json,
            MapLayers layers,
            Rules rules,
            DeviceRegister register,
            RosterBook book,
            LocalCameras streams,
            ZoneBook zones,
            FootageSettings footage,
            AccessTokens tokens,
            UserStore users,
            DemoSettings settings,
            WebServerApplicationContext server,
            Clock clock,
            Ports ports,
            Home home,
            Gb28181Properties gb28181) {
        this.people = new DemoPeople(jdbc, transaction, json, layers, rules, register, book, clock);
        this.district = new District(json);
        this.fleet = new DemoFleet(clock);
        this.cameras = new DemoCameras(jdbc, streams);
        this.zones = zones;
        this.footage = footage;
        this.ports = ports;
        DemoUsers callers = new DemoUsers(users, tokens, json, clock, server);
        this.matters = new DemoMatters(callers::user, clock, settings, cameras::more);
        this.devices = new DemoDevices(callers::user, clock, gb28181.id(), home.secret("demo-gb28181"));
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        DemoPeople.Cast cast = people.prepare(district);
        fleet.start(cast, district.grid(), ports.bound());
        for (DemoCameras.Placed camera : cameras.start(district.grid(), footage.footage())) {
            zones.keepClutter(
                    Long.parseLong(camera.streamId()),
                    "人行道",
                    camera.scene().pavement().stream()
                            .map(corner -> new Point(corner.x(), corner.y()))
                            .toList(),
                    Scene.DWELL_SECONDS,
                    DemoPeople.BY);
        }
        matters.start();
        devices.start(district.grid(), ports.bound());
    }

    @Override
    public void destroy() {
        matters.close();
        devices.close();
        fleet.close();
        cameras.close();
    }
}
