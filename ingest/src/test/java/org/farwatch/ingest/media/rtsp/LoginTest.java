package org.farwatch.ingest.media.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the standards' own examples show, and which of several demands is answered. */
class LoginTest {
    private static final String PAGE = "/dir/index.html";
    private static final String RFC_7616 = "realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
            + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
            + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    @Test
    void nothingIsShownBeforeItIsAskedFor() {
        assertThat(new Login("Mufasa", "secret").header("DESCRIBE", "rtsp://camera/"))
                .isEmpty();
    }

    /** RFC 7616, 3.9.1. */
    @Test
    void theExamplesOfDigestHaveTheirResponses() {
        assertThat(shown("Digest " + RFC_7616 + ", algorithm=SHA-256"))
                .contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"")
                .contains("algorithm=SHA-256", "nc=00000001", "qop=auth,");
        assertThat(shown("Digest " + RFC_7616 + ", algorithm=MD5"))
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"");
    }

    /** RFC 2617, 3.2.2.1, without qop, as most cameras ask; the numbers are those of RFC 2069, 2.4, as corrected. */
    @Test
    void aDemandWithoutQualityOfProtectionIsAnsweredByItself() {
        Login login = new Login("Mufasa", "CircleOfLife");
        assertThat(
                        login.challenged(
                                List.of(
                                        "Digest realm=\"testrealm@host.com\","
                                                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")))
                .isTrue();
        assertThat(login.header("GET", PAGE).orElseThrow())
                .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
                .doesNotContain("cnonce");
    }

    @Test
    void digestIsTakenBeforeBasicAndBasicWhereNothingElseIsKnown() {
        Login both = new Login("user", "pass");
        assertThat(both.challenged(List.of("Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"1\"")))
                .isTrue();
        assertThat(both.header("DESCRIBE", "rtsp://camera/").orElseThrow()).startsWith("Digest ");

        Login plain = new Login("user", "pass");
        assertThat(plain.challenged(List.of("Digest realm=\"x\", nonce=\"1\", algorithm=SHA-512", "Basic realm=\"x\"")))
                .isTrue();
        assertThat(plain.header("DESCRIBE", "rtsp://camera/")).contains("Basic dXNlcjpwYXNz");
    }

    @Test
    void aSecondRefusalIsFinalUnlessTheNumberWasOld() {
        Login login = new Login("user", "pass");
        assertThat(login.challenged(List.of("Digest realm=\"x\", nonce=\"1\""))).isTrue();
        assertThat(login.challenged(List.of("Digest realm=\"x\", nonce=\"2\""))).isFalse();
        assertThat(login.challenged(List.of("Digest realm=\"x\", nonce=\"2\", stale=TRUE")))
                .isTrue();
        assertThat(login.challenged(List.of("Bearer x"))).isFalse();
    }

    private static String shown(String demand) {
        Login login = new Login("Mufasa", "Circle of Life", () -> "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        assertThat(login.challenged(List.of(demand))).isTrue();
        return login.header("GET", PAGE).orElseThrow();
    }
}
