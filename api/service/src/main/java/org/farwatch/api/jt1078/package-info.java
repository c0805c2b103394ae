/** Cameras of vehicle terminals (JT/T 1078): their channels as streams, and what they have recorded themselves. */
package org.farwatch.api.jt1078;
