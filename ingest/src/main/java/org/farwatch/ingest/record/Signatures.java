package org.farwatch.ingest.record;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * Signatures as whoever receives them checks them: Ed25519 (RFC 8032), or SM2 with SM3 (GB/T 32918.2-2016; the user's id
 * is the usual {@code 1234567812345678}). The key says which.
 */
public final class Signatures {
    private static final String ED25519 = "Ed25519";

    private Signatures() {}

    /**
     * @param publicKey X.509 encoded
     * @param signed for SM2 the sequence of r and s in DER
     * @return whether the holder of the key signed the content; false also when the key is none
     */
    public static boolean verifies(byte[] publicKey, byte[] content, byte[] signed) {
        if (!isSm2(publicKey)) {
            return verifiesEd25519(publicKey, content, signed);
        }
        try {
            SM2Signer signer = new SM2Signer();
            signer.init(false, (ECPublicKeyParameters) PublicKeyFactory.createKey(publicKey));
            signer.update(content, 0, content.length);
            return signer.verifySignature(signed);
        } catch (IOException | RuntimeException _) {
            return false;
        }
    }

    /**
     * Hash of a public key: short enough to be printed and read out. SHA-256 in hexadecimal digits for an Ed25519 key, SM3
     * for an SM2 key.
     */
    public static String fingerprint(byte[] publicKey) {
        return (isSm2(publicKey) ? HashAlgorithm.SM3 : HashAlgorithm.SHA_256).of(publicKey);
    }

    private static boolean isSm2(byte[] publicKey) {
        try {
            var parameters =
                    SubjectPublicKeyInfo.getInstance(publicKey).getAlgorithm().getParameters();
            return GMObjectIdentifiers.sm2p256v1.equals(parameters);
        } catch (RuntimeException _) {
            return false;
        }
    }

    private static boolean verifiesEd25519(byte[] publicKey, byte[] content, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initVerify(KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(publicKey)));
            signature.update(content);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
