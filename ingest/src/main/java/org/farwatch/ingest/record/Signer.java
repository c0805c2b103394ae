package org.farwatch.ingest.record;

/** Holds the key that day roots are signed with (Ed25519 or SM2); asked on the thread that makes them. */
public interface Signer {
    byte[] sign(byte[] content);

    /** X.509 encoded. */
    byte[] publicKey();
}
