package org.farwatch.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code docker/check} passes; what this machine lacks a tool for, it prints as skipped. */
class DockerFilesTest {
    @Test
    void whatCanBeCheckedOfTheContainerFilesIsRight() throws IOException, InterruptedException {
        Process check = new ProcessBuilder(
                        "bash",
                        SettingsTableTest.repository().resolve("docker/check").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(said);
        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said).contains("health parses");
    }
}
