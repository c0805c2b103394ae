/**
 * What a camera sees when nothing happens, and what has come to stand before it.
 *
 * <p>{@link org.farwatch.vision.background.Grey} makes a small grey picture, {@link
 * org.farwatch.vision.background.Alignment} undoes the camera's shaking, {@link
 * org.farwatch.vision.background.Brightness} the change of light, {@link org.farwatch.vision.background.Layers} tells for each
 * pixel whether it shows the background, a newer thing that stays, or something passing.
 */
package org.farwatch.vision.background;
