/**
 * Positions and states of light trackers and badges over MQTT 5 (OASIS standard of 7 March 2019): one subscription of a
 * persistent session at a broker, embedded or foreign.
 *
 * <p>The way of a message: {@code Link} (one connection, numbers what arrives) to {@code Inbox} (bounded) to {@code
 * Intake} (one thread: topic, device, decoding into a batch) to the {@link org.farwatch.ingest.PositionSink}; its
 * completion releases the message at its link, which acknowledges the contiguous prefix of what arrived. Whatever is
 * not acknowledged when a connection ends, the broker sends again.
 */
package org.farwatch.ingest.mqtt;
