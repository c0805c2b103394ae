package org.farwatch.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Which ports the service means to open and which it has; health is UP only when all are bound. */
@Component("ports")
public class Ports implements HealthIndicator {
    private static final String PENDING = "";

    private final Map<String, String> addresses = Collections.synchronizedMap(new LinkedHashMap<>());

    /** Said while the service is built. */
    public void expect(String name) {
        addresses.putIfAbsent(name, PENDING);
    }

    public void bound(String name, String address) {
        addresses.put(name, address);
    }

    /** Name and address of every bound port, in the order of their announcement. */
    public Map<String, String> bound() {
        Map<String, String> bound = new LinkedHashMap<>(addresses);
        bound.values().removeIf(String::isEmpty);
        return bound;
    }

    @Override
    public Health health() {
        return addresses.containsValue(PENDING)
                ? Health.down().build()
                : Health.up().withDetails(addresses).build();
    }
}
