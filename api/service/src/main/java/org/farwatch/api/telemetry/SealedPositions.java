package org.farwatch.api.telemetry;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.farwatch.geo.PositionBatch;

/**
 * Encrypts what a person's device sent off duty: AES-256-GCM, a random nonce per row, bound to its identity. The key
 * lies in {@code FARWATCH_HOME/keys}, not in the database, so neither a dump nor an administrator's query shows a path.
 * Owned by one thread (the cipher is reused).
 */
final class SealedPositions {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();
    private final Cipher cipher;

    /** @param secret URL-safe Base64 of 32 bytes */
    SealedPositions(String secret) {
        key = new SecretKeySpec(Base64.getUrlDecoder().decode(secret), "AES");
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks AES/GCM", e);
        }
    }

    /** Nonce, then ciphertext and tag of the row's content. */
    byte[] seal(PositionBatch batch, int row) {
        int items = batch.itemLength(row);
        ByteBuffer content = ByteBuffer.allocate(2 * 8 + 4 * 4 + 3 * 4 + items)
                .putDouble(batch.longitude(row))
                .putDouble(batch.latitude(row))
                .putFloat(batch.altitude(row))
                .putFloat(batch.speed(row))
                .putFloat(batch.heading(row))
                .putFloat(batch.accuracy(row))
                .putInt(batch.alarms(row))
                .putInt(batch.status(row))
                .putInt(batch.flags(row))
                .put(batch.itemBytes(), batch.itemOffset(row), items);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(identity(batch.device(row), batch.fixTime(row), batch.bodyHash(row)));
            byte[] encrypted = cipher.doFinal(content.array());
            return ByteBuffer.allocate(NONCE_BYTES + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a position cannot be sealed", e);
        }
    }

    /**
     * Appends the row that {@link #seal} hid.
     *
     * @throws IllegalStateException when key, identity or content were changed
     */
    void open(byte[] sealed, int device, long fixTime, long receiveTime, long bodyHash, PositionBatch into) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
            cipher.updateAAD(identity(device, fixTime, bodyHash));
            ByteBuffer content = ByteBuffer.wrap(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
            int row = into.append(device, fixTime, receiveTime, bodyHash);
            into.place(row, content.getDouble(), content.getDouble());
            into.motion(row, content.getFloat(), content.getFloat(), content.getFloat());
            into.accuracy(row, content.getFloat());
            into.state(row, content.getInt(), content.getInt());
            into.flags(row, content.getInt());
            int items = content.remaining();
            int offset = into.reserveItems(items);
            content.get(into.itemBytes(), offset, items);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the sealed position of device " + device + " at " + fixTime + " cannot be opened", e);
        }
    }

    private static byte[] identity(int device, long fixTime, long bodyHash) {
        return ByteBuffer.allocate(20)
                .putInt(device)
                .putLong(fixTime)
                .putLong(bodyHash)
                .array();
    }
}
