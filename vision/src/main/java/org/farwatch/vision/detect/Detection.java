package org.farwatch.vision.detect;

import org.farwatch.vision.shape.Box;

/**
 * Something that a network saw.
 *
 * @param kind what
 * @param score the network's confidence, 0 to 1
 * @param box where
 */
public record Detection(CocoClass kind, double score, Box box) {}
