package org.farwatch.api;

import java.util.Arrays;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;

/**
 * Says in one sentence why the service cannot start, where an administrator can mend it. Known to Spring Boot by {@code
 * spring.factories}, so that it does not print a stack trace for such a reason.
 */
public final class StartSentence implements FailureAnalyzer {
    private static final String OURS = "farwatch.";

    /** The sentence, or null for a reason that is not the administrator's to mend. */
    static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StartupFailure known -> {
                    return known.getMessage();
                }
                case PortInUseException taken -> {
                    return "farwatch.http.port " + taken.getPort() + " is taken by another program";
                }
                case FlywayException schema -> {
                    return "the database schema does not fit this release: " + schema.getMessage();
                }
                case BindException setting -> {
                    return unfit(setting);
                }
                case InvalidConfigurationPropertyValueException value -> {
                    return ours(value.getName()) + " does not take the value " + value.getValue();
                }
                case WebServerException server
                when bindProblem(server) != null -> {
                    return "farwatch.http.host cannot be listened on: " + bindProblem(server);
                }
                default -> {}
            }
        }
        return null;
    }

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        String sentence = of(failure);
        return sentence == null ? null : new FailureAnalysis(sentence, null, failure);
    }

    /** Our records name setting, value and rule themselves; a value of the wrong type never gets that far. */
    private static String unfit(BindException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException
                    && cause.getMessage() != null
                    && cause.getMessage().startsWith(OURS)) {
                return cause.getMessage();
            }
        }
        ConfigurationProperty property = failure.getProperty();
        if (property == null) {
            return failure.getMessage();
        }
        return ours(property.getName().toString()) + " must be "
                + kind(failure.getTarget().getType().resolve(Object.class)) + ", was " + property.getValue();
    }

    private static String kind(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "a duration such as 90s, 15m or 72h";
            case "InetAddress" -> "an address of this machine";
            default ->
                type.isEnum() ? "one of " + Arrays.toString(type.getEnumConstants()) : "a " + type.getSimpleName();
        };
    }

    /** Two of Spring's settings have a name of ours. */
    private static String ours(String name) {
        return switch (name) {
            case "server.port" -> "farwatch.http.port";
            case "server.address" -> "farwatch.http.host";
            default -> name;
        };
    }

    private static String bindProblem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.net.BindException) {
                return cause.getMessage();
            }
        }
        return null;
    }
}
