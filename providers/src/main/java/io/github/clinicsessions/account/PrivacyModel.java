package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.ClinicDirectory;
import io.github.clinicsessions.clinic.OptOut;
import io.github.clinicsessions.clinic.Views;
import io.github.clinicsessions.text.PageTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What {@code sessions.ftl} is told of who can see the person's sessions, and of who has looked at them. */
final class PrivacyModel {

    private static final Logger LOG = Logger.getLogger(PrivacyModel.class);

    private static final int VIEWS = 10;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final PageTimes times;

    PrivacyModel(KeycloakSession session, RealmModel realm, PageTimes times) {
        this.session = session;
        this.realm = realm;
        this.times = times;
    }

    Map<String, Object> of(SignedIn signedIn) {
        OptOut optOut = new OptOut(session, realm, signedIn.userSession());
        List<OptOut.Standing> standings = optOut.standings();
        Map<String, Object> model = new HashMap<>();
        model.put("realm", new ClinicDirectory(session, realm).ofRealm().name());
        model.put("chosen", optOut.isChosen());
        model.put("canChoose", AccessPolicy.mayChooseVisibility(signedIn.caller()) && optOut.isOffered());
        model.put(
                "clinics",
                standings.stream()
                        .map(standing -> Map.of(
                                "name", standing.clinic().name(),
                                "allowed", standing.allowed(),
                                "hidden", standing.holds()))
                        .toList());
        addViews(model, new Views(session, realm, signedIn.user()));
        return Map.of("privacy", model);
    }

    /** Without them if the ledger cannot be read: the sessions matter more. */
    private void addViews(Map<String, Object> model, Views views) {
        model.put("years", views.years());
        try {
            model.put("views", views.newest(VIEWS).stream().map(this::view).toList());
        } catch (RuntimeException e) {
            LOG.warn("who has looked at a person's sessions cannot be read", e);
        }
    }

    private Map<String, Object> view(Views.View view) {
        Map<String, Object> model = new HashMap<>();
        model.put("role", view.role().name());
        if (view.name() != null) {
            model.put("name", view.name());
        }
        model.put("at", times.moment(view.at()));
        return model;
    }
}
