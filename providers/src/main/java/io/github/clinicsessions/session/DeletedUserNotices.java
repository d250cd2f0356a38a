package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.EndNotice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * What the clients of a person who is about to be deleted are to be told: Keycloak tells them nothing. Only those that take
 * logout tokens are told; for the others Keycloak's code would need the person.
 */
final class DeletedUserNotices {

    private static final Logger LOG = Logger.getLogger(DeletedUserNotices.class);

    private DeletedUserNotices() {}

    /** By session id; never throws. */
    static Map<String, List<ClientNotice>> of(KeycloakSession session, RealmModel realm, UserModel user) {
        Map<String, List<ClientNotice>> notices = new LinkedHashMap<>();
        try {
            ClientNotices clientNotices = new ClientNotices(session, realm);
            // A list first: Keycloak's stream holds a database cursor open while each session is loaded.
            Map<String, List<UserSessionModel>> byId = Stream.concat(
                            session.sessions().getUserSessionsStream(realm, user).toList().stream(),
                            session.sessions().getOfflineUserSessionsStream(realm, user).toList().stream())
                    .collect(Collectors.groupingBy(UserSessionModel::getId));
            byId.forEach((id, models) -> notices.put(
                    id,
                    clientNotices.of(models).clients().stream()
                            .map(DeletedUserNotices::withoutKeycloak)
                            .toList()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "the clients of user %s are not told that the user is deleted", user.getId());
        }
        return notices;
    }

    private static ClientNotice withoutKeycloak(ClientNotice notice) {
        return notice.state() == EndNotice.State.BY_KEYCLOAK
                ? new ClientNotice(
                        notice.client(), notice.clientId(), EndNotice.State.NOT_TOLD, null, notice.refusesBy())
                : notice;
    }
}
