package org.farwatch.api.gb28181;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.farwatch.api.Home;
import org.farwatch.api.Sealer;
import org.farwatch.ingest.gb28181.Passwords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What devices register with: a password of their own, sealed in the database and open in memory, or the common one. */
@Component
@DependsOnDatabaseInitialization
class DevicePasswords implements Passwords {
    private static final Logger LOG = LoggerFactory.getLogger(DevicePasswords.class);

    private final Sealer sealer;
    private final String common;
    private final Map<String, String> own = new ConcurrentHashMap<>();

    DevicePasswords(JdbcClient jdbc, Home home, Gb28181Properties properties) {
        sealer = new Sealer(home.secret("gb28181-passwords"));
        common = properties.password() == null || properties.password().isEmpty() ? null : properties.password();
        jdbc.sql("""
                        select d.protocol_id, g.password from gb28181_device g join device d on d.no = g.device_no
                        where g.password is not null""").query((row, _) -> open(row.getString(1), row.getBytes(2))).list();
    }

    @Override
    public String of(String code) {
        return own.getOrDefault(code, common);
    }

    byte[] seal(String code, String password) {
        return sealer.seal(password.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
    }

    /** From when the present transaction has committed. */
    void rememberAfterCommit(String code, String password) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                own.put(code, password);
            }
        });
    }

    private boolean open(String code, byte[] sealed) {
        try {
            own.put(
                    code,
                    new String(sealer.open(sealed, code.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
            return true;
        } catch (GeneralSecurityException e) {
            LOG.warn("gb28181: the password of {} was sealed with another key and must be given again", code);
            // The common one must not let in a device that has to show its own.
            own.put(code, UUID.randomUUID().toString());
            return false;
        }
    }
}
