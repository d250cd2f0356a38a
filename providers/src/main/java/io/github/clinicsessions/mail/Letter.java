package io.github.clinicsessions.mail;

import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Writes one mail in the language of the person whom it is for, with whatever the Keycloak session of the moment knows. */
@FunctionalInterface
interface Letter {

    Written to(KeycloakSession session, RealmModel realm, UserModel person);

    /**
     * As Keycloak's {@code EmailTemplateProvider} takes it.
     *
     * @param subjectKey of a message, and with what it is formatted; nothing that people have typed
     * @param template in {@code theme-resources/templates}, as text and as HTML
     */
    record Written(String subjectKey, List<Object> subjectParts, String template, Map<String, Object> attributes) {}
}
