package org.farwatch.api.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;

/**
 * Who may log in and what he may touch. The service may do everything below the topic prefix. A device, whose user name
 * is its id, may publish below {@code prefix/{id}/} except its command topic, and read that one only. A guest, who shows
 * no user name, is let in only where devices may register themselves; he may publish what any device may and read
 * nothing. Nobody may manage the broker over the wire.
 *
 * <p>Addresses and queues are named as Artemis names them with the wildcard characters of MQTT: the address of a topic
 * is the topic, the queue of a subscription {@code clientId.filter}. Immutable; any thread.
 */
final class TopicRights implements ActiveMQSecurityManager5 {
    private static final int MAX_ID = 64;
    private static final String OF_QUEUE = "::";
    private static final String GUEST = "farwatch-guest";

    private final String prefix;
    private final String serviceUser;
    private final byte[] servicePassword;
    private final DeviceSecrets secrets;
    private final boolean guests;

    TopicRights(String prefix, String serviceUser, String servicePassword, DeviceSecrets secrets, boolean guests) {
        this.guests = guests;
        this.prefix = prefix + "/";
        this.serviceUser = serviceUser;
        this.servicePassword = servicePassword.getBytes(StandardCharsets.UTF_8);
        this.secrets = secrets;
    }

    /** Whether a device may have this id: one topic level, no wildcard, nothing that Artemis reads as something else. */
    boolean isDevice(String user) {
        return user != null
                && !user.isEmpty()
                && user.length() <= MAX_ID
                && !user.equals(serviceUser)
                && !user.equals(GUEST)
                && !user.contains(OF_QUEUE)
                && user.chars().noneMatch(c -> c == '/' || c == '+' || c == '#' || Character.isISOControl(c));
    }

    boolean isService(Subject subject) {
        return subject != null && serviceUser.equals(getUserFromSubject(subject));
    }

    /** The topic that a device may subscribe to. */
    String commandTopic(String protocolId) {
        return prefix + protocolId + "/command";
    }

    @Override
    public Subject authenticate(String user, String password, RemotingConnection connection, String domain) {
        if (user == null && password == null && guests) {
            return subject(GUEST);
        }
        if (user == null || password == null) {
            return null;
        }
        boolean known = user.equals(serviceUser)
                ? MessageDigest.isEqual(servicePassword, password.getBytes(StandardCharsets.UTF_8))
                : isDevice(user) && secrets.matches(user, password.toCharArray());
        return known ? subject(user) : null;
    }

    private static Subject subject(String user) {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(user));
        return subject;
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType type, String target) {
        int queueAt = target.indexOf(OF_QUEUE);
        String address = queueAt < 0 ? target : target.substring(0, queueAt);
        String queue = queueAt < 0 ? "" : target.substring(queueAt + OF_QUEUE.length());
        String user = getUserFromSubject(subject);
        return switch (type) {
            case SEND -> isService(subject) ? address.startsWith(prefix) : mayPublish(user, address);
            case CREATE_ADDRESS ->
                isService(subject)
                        ? address.startsWith(prefix)
                        : mayPublish(user, address) || address.equals(commandTopic(user));
            case CREATE_DURABLE_QUEUE,
                    CREATE_NON_DURABLE_QUEUE,
                    DELETE_DURABLE_QUEUE,
                    DELETE_NON_DURABLE_QUEUE,
                    CONSUME ->
                isService(subject)
                        ? address.startsWith(prefix)
                        : address.equals(commandTopic(user)) && queue.equals(user + "." + address);
            case DELETE_ADDRESS, BROWSE, MANAGE, VIEW, EDIT -> false;
        };
    }

    private boolean mayPublish(String user, String topic) {
        if (GUEST.equals(user)) {
            int id = topic.startsWith(prefix) ? topic.indexOf('/', prefix.length()) : -1;
            return id > prefix.length() && mayPublish(topic.substring(prefix.length(), id), topic);
        }
        String own = prefix + user + "/";
        return topic.startsWith(own) && topic.length() > own.length() && !topic.equals(commandTopic(user));
    }

    @Override
    public boolean validateUser(String user, String password) {
        return authenticate(user, password, null, null) != null;
    }

    /** Roles do not exist here; Artemis asks {@link #authorize}. */
    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType type) {
        return false;
    }
}
