package org.farwatch.ingest.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Trust in brokers whose certificate a bureau's own authority signed, and in no others. */
final class BrokerTrust {
    private BrokerTrust() {}

    /**
     * @param authorities file of one or more X.509 certificates in PEM
     * @throws IllegalArgumentException naming the setting and the file when it cannot be used
     */
    static SSLSocketFactory in(Path authorities) {
        try (InputStream file = Files.newInputStream(authorities)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(file);
            if (found.isEmpty()) {
                throw new IllegalArgumentException("farwatch.mqtt ca-file holds no certificate: " + authorities);
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate each : found) {
                store.setCertificateEntry("authority-" + number++, each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("farwatch.mqtt ca-file cannot be used: " + authorities + ": " + e, e);
        }
    }
}
