package org.farwatch.api.terminals;

import java.time.Instant;
import java.util.List;

/**
 * A message of a terminal as the API gives it.
 *
 * @param messageId four hexadecimal digits
 * @param name in English and as JT/T 808 calls it
 * @param fields name and value of each, in their order
 * @param body as it came, hexadecimal
 */
record DeviceReport(String id, String messageId, String name, Instant receivedAt, List<String> fields, String body) {}
