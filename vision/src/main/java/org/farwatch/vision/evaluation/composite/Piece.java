package org.farwatch.vision.evaluation.composite;

/**
 * Something drawn before the backdrop; later pieces lie in front of earlier ones.
 *
 * @param top of it in pixels
 * @param track of its left edge
 */
record Piece(Cutout cutout, int top, Track track) {}
