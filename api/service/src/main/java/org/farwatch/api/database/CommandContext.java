package org.farwatch.api.database;

import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * The settings that a command shares with the service, read from the same places: environment and configuration files.
 *
 * @param home the folder, which need not exist
 */
record CommandContext(Path home, DatabaseSettings database) {
    private static final class Nothing {}

    static CommandContext read() {
        SpringApplication application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run()) {
            Environment environment = context.getEnvironment();
            return new CommandContext(
                    Path.of(environment.getProperty("farwatch.home", "./data"))
                            .toAbsolutePath()
                            .normalize(),
                    Binder.get(environment).bindOrCreate("farwatch.database", DatabaseSettings.class));
        }
    }
}
