package org.farwatch.api.broker;

/** Knows the secrets with which devices log in at the broker. */
@FunctionalInterface
public interface DeviceSecrets {
    /**
     * Whether this device exists and this is its secret. May be slow: the answer is kept for {@link
     * EmbeddedBroker#REMEMBERED} or until {@link EmbeddedBroker#expel}. On threads of the broker, several at a time.
     *
     * @param protocolId the device's id in its topics
     * @param secret as the device sent it; the callee may overwrite it
     */
    boolean matches(String protocolId, char[] secret);
}
