/**
 * Whether a camera still shows what it is there to show.
 *
 * <p>{@link org.farwatch.vision.health.Glance} is what one decoded picture tells, {@link org.farwatch.vision.health.Learned}
 * what a camera's pictures are like when all is well, {@link org.farwatch.vision.health.PictureWatch} the fold over the
 * glances that says when a fault begins and ends.
 */
package org.farwatch.vision.health;
