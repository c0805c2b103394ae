package org.farwatch.api.proof;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;
import org.farwatch.ingest.record.DayRoot;
import org.farwatch.ingest.record.KeptRoot;

/** A day root as a mail: the sheet as its text, the document and the sheet as its files. */
final class RootMail {
    private static final String MILLIS = "15000";

    private final ProofSettings.Mail settings;

    RootMail(ProofSettings.Mail settings) {
        this.settings = settings;
    }

    void send(DayRoot root, byte[] document, String address) throws MessagingException {
        MimeMessage mail = to(address, "远督录像日根 " + root.day());
        String sheet = KeptRoot.sheet(root);
        MimeBodyPart text = new MimeBodyPart();
        text.setText(sheet, "UTF-8");
        String name = "farwatch-root-" + root.day();
        MimeMultipart parts = new MimeMultipart(text, file(name + ".json", "application/json", document));
        parts.addBodyPart(file(name + ".txt", "text/plain; charset=utf-8", sheet.getBytes(StandardCharsets.UTF_8)));
        mail.setContent(parts);
        send(mail);
    }

    /** A mail that says that it is no root. */
    void tryOut(String address, Instant now) throws MessagingException {
        MimeMessage mail = to(address, "远督录像日根 试送");
        mail.setText("远督试送，不含日根。此后每日的录像日根将送到本地址。\nA test without a root; " + now + "\n", "UTF-8");
        send(mail);
    }

    private MimeMessage to(String address, String subject) throws MessagingException {
        MimeMessage mail = new MimeMessage(Session.getInstance(properties()));
        mail.setFrom(new InternetAddress(settings.from(), true));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
        mail.setSubject(subject, "UTF-8");
        return mail;
    }

    private void send(MimeMessage mail) throws MessagingException {
        mail.saveChanges();
        try (Transport transport = mail.getSession().getTransport()) {
            transport.connect(settings.user(), settings.password());
            transport.sendMessage(mail, mail.getAllRecipients());
        }
    }

    private Properties properties() {
        String protocol = settings.security() == ProofSettings.Security.TLS ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty(prefix + "host", settings.host());
        properties.setProperty(prefix + "port", Integer.toString(settings.port()));
        properties.setProperty(prefix + "auth", Boolean.toString(settings.user() != null));
        properties.setProperty(prefix + "connectiontimeout", MILLIS);
        properties.setProperty(prefix + "timeout", MILLIS);
        properties.setProperty(prefix + "writetimeout", MILLIS);
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        if (settings.security() == ProofSettings.Security.STARTTLS) {
            properties.setProperty(prefix + "starttls.enable", "true");
            properties.setProperty(prefix + "starttls.required", "true");
        }
        return properties;
    }

    private static MimeBodyPart file(String name, String type, byte[] content) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(content, type)));
        part.setFileName(name);
        // As text its lines would be ended anew on the way, and the file would not be the one that left.
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }
}
