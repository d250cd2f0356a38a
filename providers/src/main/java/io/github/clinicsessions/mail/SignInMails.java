package io.github.clinicsessions.mail;

import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.NoticedSignIn;
import io.github.clinicsessions.clinic.OwnersToTell;
import io.github.clinicsessions.clinic.OwnersToTell.Told;
import io.github.clinicsessions.clinic.ReportLinks;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SessionMark;
import io.github.clinicsessions.session.SignInNoticed;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Mails about a sign-in of which something was noticed: to the person, and to those owners who want to hear of it. */
final class SignInMails {

    private SignInMails() {}

    static void send(Post post, KeycloakSessionFactory factory, SignInNoticed noticed) {
        LivingSession living = noticed.session();
        post.send(
                factory,
                living.realmId(),
                living.userId(),
                (session, realm, person) -> toPerson(noticed, session, realm, person));
        post.find(factory, living.realmId(), (session, realm) -> {
            UserModel person = session.users().getUserById(realm, living.userId());
            List<Told> owners = person == null ? List.of() : new OwnersToTell(session, realm).ofNoticed(person);
            for (Told owner : owners) {
                Whom whom = owner.masked() ? null : Whom.of(person, owner.clinics());
                post.send(
                        factory,
                        living.realmId(),
                        owner.owner().getId(),
                        (own, ownRealm, to) -> toOwner(noticed, whom, new Words(own, ownRealm, to)));
            }
        });
    }

    private static Letter.Written toPerson(
            SignInNoticed noticed, KeycloakSession session, RealmModel realm, UserModel person) {
        Words words = new Words(session, realm, person);
        LivingSession living = noticed.session();
        Facts facts = new Facts(words).add("clinicMailWhen", words.time(noticed.at()));
        String name = noticed.deviceName();
        facts.addIfKnown("clinicMailDeviceName", name == null ? null : OneLine.of(name));
        about(noticed, words, facts);
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("clinicName", words.clinic());
        attributes.put("personName", Words.name(person));
        attributes.put("newDevice", isNewDevice(noticed));
        attributes.put("unfamiliarCountry", isUnfamiliarCountry(noticed));
        attributes.put("facts", facts.lines());
        URI baseUri = noticed.baseUri();
        if (baseUri != null) {
            attributes.put(
                    "link",
                    new ReportLinks(session, realm)
                            .of(baseUri, living.userId(), living.sessionId(), said(noticed))
                            .toString());
            attributes.put("linkUntil", words.time(Time.currentTimeMillis() + ReportLinks.VALID.toMillis()));
        }
        return new Letter.Written(
                isNewDevice(noticed) ? "clinicMailNewDeviceSubject" : "clinicMailCountrySubject",
                List.of(words.clinic()),
                "clinic-sign-in.ftl",
                words.withAttribution(attributes, noticed.country()));
    }

    private static NoticedSignIn said(SignInNoticed noticed) {
        return new NoticedSignIn(
                noticed.session().startedAt(),
                noticed.at(),
                Time.currentTimeMillis(),
                noticed.label(),
                noticed.ipAddress(),
                noticed.country(),
                noticed.arrival().deviceId());
    }

    /** @param whom null where the owner may know no more than that it happened */
    private static Letter.Written toOwner(SignInNoticed noticed, @Nullable Whom whom, Words words) {
        long at = noticed.at();
        Facts facts = new Facts(words);
        if (whom != null) {
            whom.addTo(facts);
        }
        facts.add("clinicMailWhen", whom == null ? words.day(at) : words.time(at))
                .add(
                        "clinicMailWhat",
                        words.of(isNewDevice(noticed) ? "clinicMailWhatNewDevice" : "clinicMailWhatCountry"));
        if (whom == null) {
            facts.add("clinicMailBy", words.of("clinicMailByThemselves"));
        } else {
            about(noticed, words, facts);
        }
        return new Letter.Written(
                isNewDevice(noticed) ? "clinicMailOwnerNewDeviceSubject" : "clinicMailOwnerCountrySubject",
                List.of(words.clinic()),
                "clinic-owner.ftl",
                words.withAttribution(
                        Map.of("reported", false, "masked", whom == null, "facts", facts.lines()),
                        whom == null ? null : noticed.country()));
    }

    private static void about(SignInNoticed noticed, Words words, Facts facts) {
        facts.add("clinicMailDevice", words.device(noticed.label()));
        facts.add("clinicMailAddress", words.address(noticed.ipAddress()));
        facts.addIfKnown("clinicMailPlace", words.place(noticed.country(), noticed.ipAddress()));
    }

    private static boolean isNewDevice(SignInNoticed noticed) {
        return noticed.arrival().marks().contains(SessionMark.NEW_DEVICE);
    }

    private static boolean isUnfamiliarCountry(SignInNoticed noticed) {
        return noticed.arrival().marks().contains(SessionMark.UNFAMILIAR_COUNTRY);
    }

    /** Whose sign-in it is, as an owner knows them. */
    record Whom(String name, String username, List<String> clinics) {

        static Whom of(UserModel person, List<Clinic> clinics) {
            return new Whom(
                    Words.name(person),
                    OneLine.of(person.getUsername()),
                    clinics.stream()
                            .filter(clinic -> !clinic.isRealm())
                            .map(Clinic::name)
                            .map(OneLine::of)
                            .toList());
        }

        void addTo(Facts facts) {
            facts.add("clinicMailPerson", name.equals(username) ? name : name + " (" + username + ")");
            if (!clinics.isEmpty()) {
                facts.add("clinicMailClinic", String.join(", ", clinics));
            }
        }
    }
}
