package io.github.clinicsessions.mail;

import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.session.Background;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.utils.StringUtil;

/**
 * Sends mails, one after the other, in a thread of its own, so that a mail server that hangs holds up other mails only. Thread-safe. Not
 * durable: what waits when the server stops is not sent. A mail that the mail server does not take is tried again twice.
 */
final class Post implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Post.class);
    private static final int WAITING_AT_MOST = 1_000;
    private static final List<Duration> PAUSES = List.of(Duration.ofMinutes(1), Duration.ofMinutes(10));

    private final Background background = new Background(1, WAITING_AT_MOST);

    /** Runs what finds out whom to write to; returns at once. */
    void find(KeycloakSessionFactory factory, String realmId, Background.Task task) {
        if (!background.run(factory, realmId, (session, realm) -> {
            if (isPossible(realm)) {
                task.run(session, realm);
            }
        })) {
            lost(realmId);
        }
    }

    /**
     * Writes a letter to a person and sends it; returns at once. Nothing where there is no mail server or no address, or none that is
     * verified where the realm wants that.
     */
    void send(KeycloakSessionFactory factory, String realmId, String userId, Letter letter) {
        send(factory, realmId, userId, letter, Duration.ZERO, 0);
    }

    private void send(
            KeycloakSessionFactory factory,
            String realmId,
            String userId,
            Letter letter,
            Duration pause,
            int failures) {
        boolean taken = background.runLater(pause, factory, realmId, (session, realm) -> {
            if (!isPossible(realm)) {
                return;
            }
            UserModel person = session.users().getUserById(realm, userId);
            if (person == null || !person.isEnabled() || !hasAddress(realm, person)) {
                LOG.debugf("no mail to user %s of realm %s: disabled, or without a good address", userId, realmId);
                return;
            }
            try {
                send(session, realm, person, letter);
            } catch (EmailException e) {
                failed(factory, realmId, userId, letter, failures, e);
            }
        });
        if (!taken) {
            lost(realmId);
        }
    }

    private static void send(KeycloakSession session, RealmModel realm, UserModel person, Letter letter)
            throws EmailException {
        Letter.Written written = letter.to(session, realm, person);
        session.getProvider(EmailTemplateProvider.class)
                .setRealm(realm)
                .setUser(person)
                .send(
                        written.subjectKey(),
                        written.subjectParts(),
                        written.template(),
                        new HashMap<>(written.attributes())); // Keycloak adds its own
    }

    private void failed(
            KeycloakSessionFactory factory,
            String realmId,
            String userId,
            Letter letter,
            int failures,
            EmailException e) {
        boolean again = failures < PAUSES.size();
        LOG.warnf(
                "a mail to user %s of realm %s could not be sent%s: %s",
                userId, realmId, again ? ", it is tried again" : "", e.getMessage());
        if (again) {
            send(factory, realmId, userId, letter, PAUSES.get(failures), failures + 1);
        }
    }

    /** Where the realm has addresses verified, one that is not may be anybody's. */
    private static boolean hasAddress(RealmModel realm, UserModel person) {
        return !StringUtil.isBlank(person.getEmail()) && (person.isEmailVerified() || !realm.isVerifyEmail());
    }

    private static boolean isPossible(RealmModel realm) {
        boolean possible = RealmSwitch.isOn(realm) && !realm.getSmtpConfig().isEmpty();
        if (!possible) {
            LOG.debugf("no mail in realm %s: it has no mail server, or is switched off", realm.getName());
        }
        return possible;
    }

    private static void lost(String realmId) {
        LOG.warnf("a mail in realm %s is not sent: too many wait, or the server is stopping", realmId);
    }

    @Override
    public void close() {
        background.close();
    }
}
