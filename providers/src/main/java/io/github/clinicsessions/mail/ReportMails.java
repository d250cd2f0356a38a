package io.github.clinicsessions.mail;

import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.clinic.NotMe;
import io.github.clinicsessions.clinic.OwnersToTell;
import io.github.clinicsessions.clinic.OwnersToTell.Told;
import io.github.clinicsessions.clinic.PasswordHome;
import io.github.clinicsessions.clinic.SignInReported;
import io.github.clinicsessions.mail.SignInMails.Whom;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserModel;

/** Mails to owners: a person of their staff has said that a sign-in was not theirs. */
final class ReportMails {

    private ReportMails() {}

    static void send(Post post, KeycloakSessionFactory factory, SignInReported reported) {
        LedgerRow row = reported.row();
        post.find(factory, row.realmId(), (session, realm) -> {
            UserModel person = session.users().getUserById(realm, row.userId());
            List<Told> owners = person == null ? List.of() : new OwnersToTell(session, realm).ofReported(person);
            for (Told owner : owners) {
                Whom whom = owner.masked() ? null : Whom.of(person, owner.clinics());
                post.send(
                        factory,
                        row.realmId(),
                        owner.owner().getId(),
                        (own, ownRealm, to) -> toOwner(reported, whom, new Words(own, ownRealm, to)));
            }
        });
    }

    private static Letter.Written toOwner(SignInReported reported, @Nullable Whom whom, Words words) {
        LedgerRow row = reported.row();
        Facts facts = new Facts(words);
        if (whom != null) {
            whom.addTo(facts);
        }
        facts.add("clinicMailWhen", whom == null ? words.day(row.occurredAt()) : words.time(row.occurredAt()))
                .add("clinicMailWhat", words.of("clinicMailWhatReported"));
        if (whom == null) {
            facts.add("clinicMailBy", words.of("clinicMailByThemselves"));
        } else {
            facts.add("clinicMailDevice", words.device(row.device()))
                    .add("clinicMailAddress", words.address(row.ipAddress()));
            facts.addIfKnown("clinicMailPlace", words.place(row.country(), row.ipAddress()))
                    .add("clinicMailEnded", String.valueOf(reported.outcome().ended()))
                    .add("clinicMailPassword", password(reported.outcome(), words));
        }
        return new Letter.Written(
                "clinicMailOwnerReportedSubject",
                List.of(words.clinic()),
                "clinic-owner.ftl",
                words.withAttribution(
                        Map.of("reported", true, "masked", whom == null, "facts", facts.lines()),
                        whom == null ? null : row.country()));
    }

    private static String password(NotMe.Outcome outcome, Words words) {
        PasswordHome password = outcome.password();
        if (outcome.passwordRequired()) {
            return words.of("clinicMailPasswordRequired");
        }
        return switch (password.kind()) {
            case ELSEWHERE ->
                words.of("clinicMailPasswordElsewhere") + " "
                        + password.elsewhere().stream().map(OneLine::of).collect(Collectors.joining(", "));
            case NONE -> words.of("clinicMailPasswordNone");
            case HERE, ADMINISTRATION, UNKNOWN -> words.of("clinicMailPasswordAdministration");
        };
    }
}
