package org.farwatch.ingest.sip;

import static org.farwatch.ingest.fuzz.Invariant.holds;
import static org.farwatch.ingest.fuzz.Invariant.same;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farwatch.ingest.fuzz.OpenRegister;
import org.farwatch.ingest.sip.Digest.Verdict;

/**
 * {@link Digest}: what does not know the password never gets in, with a nonce of ours (where {@code @} stands) or without
 * one, and what knows it does.
 */
public final class DigestFuzz {
    private static final String USER = "34020000001320000001";
    private static final String PASSWORD = "only-for-this";
    private static final Digest DIGEST = new Digest("3402000000", OpenRegister.CLOCK);
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");

    private DigestFuzz() {}

    public static void run(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String challenge = DIGEST.challenge(USER, false);
        Matcher nonce = NONCE.matcher(challenge);
        holds(nonce.find(), "a challenge without a nonce");
        Verdict verdict = DIGEST.check(text.replace("@", nonce.group(1)), "REGISTER", USER, PASSWORD);
        holds(verdict != Verdict.RIGHT, "let in without the password");
        holds(!Digest.answer(text, "REGISTER", "sip:x", USER, PASSWORD).isEmpty(), "no answer to a challenge");
        if (text.indexOf('"') < 0) {
            String right = Digest.answer(challenge, "REGISTER", text, USER, PASSWORD);
            same(DIGEST.check(right, "REGISTER", USER, PASSWORD), Verdict.RIGHT, "the right answer");
        }
    }
}
