/**
 * The embedded MQTT broker, the default where a bureau has none: Apache Artemis, MQTT only, with a journal under
 * {@code FARWATCH_HOME}. Each device logs in as itself and reaches its own topics only.
 */
package org.farwatch.api.broker;
