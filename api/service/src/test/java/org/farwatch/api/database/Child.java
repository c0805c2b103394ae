package org.farwatch.api.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line as a user starts it: a process of its own, ports chosen by the system unless a test says otherwise. */
public final class Child implements AutoCloseable {
    public static final String ADMIN_PASSWORD = "child-password-1";

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Pattern CONSOLE = Pattern.compile("console +(http://[^/\\s]+)/");

    private final Process process;
    private final Path words;

    private Child(Process process, Path words) {
        this.process = process;
        this.words = words;
    }

    /** @param settings environment variables on top of the usual ones */
    public static Child start(Path home, Map<String, String> settings, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.farwatch.api.Farwatch"));
        command.addAll(List.of(arguments));
        try {
            Path words = Files.createTempFile("farwatch-child", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(words.toFile());
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("FARWATCH_"));
            environment.putAll(Map.of(
                    "FARWATCH_HOME", home.toString(),
                    "FARWATCH_HTTP_PORT", "0",
                    "FARWATCH_JT808_PORT", "0",
                    "FARWATCH_JT809_PORT", "0",
                    "FARWATCH_GB28181_PORT", "0",
                    "FARWATCH_JT1078_PORT", "0",
                    "FARWATCH_JT1078_PLAYBACKPORT", "0",
                    "FARWATCH_JT1078_TALKPORT", "0",
                    "FARWATCH_MQTT_PORT", "0",
                    "FARWATCH_ADMIN_PASSWORD", ADMIN_PASSWORD));
            environment.putAll(settings);
            return new Child(builder.start(), words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts, waits for its end and expects this exit code. @return all that it printed */
    public static String run(int code, Path home, Map<String, String> settings, String... arguments) {
        try (Child child = start(home, settings, arguments)) {
            assertThat(child.exited())
                    .as("%s ends by itself", List.of(arguments))
                    .isTrue();
            String said = child.words();
            assertThat(child.process.exitValue()).as(said).isEqualTo(code);
            return said;
        }
    }

    /** What a start with these settings says that fails: exactly one line. */
    static String failure(Path home, Map<String, String> settings) {
        String said = run(1, home, settings, "serve").strip();
        assertThat(said.lines().toList()).as("one line").hasSize(1);
        assertThat(said).startsWith("Farwatch cannot start: ");
        return said.substring("Farwatch cannot start: ".length());
    }

    public Child awaitReady() {
        await().atMost(LONGEST).until(() -> words().contains("is ready") || !process.isAlive());
        assertThat(process.isAlive()).as(words()).isTrue();
        return this;
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Of console and API, once it is ready. */
    public String url() {
        Matcher console = CONSOLE.matcher(words());
        assertThat(console.find()).as(words()).isTrue();
        return console.group(1);
    }

    public String words() {
        try {
            return Files.readString(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean exited() {
        try {
            return process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it as a service manager does, and waits. */
    @Override
    public void close() {
        process.destroy();
        if (!exited()) {
            process.destroyForcibly();
        }
        try {
            Files.delete(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
