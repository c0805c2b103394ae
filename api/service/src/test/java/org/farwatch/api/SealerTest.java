package org.farwatch.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SealerTest {
    private static final byte[] CONTENT = "rtsp://user:password@camera/".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OWNER = {1};

    private final Sealer sealer = new Sealer(secret(1));

    @Test
    void whatIsSealedIsHiddenAndOpensForItsOwner() throws GeneralSecurityException {
        byte[] sealed = sealer.seal(CONTENT, OWNER);

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("password");
        assertThat(new Sealer(secret(1)).open(sealed, OWNER)).isEqualTo(CONTENT);
        assertThat(sealer.seal(CONTENT, OWNER))
                .as("nothing tells that it is the same")
                .isNotEqualTo(sealed);
    }

    @Test
    void nothingElseOpensIt() {
        byte[] sealed = sealer.seal(CONTENT, OWNER);
        byte[] altered = sealed.clone();
        altered[altered.length - 1] ^= 1;

        assertThatThrownBy(() -> new Sealer(secret(2)).open(sealed, OWNER))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> sealer.open(sealed, new byte[] {2})).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> sealer.open(altered, OWNER)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> sealer.open(new byte[4], OWNER)).isInstanceOf(GeneralSecurityException.class);
    }

    private static String secret(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
