package org.farwatch.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.farwatch.api.Home;
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

    /** Without a user, a session or a question to the database. */
    @Test
    void theKeyInTheHomeReadsTheFiguresAndOpensNothingElse() throws IOException, InterruptedException {
        String key = RunningService.shared().bean(Home.class).secret("metrics");
        assertThat(status("GET", "/actuator/prometheus", key)).isEqualTo(200);
        assertThat(status("GET", "/actuator/prometheus", key + "x")).isEqualTo(401);
        assertThat(status("GET", "/actuator/prometheus", "")).isEqualTo(401);
        assertThat(status("POST", "/actuator/prometheus", key)).isEqualTo(401);
        assertThat(status("GET", "/actuator/metrics", key)).isEqualTo(401);
        assertThat(status("GET", "/actuator/prometheus/../metrics", key)).isIn(400, 401);
        assertThat(status("GET", "/api/v1/devices", key)).isEqualTo(401);
    }

    private static int status(String method, String path, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RunningService.shared().url() + path))
                .header("Authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
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
