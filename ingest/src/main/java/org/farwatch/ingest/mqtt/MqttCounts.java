package org.farwatch.ingest.mqtt;

/**
 * What went through since the start, for metrics.
 *
 * @param received messages taken in, of all kinds
 * @param acknowledged messages acknowledged to the broker
 * @param stale acknowledgements dropped because their connection had ended
 * @param dropped messages of QoS 0 turned away for lack of room
 */
public record MqttCounts(long received, long acknowledged, long stale, long dropped) {}
