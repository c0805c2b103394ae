/**
 * What video costs: recording, the way of a picture to a screen, verification, the detector and the background stage,
 * each beside a reference measured in the same run.
 */
package org.farwatch.benchmarks.video;
