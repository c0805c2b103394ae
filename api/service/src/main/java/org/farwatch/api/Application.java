package org.farwatch.api;

import java.nio.file.Path;
import java.util.Map;
import org.farwatch.api.access.FirstUser;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The service as a Spring Boot application. */
@SpringBootApplication
public class Application {
    /** Set by {@code serve --demo}. */
    public static final String DEMO = "farwatch.demo.enabled";

    @Bean
    Home home(Environment environment) {
        return Home.open(Path.of(environment.getProperty("farwatch.home", "./data")));
    }

    /**
     * Starts the service and returns when it runs; its threads keep the process alive.
     *
     * @return 0, or 1 after one clear line when it cannot start
     */
    static int serve(boolean demo) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setDefaultProperties(
                demo ? Map.of(DEMO, "true", "farwatch.map.district", "远望区") : Map.of(DEMO, "false"));
        try {
            ConfigurableApplicationContext context = application.run();
            announce(context);
            return 0;
        } catch (RuntimeException e) {
            String sentence = StartSentence.of(e);
            if (sentence == null) {
                throw e;
            }
            System.err.println("Farwatch cannot start: " + sentence);
            return 1;
        }
    }

    private static void announce(ConfigurableApplicationContext context) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        String host = context.getEnvironment().getProperty("server.address", "127.0.0.1");
        System.out.println();
        System.out.println("Farwatch 远督 is ready");
        System.out.println("  console       http://" + host + ":" + port + "/");
        context.getBean(Ports.class)
                .bound()
                .forEach((name, address) -> System.out.printf("  %-13s %s%n", name, address));
        System.out.println("  home          " + context.getBean(Home.class).path());
        context.getBean(FirstUser.class)
                .generatedPassword()
                .ifPresent(password -> System.out.println("  first user admin, password " + password
                        + " (printed this once; change it after the first login)"));
        System.out.println();
    }
}
