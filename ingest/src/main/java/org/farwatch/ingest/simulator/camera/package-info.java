/**
 * Simulated cameras: an RTSP server ({@link org.farwatch.ingest.simulator.camera.CameraServer}) that plays generated
 * scenes and footage, encoded while somebody watches.
 */
package org.farwatch.ingest.simulator.camera;
