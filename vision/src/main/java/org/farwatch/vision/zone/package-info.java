/** Zones of a camera's picture, their rules, and what these raise. */
package org.farwatch.vision.zone;
