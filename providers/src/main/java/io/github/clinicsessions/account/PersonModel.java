package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.Offboarding;
import io.github.clinicsessions.clinic.OverseenPerson;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.clinic.StaffMember.Visibility;
import io.github.clinicsessions.session.SessionView;
import io.github.clinicsessions.text.DeviceText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code staff-person.ftl} and {@code staff-confirm.ftl} are given. */
final class PersonModel {

    private final PageCalls calls;
    private final @Nullable String clinic;
    private final SignedIn signedIn;
    private final Instant now = PageCalls.now();

    /** @param clinic the alias that was asked for; null for all */
    PersonModel(PageCalls calls, @Nullable String clinic, SignedIn signedIn) {
        this.calls = calls;
        this.clinic = clinic;
        this.signedIn = signedIn;
    }

    /** Looks, where there is something to see; the person will see that. */
    Map<String, Object> of(Oversight oversight, OverseenPerson person) {
        boolean optedOut = person.visibility() == Visibility.OPTED_OUT;
        boolean mayChange = AccessPolicy.mayChangeClinic(signedIn.caller());
        int count = person.count();
        Map<String, Object> model = new HashMap<>(common(person, count));
        model.put("optedOut", optedOut);
        model.put("canEnd", mayChange);
        model.put("canOffboard", mayChange && canBeOffboarded(oversight, person));
        Map<String, Object> page = new HashMap<>(model().overseen(optedOut || count == 0 ? List.of() : person.look()));
        page.put("person", model);
        return page;
    }

    /** Of whoever is disabled already there is nothing left to offboard, unless they would leave a clinic. */
    private boolean canBeOffboarded(Oversight oversight, OverseenPerson person) {
        return AccessPolicy.offboarding(signedIn.caller(), oversight.clinics(), person.person())
                        == AccessPolicy.Offboarding.ALLOWED
                && (person.user().isEnabled() || !new Offboarding(oversight).wouldDisable(person));
    }

    /** Asks whether to end one. */
    Map<String, Object> end(OverseenPerson person, SessionView one) {
        Map<String, Object> ask = ask("end", person);
        String label = new DeviceText(calls.messages(signedIn), calls.locale(signedIn)).label(one.device());
        if (label != null) {
            ask.put("label", label);
        }
        ask.put("session", one.id());
        return Map.of("ask", ask, "person", common(person, person.count()));
    }

    /** Asks whether to end all. */
    Map<String, Object> endAll(OverseenPerson person) {
        return Map.of("ask", ask("end-all", person), "person", common(person, person.count()));
    }

    /** Asks whether to offboard, and says what would happen. */
    Map<String, Object> offboard(Oversight oversight, OverseenPerson person) {
        Offboarding offboarding = new Offboarding(oversight);
        Map<String, Object> ask = ask("offboard", person);
        ask.put("disables", offboarding.wouldDisable(person));
        ask.put(
                "clinics",
                offboarding.leaves(person).stream().map(Clinic::name).sorted().toList());
        return Map.of("ask", ask, "person", common(person, person.count()));
    }

    private Map<String, Object> ask(String what, OverseenPerson person) {
        Map<String, Object> ask = new HashMap<>();
        ask.put("what", what);
        ask.put("action", href(person, what));
        return ask;
    }

    private Map<String, Object> common(OverseenPerson person, int count) {
        return Map.of(
                "name", person.displayName(),
                "username", person.user().getUsername(),
                "enabled", person.user().isEnabled(),
                "count", count,
                "list", calls.href(StaffPages.PATH + clinicQuery()),
                "page", href(person),
                "end", href(person, "end"),
                "endAll", href(person, "end-all"),
                "offboard", href(person, "offboard"));
    }

    private String href(OverseenPerson person, String... below) {
        return calls.href(StaffPages.path(person.user().getId(), below) + clinicQuery());
    }

    private String clinicQuery() {
        return clinic == null ? "" : "?clinic=" + PageCalls.encoded(clinic);
    }

    private SessionsModel model() {
        return new SessionsModel(calls.messages(signedIn), calls.locale(signedIn), now);
    }
}
