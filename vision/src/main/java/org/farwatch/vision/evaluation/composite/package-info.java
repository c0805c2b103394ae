/**
 * Makes clips with event truth: drawn things left before real footage, with people, light, shaking, weather and compression. Every
 * random choice comes from one seed. Uses nothing of what is tested with it.
 */
package org.farwatch.vision.evaluation.composite;
