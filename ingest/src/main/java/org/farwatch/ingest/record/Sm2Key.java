package org.farwatch.ingest.record;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * A key that signs by SM2 with SM3 (GB/T 32918.2-2016) on the curve of GB/T 32918.5-2017, under the usual user's id {@code
 * 1234567812345678}. Threads may share it.
 */
public final class Sm2Key implements Signer {
    private final ECPrivateKeyParameters privateKey;
    private final ECPublicKeyParameters publicKey;
    private final SecureRandom random = new SecureRandom();

    private Sm2Key(ECPrivateKeyParameters privateKey, ECPublicKeyParameters publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A new one. */
    public static Sm2Key make() {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(
                        GMObjectIdentifiers.sm2p256v1, GMNamedCurves.getByOID(GMObjectIdentifiers.sm2p256v1)),
                new SecureRandom()));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        return new Sm2Key((ECPrivateKeyParameters) pair.getPrivate(), (ECPublicKeyParameters) pair.getPublic());
    }

    /**
     * One that was kept.
     *
     * @param privateKey PKCS #8 encoded
     * @param publicKey X.509 encoded
     * @throws IOException when they are none
     */
    public static Sm2Key of(byte[] privateKey, byte[] publicKey) throws IOException {
        if (PrivateKeyFactory.createKey(privateKey) instanceof ECPrivateKeyParameters hidden
                && PublicKeyFactory.createKey(publicKey) instanceof ECPublicKeyParameters shown) {
            return new Sm2Key(hidden, shown);
        }
        throw new IOException("this is no SM2 key");
    }

    /** The sequence of r and s in DER. */
    @Override
    public byte[] sign(byte[] content) {
        SM2Signer signer = new SM2Signer();
        signer.init(true, new ParametersWithRandom(privateKey, random));
        signer.update(content, 0, content.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("SM2 signs everything", e);
        }
    }

    @Override
    public byte[] publicKey() {
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey)
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS #8 encoded: the secret. */
    public byte[] privateKey() {
        try {
            return PrivateKeyInfoFactory.createPrivateKeyInfo(privateKey).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
