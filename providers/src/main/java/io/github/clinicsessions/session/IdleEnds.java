package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.session.IdleJudge.End;
import io.github.clinicsessions.session.IdleJudge.Verdict;
import io.github.clinicsessions.session.SessionTerminator.OfPerson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Ends sessions in which nobody has been for too long, as {@link IdleJudge} has found. */
final class IdleEnds {

    private IdleEnds() {}

    /**
     * Returns when they have ended.
     *
     * @param own a Keycloak session that is not a request's
     * @param over by session id; what is not over is passed over
     * @return how many there were
     * @throws RuntimeException if one of them could not be ended, or not to the last
     */
    static int end(KeycloakSession own, RealmModel realm, Map<String, Verdict> over) {
        SessionTerminator terminator = new SessionTerminator(own);
        List<OfPerson> whole = persons(own, realm, over, End.ALL);
        int count = 0;
        if (!whole.isEmpty()) {
            count += terminator
                    .end(realm, whole, EndCause.IDLE_TIMEOUT, DoneBy.NOBODY)
                    .count();
        }
        for (OfPerson person : persons(own, realm, over, End.ONLINE_PART)) {
            count += terminator.endOnlineParts(
                    realm, person.user(), person.sessionIds(), EndCause.IDLE_TIMEOUT, DoneBy.NOBODY);
        }
        return count;
    }

    private static List<OfPerson> persons(KeycloakSession own, RealmModel realm, Map<String, Verdict> over, End end) {
        Map<String, List<String>> byUser = new LinkedHashMap<>();
        over.forEach((id, verdict) -> {
            if (verdict.end() == end && verdict.userId() != null) {
                byUser.computeIfAbsent(verdict.userId(), user -> new ArrayList<>())
                        .add(id);
            }
        });
        List<OfPerson> persons = new ArrayList<>();
        byUser.forEach((userId, ids) -> {
            UserModel user = own.users().getUserById(realm, userId);
            if (user != null) {
                persons.add(new OfPerson(user, ids));
            }
        });
        return persons;
    }
}
