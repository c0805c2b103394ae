package org.farwatch.api.jt1078;

/**
 * A channel of a terminal as the API gives it.
 *
 * @param channel logical channel, 1 to 255
 * @param quality {@code main} or {@code sub}
 * @param streamId of {@code /streams}, where it is watched, recorded and changed
 */
record Channel(int channel, String quality, String streamId, String name) {}
