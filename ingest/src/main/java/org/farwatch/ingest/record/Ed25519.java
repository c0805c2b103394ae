package org.farwatch.ingest.record;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/** Signatures as whoever receives them checks them (RFC 8032). */
public final class Ed25519 {
    private static final String ALGORITHM = "Ed25519";

    private Ed25519() {}

    /**
     * @param publicKey X.509 encoded
     * @return whether the holder of the key signed the content; false also when the key is none
     */
    public static boolean verifies(byte[] publicKey, byte[] content, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey)));
            signature.update(content);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** SHA-256 of a public key in hexadecimal digits: short enough to be printed and read out. */
    public static String fingerprint(byte[] publicKey) {
        return Hashes.hex(Hashes.sha256().digest(publicKey));
    }
}
