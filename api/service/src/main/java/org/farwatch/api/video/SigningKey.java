package org.farwatch.api.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.farwatch.api.Home;
import org.farwatch.api.StartupFailure;
import org.farwatch.ingest.record.Ed25519;
import org.farwatch.ingest.record.Signer;
import org.springframework.stereotype.Component;

/**
 * The key that this house signs with (Ed25519, RFC 8032), kept in {@code FARWATCH_HOME/keys}. Its fingerprint is to be
 * made known outside of the house, so that what is signed can be told from what somebody else signed.
 */
@Component
public final class SigningKey implements Signer {
    private static final String ALGORITHM = "Ed25519";
    private static final String OWNER_ONLY = "rw-------";

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    SigningKey(Home home) {
        Path folder = home.folder("keys");
        Path hidden = folder.resolve("signing.key");
        Path shown = folder.resolve("signing.pub");
        try {
            if (Files.notExists(hidden)) {
                KeyPair made = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
                write(shown, made.getPublic().getEncoded());
                write(hidden, made.getPrivate().getEncoded());
            }
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(read(hidden)));
            publicKey = factory.generatePublic(new X509EncodedKeySpec(read(shown)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new StartupFailure("the signing key in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs by Ed25519", e);
        }
    }

    @Override
    public byte[] publicKey() {
        return publicKey.getEncoded();
    }

    /** SHA-256 of the public key in hexadecimal digits. */
    public String fingerprint() {
        return Ed25519.fingerprint(publicKey());
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        Files.writeString(file, Base64.getEncoder().encodeToString(content), StandardOpenOption.SYNC);
    }

    private static byte[] read(Path file) throws IOException {
        return Base64.getDecoder().decode(Files.readString(file).strip());
    }
}
