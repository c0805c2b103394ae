package org.farwatch.api;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what a database must not tell by itself: AES-256-GCM (NIST SP 800-38D), a random nonce each time, bound to
 * what it belongs to. The key lies in {@code FARWATCH_HOME/keys}, so neither a dump nor a query shows the content.
 * Threads may share it; one works at a time.
 */
public final class Sealer {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();
    private final Cipher cipher;

    /** @param secret as {@link Home#secret} gives it: URL-safe Base64 of 32 bytes */
    public Sealer(String secret) {
        key = new SecretKeySpec(Base64.getUrlDecoder().decode(secret), "AES");
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks AES/GCM", e);
        }
    }

    /**
     * Nonce, then ciphertext and tag.
     *
     * @param owner what the content belongs to; with another it cannot be opened
     */
    public synchronized byte[] seal(byte[] content, byte[] owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(owner);
            byte[] encrypted = cipher.doFinal(content);
            return ByteBuffer.allocate(NONCE_BYTES + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM does not encrypt", e);
        }
    }

    /**
     * The content that {@link #seal} hid.
     *
     * @throws GeneralSecurityException when it was sealed with another key or for another owner, or was changed
     */
    public synchronized byte[] open(byte[] sealed, byte[] owner) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES) {
            throw new AEADBadTagException("sealed content is at least " + NONCE_BYTES + " bytes");
        }
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
        cipher.updateAAD(owner);
        return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }
}
