package org.farwatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** {@code docs/settings.md} says what the code does. */
class SettingsTableTest {
    private static final String NONE = "–";
    private static final Pattern ROW =
            Pattern.compile("\\| `(farwatch\\.[a-z0-9.-]+)` \\| `([A-Z0-9_]+)` \\| (`[^`]*`|–) \\| .*\\|");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(farwatch\\.[a-z0-9.-]+):([^}]*)}");

    /** Name to default, {@link #NONE} where there is none. */
    private static final Map<String, String> CODE = new TreeMap<>();

    private static final Map<String, String> TABLE = new TreeMap<>();
    private static final Map<String, String> VARIABLES = new TreeMap<>();

    @BeforeAll
    static void readBoth() throws IOException, ClassNotFoundException {
        CODE.put("farwatch.home", "./data");
        Matcher placeholder = PLACEHOLDER.matcher(resource("application.yaml"));
        while (placeholder.find()) {
            CODE.put(placeholder.group(1), placeholder.group(2));
        }
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        for (var found : scanner.findCandidateComponents("org.farwatch")) {
            Class<?> type = Class.forName(found.getBeanClassName());
            readRecord(type.getAnnotation(ConfigurationProperties.class).value(), type);
        }
        for (String line : Files.readAllLines(repository().resolve("docs/settings.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                TABLE.put(row.group(1), row.group(3).replace("`", ""));
                VARIABLES.put(row.group(1), row.group(2));
            }
        }
    }

    @Test
    void everySettingStandsInTheTableWithItsDefaultAndNoOtherDoes() {
        assertThat(TABLE).containsExactlyInAnyOrderEntriesOf(CODE);
    }

    @Test
    void everyEnvironmentVariableFollowsSpringsRule() {
        VARIABLES.forEach((setting, variable) -> assertThat(variable)
                .as(setting)
                .isEqualTo(setting.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_')));
    }

    private static void readRecord(String prefix, Class<?> type) {
        assertThat(type.isRecord()).as("%s is a record", type).isTrue();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                readRecord(name, component.getType());
            } else {
                CODE.put(name, initial(type, component.getName()));
            }
        }
    }

    /** Spring reads the annotation from the constructor's parameter. */
    private static String initial(Class<?> type, String component) {
        for (var parameter : type.getDeclaredConstructors()[0].getParameters()) {
            if (parameter.getName().equals(component)) {
                DefaultValue given = parameter.getAnnotation(DefaultValue.class);
                String value = given == null ? "" : String.join(",", given.value());
                return value.isEmpty() ? NONE : value;
            }
        }
        throw new IllegalStateException(type + " has no parameter " + component + "; compile with -parameters");
    }

    private static String resource(String name) throws IOException {
        return Files.readString(
                repository().resolve("api/service/src/main/resources").resolve(name));
    }

    /** Surefire runs in the module's folder, an IDE perhaps in the root. */
    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (Files.notExists(folder.resolve("docs/settings.md"))) {
            folder = folder.getParent();
            assertThat(folder)
                    .as("the repository's root above the working folder")
                    .isNotNull();
        }
        return folder;
    }
}
