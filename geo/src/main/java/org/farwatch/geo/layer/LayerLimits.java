package org.farwatch.geo.layer;

/**
 * How large a layer may be.
 *
 * @param mostBytes of the file; reading takes about ten times as much memory; default 16 MiB
 * @param mostFeatures default 10,000
 * @param mostVertices of all features together; default 500,000
 */
public record LayerLimits(int mostBytes, int mostFeatures, int mostVertices) {
    /** What a district's layers need several times over. */
    public static final LayerLimits DEFAULT = new LayerLimits(16 << 20, 10_000, 500_000);

    /** @throws IllegalArgumentException when one of them is less than 1 */
    public LayerLimits {
        if (mostBytes < 1 || mostFeatures < 1 || mostVertices < 1) {
            throw new IllegalArgumentException("limits of a layer must be at least 1, were " + mostBytes + " bytes, "
                    + mostFeatures + " features, " + mostVertices + " vertices");
        }
    }
}
