package org.farwatch.api.proof;

import org.farwatch.ingest.record.HashAlgorithm;

/** What a house hashes and signs with. It may change once; what it made before stays verifiable. */
public enum Suite {
    /** SHA-256 and Ed25519. */
    INTERNATIONAL(HashAlgorithm.SHA_256),
    /** SM3 and SM2, GB/T 32905 and GB/T 32918. */
    NATIONAL(HashAlgorithm.SM3);

    private final HashAlgorithm algorithm;

    Suite(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    public HashAlgorithm algorithm() {
        return algorithm;
    }
}
