package org.farwatch.api.proof;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code farwatch.proof.*}.
 *
 * @param suite what is new is hashed and signed with
 * @param keepLogs how long entries of audit and view log are kept; null for ever
 * @param tries to send a day root to one target
 * @param retry pause after the first failed try; each later one is twice as long, six hours at most
 * @param alertAfter so long after it was made a root that is to be sent and went nowhere raises an alert
 * @param mail how mail is sent
 */
@ConfigurationProperties("farwatch.proof")
public record ProofSettings(
        @DefaultValue("international") Suite suite,
        Duration keepLogs,
        @DefaultValue("12") int tries,
        @DefaultValue("1m") Duration retry,
        @DefaultValue("3d") Duration alertAfter,
        @DefaultValue Mail mail) {
    /** The law asks for six months of logs at least. */
    private static final Duration LEAST_KEPT = Duration.ofDays(183);

    /**
     * {@code farwatch.proof.mail.*}.
     *
     * @param host of the server, null where no mail is sent
     * @param security {@code starttls}, {@code tls} from the first byte, or {@code none}
     * @param user to log in with, null for no login
     * @param from sender
     */
    public record Mail(
            String host,
            @DefaultValue("587") int port,
            @DefaultValue("starttls") Security security,
            String user,
            String password,
            String from) {
        public Mail {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("farwatch.proof.mail.port must be 1 to 65535, was " + port);
            }
            if (host != null && (from == null || from.isBlank())) {
                throw new IllegalArgumentException("farwatch.proof.mail.from must be given with a host");
            }
        }
    }

    /** Of the connection to the mail server. */
    public enum Security {
        NONE,
        STARTTLS,
        TLS
    }

    public ProofSettings {
        if (keepLogs != null && keepLogs.compareTo(LEAST_KEPT) < 0) {
            throw new IllegalArgumentException("farwatch.proof.keep-logs must be at least " + LEAST_KEPT.toDays()
                    + "d, was " + keepLogs.toDays() + "d");
        }
        if (tries < 1 || tries > 100) {
            throw new IllegalArgumentException("farwatch.proof.tries must be 1 to 100, was " + tries);
        }
        if (retry.toMillis() < 1 || retry.compareTo(Duration.ofHours(6)) > 0) {
            throw new IllegalArgumentException("farwatch.proof.retry must be 1ms to 6h, was " + retry);
        }
        if (alertAfter.toMillis() < 1) {
            throw new IllegalArgumentException("farwatch.proof.alert-after must be above 0, was " + alertAfter);
        }
    }
}
