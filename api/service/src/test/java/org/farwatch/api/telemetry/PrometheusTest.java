package org.farwatch.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.farwatch.api.RunningService;
import org.junit.jupiter.api.Test;

/** The figures as Prometheus reads them, and the dashboard made of them. */
class PrometheusTest {
    private static final Path DASHBOARD = Path.of("../../docker/grafana/telemetry.json");
    private static final Pattern NAME = Pattern.compile("farwatch_[a-z0-9_]+");

    @Test
    void everyFigureOfTheDashboardIsThere() throws IOException {
        String scraped = RunningService.shared()
                .call("GET", "/actuator/prometheus", null)
                .response()
                .body();

        Set<String> there = scraped.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
        assertThat(there).containsAll(namesIn(Files.readString(DASHBOARD)));
        assertThat(scraped).contains("farwatch_jt808_ack_total{le=\"0.1\"}", "farwatch_jt808_ack_total{le=\"+Inf\"}");
    }

    private static Set<String> namesIn(String dashboard) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(dashboard);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        assertThat(names).hasSizeGreaterThan(15);
        return names;
    }
}
