/** Finding people, vehicles and things in one picture by a neural network. */
package org.farwatch.vision.detect;
