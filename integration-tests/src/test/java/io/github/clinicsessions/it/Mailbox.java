package io.github.clinicsessions.it;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A mail server on this machine, and what it has got. */
final class Mailbox implements AutoCloseable {

    private static final Pattern LINK = Pattern.compile("http://\\S*/clinic-sessions/v1/report/\\S*");

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private Mailbox() {
        server.start();
    }

    /** Of this realm from now on. */
    static Mailbox of(TestRealm realm) {
        var mailbox = new Mailbox();
        realm.update(representation -> representation.setSmtpServer(Map.of(
                "host", "127.0.0.1",
                "port", String.valueOf(mailbox.server.getSmtp().getPort()),
                "from", "clinic@clinic.example")));
        return mailbox;
    }

    /**
     * A mail.
     *
     * @param text its part in plain text
     * @param html its part in HTML
     */
    record Mail(String to, String subject, String text, String html) {

        /** With which a sign-in is reported; the same in both parts. */
        String link() {
            var found = LINK.matcher(text);
            if (!found.find() || !html.contains("href=\"" + found.group() + "\"")) {
                throw new AssertionError("no link in " + text + " or not the same in " + html);
            }
            return found.group();
        }
    }

    /** What has come for this address, oldest first. */
    List<Mail> to(String address) {
        return Arrays.stream(server.getReceivedMessages())
                .map(Mailbox::read)
                .filter(mail -> mail.to().equals(address))
                .toList();
    }

    /** The newest of so many that have come for this address. */
    Mail await(String address, int count) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> to(address), mails -> mails.size() >= count)
                .get(count - 1);
    }

    /** The same of those that say this in plain text. */
    Mail await(String address, String said, int count) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> to(address).stream()
                                .filter(mail -> mail.text().contains(said))
                                .toList(),
                        mails -> mails.size() >= count)
                .get(count - 1);
    }

    private static Mail read(MimeMessage message) {
        try {
            var parts = (MimeMultipart) message.getContent();
            return new Mail(
                    message.getRecipients(RecipientType.TO)[0].toString(),
                    message.getSubject(),
                    part(parts.getBodyPart(0), "text/plain"),
                    part(parts.getBodyPart(1), "text/html"));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String part(BodyPart part, String type) throws MessagingException, IOException {
        if (!part.isMimeType(type)) {
            throw new AssertionError(part.getContentType() + " is not " + type);
        }
        return part.getContent().toString();
    }

    @Override
    public void close() {
        server.stop();
    }
}
