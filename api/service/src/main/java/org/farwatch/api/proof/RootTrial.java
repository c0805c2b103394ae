package org.farwatch.api.proof;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Sends a target something that is no root and says so, so that an administrator knows at once whether the address is
 * right. Waits for the answer, {@link #ANSWER} at most.
 */
@Component
class RootTrial implements DisposableBean {
    private static final int LONGEST_REASON = 300;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    static final Duration ANSWER = Duration.ofSeconds(15);

    private final ProofSettings settings;
    private final Clock clock;
    /** A redirect leads to an address that nobody allowed. */
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    RootTrial(ProofSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @param reason why it did not arrive, null when it did */
    record Outcome(boolean arrived, String reason, Instant at) {}

    Outcome send(RootTargets.Target target) {
        String reason;
        try {
            reason = switch (target.kind()) {
                case "webhook" -> post(target.address());
                case "mail" -> mail(target.address());
                default -> "nobody knows how to send to a " + target.kind();
            };
        } catch (IOException | MessagingException | IllegalArgumentException e) {
            String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            reason = words.substring(0, Math.min(LONGEST_REASON, words.length()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            reason = "the service ends";
        }
        return new Outcome(reason == null, reason, clock.instant());
    }

    private String post(String address) throws IOException, InterruptedException {
        String body = "{\"kind\":\"farwatch-root-test\",\"at\":\"" + clock.instant() + "\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("X-Farwatch-Test", "true")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        return status / 100 == 2 ? null : "it answered " + status;
    }

    private String mail(String address) throws MessagingException {
        if (settings.mail().host() == null) {
            return "farwatch.proof.mail.host is not set";
        }
        new RootMail(settings.mail()).tryOut(address, clock.instant());
        return null;
    }

    @Override
    public void destroy() {
        http.shutdownNow();
    }
}
