/**
 * GB/T 28181-2016 and -2022, the platform's side: devices register, name their channels, are told what to send, and
 * report alarms and positions. {@link org.farwatch.ingest.gb28181.Gb28181Server} is where to begin.
 */
package org.farwatch.ingest.gb28181;
