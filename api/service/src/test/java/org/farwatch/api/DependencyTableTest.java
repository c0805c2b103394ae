package org.farwatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/dependencies.md} gives the reason for each dependency. */
class DependencyTableTest {
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>", Pattern.DOTALL);
    private static final Pattern MANAGED =
            Pattern.compile("<dependencyManagement>.*?</dependencyManagement>", Pattern.DOTALL);
    private static final String OURS = "org.farwatch";

    @Test
    void everyDependencyHasItsReason() throws IOException {
        Path root = SettingsTableTest.repository();
        String table = Files.readString(root.resolve("docs/dependencies.md"));
        Set<String> used = new TreeSet<>();
        for (String module : new String[] {"geo", "ingest", "vision", "api/console", "api/service", "benchmarks"}) {
            Path pom = root.resolve(module).resolve("pom.xml");
            if (Files.exists(pom)) {
                used.addAll(dependencies(Files.readString(pom)));
            }
        }
        JsonNode console =
                JsonMapper.builder().build().readTree(Files.readString(root.resolve("api/console/package.json")));
        used.addAll(console.get("dependencies").propertyNames());
        used.addAll(console.get("devDependencies").propertyNames());

        assertThat(used)
                .hasSizeGreaterThan(30)
                .allSatisfy(name -> assertThat(table).as("docs/dependencies.md").contains("`" + name + "`"));
    }

    private static Set<String> dependencies(String pom) {
        Set<String> found = new TreeSet<>();
        Matcher dependency = DEPENDENCY.matcher(MANAGED.matcher(pom).replaceAll(""));
        while (dependency.find()) {
            if (!dependency.group(1).equals(OURS)) {
                found.add(dependency.group(2));
            }
        }
        return found;
    }
}
