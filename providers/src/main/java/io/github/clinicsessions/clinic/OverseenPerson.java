package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.clinic.StaffMember.Visibility;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.session.LedgerNotes;
import io.github.clinicsessions.session.SessionDirectory;
import io.github.clinicsessions.session.SessionTerminator;
import io.github.clinicsessions.session.SessionView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.UserModel;

/** A person whom somebody oversees, and what they may see and do. Made by {@link Staff}. */
public final class OverseenPerson {

    /** Of admin events; a type of ours, because Keycloak's own would tell listeners that Keycloak had done it. */
    static final String RESOURCE_TYPE = "CLINIC_SESSION";

    private final Oversight oversight;
    private final UserModel user;
    private final Person person;
    private final SessionDirectory directory;
    private final SessionTerminator terminator;

    OverseenPerson(Oversight oversight, UserModel user, Person person) {
        this.oversight = oversight;
        this.user = user;
        this.person = person;
        this.directory = new SessionDirectory(oversight.session());
        this.terminator = new SessionTerminator(oversight.session());
    }

    public UserModel user() {
        return user;
    }

    /** First and last name as far as there are any, otherwise the user name. */
    public String displayName() {
        return StaffDirectory.displayName(user.getUsername(), user.getFirstName(), user.getLastName());
    }

    public Person person() {
        return person;
    }

    public Visibility visibility() {
        return AccessPolicy.visibility(oversight.clinics(), person);
    }

    /** How many sessions there are; all that is seen of whoever has opted out. */
    public int count() {
        return directory.ofUser(oversight.realm(), user, null).size();
    }

    /**
     * The sessions, newest activity first; of the viewer's own the one by which they ask. The person will see that they were looked at.
     *
     * @throws IllegalStateException of whoever has opted out
     */
    public List<OverseenSession> look() {
        if (visibility() == Visibility.OPTED_OUT) {
            throw new IllegalStateException("opted out");
        }
        if (!user.getId().equals(oversight.viewer().getId())) {
            LedgerNotes.afterCommit(
                    oversight.session(),
                    LedgerRow.viewed(
                            oversight.realm().getId(),
                            Time.currentTimeMillis(),
                            user.getId(),
                            user.getUsername(),
                            oversight.doneBy().actor(),
                            oversight.doneBy().ipAddress()));
        }
        KnownApplications known = KnownApplications.of(oversight);
        TimeoutReasons reasons = TimeoutReasons.of(oversight, person);
        Set<String> aliases = oversight.clinics().stream()
                .map(Clinic::alias)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .collect(Collectors.toUnmodifiableSet());
        return directory.ofUser(oversight.realm(), user, oversight.currentSessionId()).stream()
                .map(one -> {
                    List<SessionView.Client> clients = known.in(one);
                    return new OverseenSession(
                            one.overseen(clients, aliases), one.clients().size() - clients.size(), reasons.of(one));
                })
                .toList();
    }

    /** Ends one; not found for whoever has opted out, whose sessions nobody can name. */
    public SessionTerminator.Ended end(String sessionId) {
        return visibility() == Visibility.OPTED_OUT
                ? new SessionTerminator.Ended(0, null)
                : endAll(List.of(sessionId), "sessions", sessionId);
    }

    /** Whether it was this person's and has ended. */
    public boolean hasEnded(String sessionId) {
        return visibility() == Visibility.VISIBLE && terminator.hasEnded(oversight.realm(), user, sessionId);
    }

    /** What people call the device of one of their sessions, as {@link #look} would show it; without looking. */
    public Optional<SessionView> find(String sessionId) {
        return visibility() == Visibility.OPTED_OUT || !SessionRef.isWellFormedId(sessionId)
                ? Optional.empty()
                : directory.ofUser(oversight.realm(), user, null).stream()
                        .filter(one -> one.id().equals(sessionId))
                        .findFirst();
    }

    /** Ends all, blind if need be; counts those that there were to see. */
    public int endAll() {
        int seen = count();
        List<String> ids = directory.idsOfUser(oversight.realm(), user);
        return Math.min(seen, endAll(ids, "sessions").count());
    }

    private SessionTerminator.Ended endAll(Collection<String> ids, String... path) {
        SessionTerminator.Ended ended =
                terminator.end(oversight.realm(), user, ids, oversight.cause(), oversight.doneBy());
        if (ended.count() > 0) {
            String[] full = new String[path.length + 2];
            full[0] = "users";
            full[1] = user.getId();
            System.arraycopy(path, 0, full, 2, path.length);
            oversight
                    .event()
                    .operation(OperationType.DELETE)
                    .resource(RESOURCE_TYPE)
                    .resourcePath(full)
                    .representation(Map.of("ended", ended.count()))
                    .success();
        }
        return ended;
    }
}
