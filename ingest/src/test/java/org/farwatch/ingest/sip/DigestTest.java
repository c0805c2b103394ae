package org.farwatch.ingest.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.sip.Digest.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final String USER = "34020000001320000001";
    private static final String REALM = "3402000000";
    private static final Instant NOW = Instant.parse("2026-05-04T02:00:00Z");

    private final Digest digest = new Digest(REALM, Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(strings = {"sip:34020000002000000001@3402000000", "34020000002000000001@3402000000"})
    void theAddressIsTakenAsItIsSent(String uri) {
        String answer = Digest.answer(digest.challenge(USER, false), "REGISTER", uri, USER, "secret");
        assertThat(digest.check(answer, "REGISTER", USER, "secret")).isEqualTo(Verdict.RIGHT);
        assertThat(digest.check(answer, "REGISTER", USER, "another")).isEqualTo(Verdict.WRONG);
    }

    /** Written after RFC 2617, 3.2.2.1, not with the code under test. */
    @Test
    void qualityOfProtectionIsUnderstood() throws NoSuchAlgorithmException {
        Matcher nonce = Pattern.compile("nonce=\"([^\"]+)\"").matcher(digest.challenge(USER, false));
        assertThat(nonce.find()).isTrue();
        String first = md5(USER + ":" + REALM + ":secret");
        String second = md5("REGISTER:sip:a@b");
        String response = md5(first + ":" + nonce.group(1) + ":00000001:0a4f113b:auth:" + second);
        String header = ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"sip:a@b\", response=\"%s\","
                        + " algorithm=MD5, cnonce=\"0a4f113b\", qop=auth, nc=00000001")
                .formatted(USER, REALM, nonce.group(1), response);
        assertThat(digest.check(header, "REGISTER", USER, "secret")).isEqualTo(Verdict.RIGHT);
        assertThat(digest.check(header, "INVITE", USER, "secret")).isEqualTo(Verdict.WRONG);
    }

    @Test
    void aChallengeIsGoodForItsUserAndForAWhile() {
        String answer = Digest.answer(digest.challenge(USER, false), "REGISTER", "sip:a@b", USER, "secret");
        assertThat(digest.check(answer, "REGISTER", "34020000001320000002", "secret"))
                .isEqualTo(Verdict.STALE);
        Digest another = new Digest(REALM, Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(another.check(answer, "REGISTER", USER, "secret")).isEqualTo(Verdict.STALE);
        assertThat(digest.check("Digest nonsense", "REGISTER", USER, "secret")).isEqualTo(Verdict.STALE);
    }

    /** A message may be of 1 MB, and whoever sends it has not shown a password yet. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "a ", "a=\"", "a = ", "=", "\""})
    void aLongHeaderIsReadInNoTime(String part) {
        String header = "Digest " + part.repeat(SipSettings.MAX_MESSAGE / part.length());
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(digest.check(header, "REGISTER", USER, "secret"))
                        .isEqualTo(Verdict.STALE));
    }

    @Test
    void anOldChallengeIsAskedAgain() {
        SteppingClock clock = new SteppingClock();
        Digest aging = new Digest(REALM, clock);
        String answer = Digest.answer(aging.challenge(USER, false), "REGISTER", "sip:a@b", USER, "secret");
        clock.now = NOW.plus(Digest.GOOD_FOR);
        assertThat(aging.check(answer, "REGISTER", USER, "secret")).isEqualTo(Verdict.RIGHT);
        clock.now = NOW.plus(Digest.GOOD_FOR).plus(Duration.ofMillis(1));
        assertThat(aging.check(answer, "REGISTER", USER, "secret")).isEqualTo(Verdict.STALE);
        assertThat(aging.challenge(USER, true)).contains("stale=true");
    }

    private static final class SteppingClock extends Clock {
        private Instant now = NOW;

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static String md5(String text) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
