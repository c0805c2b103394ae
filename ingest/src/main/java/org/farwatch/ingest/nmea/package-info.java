/**
 * NMEA 0183, the sentences of GNSS receivers, over TCP, UDP and MQTT. {@link org.farwatch.ingest.nmea.Sentence} reads one
 * line, {@link org.farwatch.ingest.nmea.Epoch} puts the sentences of one fix together, {@link
 * org.farwatch.ingest.nmea.NmeaServer} listens for devices that say who they are by a {@link
 * org.farwatch.ingest.nmea.Preamble}.
 */
package org.farwatch.ingest.nmea;
