/** Points, boxes and polygons in a picture, in fractions of its width and height. */
package org.farwatch.vision.shape;
