package org.farwatch.ingest;

import org.farwatch.geo.Datum;

/**
 * What a protocol needs to know of a device of the register.
 *
 * @param no the internal number, used as {@link org.farwatch.geo.PositionBatch#device}
 * @param id the public id, for logs
 * @param protocol the protocol it speaks
 * @param protocolId its id in that protocol: phone without leading zeros, MQTT topic id, 20-digit code
 * @param datum the datum it reports in
 */
public record KnownDevice(int no, String id, Protocol protocol, String protocolId, Datum datum) {}
