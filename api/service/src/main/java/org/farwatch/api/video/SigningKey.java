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
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.farwatch.api.Home;
import org.farwatch.api.StartupFailure;
import org.farwatch.api.proof.ProofSettings;
import org.farwatch.ingest.record.Signatures;
import org.farwatch.ingest.record.Signer;
import org.farwatch.ingest.record.Sm2Key;
import org.springframework.stereotype.Component;

/**
 * The key that this house signs with, kept in {@code FARWATCH_HOME/keys}: Ed25519 (RFC 8032) in {@code signing.key}, or SM2
 * (GB/T 32918) in {@code signing-sm2.key} where {@code farwatch.proof.suite} is national. Its fingerprint is to be made known
 * outside of the house, so that what is signed can be told from what somebody else signed.
 */
@Component
public final class SigningKey implements Signer {
    private static final String ALGORITHM = "Ed25519";
    private static final String OWNER_ONLY = "rw-------";

    private final Signer signer;

    SigningKey(Home home, ProofSettings settings) {
        Path folder = home.folder("keys");
        try {
            signer = switch (settings.suite()) {
                case INTERNATIONAL -> ed25519(folder.resolve("signing.key"), folder.resolve("signing.pub"));
                case NATIONAL -> sm2(folder.resolve("signing-sm2.key"), folder.resolve("signing-sm2.pub"));
            };
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new StartupFailure("the signing key in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] sign(byte[] content) {
        return signer.sign(content);
    }

    @Override
    public byte[] publicKey() {
        return signer.publicKey();
    }

    /** Hash of the public key: what is made known of it. */
    public String fingerprint() {
        return Signatures.fingerprint(publicKey());
    }

    private record Ed25519(PrivateKey privateKey, byte[] publicKey) implements Signer {
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
    }

    private static Signer ed25519(Path hidden, Path shown) throws IOException, GeneralSecurityException {
        if (Files.notExists(hidden)) {
            KeyPair made = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            write(shown, made.getPublic().getEncoded());
            write(hidden, made.getPrivate().getEncoded());
        }
        return new Ed25519(
                KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(read(hidden))), read(shown));
    }

    private static Signer sm2(Path hidden, Path shown) throws IOException {
        if (Files.notExists(hidden)) {
            Sm2Key made = Sm2Key.make();
            write(shown, made.publicKey());
            write(hidden, made.privateKey());
        }
        return Sm2Key.of(read(hidden), read(shown));
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
