/** From a picture to an observation: decoder, background, detector, the rules of zones, and the weights. */
package org.farwatch.vision;
