package org.farwatch.ingest.sip;

/** Where a device's messages really come from, whatever its Contact says: behind NAT only this leads back to it. */
public record SipPeer(String host, int port, Transport transport) {
    /** What carries SIP. */
    public enum Transport {
        UDP("udp"),
        TCP("tcp");

        private final String token;

        Transport(String token) {
            this.token = token;
        }

        /** As it stands in a Via. */
        public String token() {
            return token;
        }
    }

    @Override
    public String toString() {
        return transport.token() + "://" + host + ":" + port;
    }
}
