/** Measuring detectors and rules on footage whose truth is known. */
package org.farwatch.vision.evaluation;
