package org.farwatch.ingest.simulator.camera;

import java.util.List;

/**
 * An encoded picture, cut into RTP payloads; shared by all who watch. Not to be changed.
 *
 * @param timestamp of RTP, 90,000 a second
 * @param sentAt our clock, milliseconds since 1970 UTC
 * @param key whether decoding can begin here
 */
record SceneFrame(List<byte[]> payloads, int timestamp, long sentAt, boolean key) {}
