package org.farwatch.vision.health;

import java.util.Map;

/**
 * What a {@link PictureWatch} knows, to go on with after a restart.
 *
 * @param references by the light in which they were learned
 * @param open faults that last, with the time of their first bad picture, milliseconds since 1970 UTC
 */
public record WatchMemory(Map<Light, Reference> references, Map<HealthFault, Long> open) {
    public static final WatchMemory NONE = new WatchMemory(Map.of(), Map.of());

    public WatchMemory {
        references = Map.copyOf(references);
        open = Map.copyOf(open);
    }

    /**
     * @param grey {@link Glance#WIDTH} x {@link Glance#HEIGHT} luminances, the mean of its pictures
     * @param samples how many these were, as far as they count
     * @param sharpness as in {@link Glance}
     * @param floor stir below which few of its pictures lie, NaN when not known
     * @param rate pictures a second, NaN when not known
     * @param steady share of its structure that is usually found again, 0 to 1
     */
    public record Reference(byte[] grey, int samples, double sharpness, double floor, double rate, double steady) {
        public Reference {
            if (grey.length != Glance.WIDTH * Glance.HEIGHT) {
                throw new IllegalArgumentException("a reference of " + grey.length + " pixels");
            }
        }

        public boolean enough() {
            return samples >= Learned.ENOUGH;
        }
    }
}
