package io.github.clinicsessions.session;

import io.github.clinicsessions.registry.EndNotice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has happened at one call that ended sessions, as far as it is known now.
 *
 * @param id the termination's
 * @param endedAt when nothing of the sessions was left; null while they are being ended
 * @param sessions how many
 * @param refusedByAllAt from when on every application refuses, also those that verify access tokens without asking Keycloak;
 *     null where there is no application
 * @param applications by client id
 */
public record Receipt(
        String id,
        @Nullable Instant endedAt,
        int sessions,
        @Nullable Instant refusedByAllAt,
        List<Application> applications) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Whether the text can be an id at all: a UUID in lower case. */
    public static boolean isWellFormedId(String text) {
        return ID.matcher(text).matches();
    }

    /** What an application has been told. Of several of its sessions, what has got least far. In that order; stable names. */
    public enum State {
        /** It is being told, and has not answered. */
        WAITING,
        /** It could not be told. */
        FAILED,
        /** It has no way to be told. */
        NOT_TOLD,
        /** Keycloak's own protocol code tells it; the answer is not known. */
        BY_KEYCLOAK,
        /** It has confirmed it. */
        ANSWERED
    }

    /**
     * An application that used one of the sessions at least.
     *
     * @param answeredAt of {@link State#ANSWERED} only
     * @param refusesBy until then its access tokens may be accepted where they are verified without asking Keycloak
     */
    public record Application(
            SessionView.Client client,
            State state,
            @Nullable Instant answeredAt,
            Instant refusesBy) {}

    /**
     * Puts it together.
     *
     * @param notices of one termination and one person, one at least
     * @param clients what a client is called now, by its internal id; null for one that is gone
     */
    static Receipt of(Collection<EndNotice> notices, Function<String, SessionView.@Nullable Client> clients) {
        Map<String, List<EndNotice>> byClient = new LinkedHashMap<>();
        for (EndNotice notice : notices) {
            if (notice.client() != null) {
                byClient.computeIfAbsent(notice.client(), id -> new ArrayList<>())
                        .add(notice);
            }
        }
        List<Application> applications = byClient.entrySet().stream()
                .map(entry -> application(entry.getValue(), clients.apply(entry.getKey())))
                .sorted(Comparator.comparing(one -> one.client().clientId()))
                .toList();
        boolean allEnded = notices.stream().allMatch(notice -> notice.endedAt() != null);
        return new Receipt(
                notices.iterator().next().terminationId(),
                allEnded ? latest(notices, EndNotice::endedAt) : null,
                notices.stream()
                        .map(EndNotice::sessionRef)
                        .collect(Collectors.toSet())
                        .size(),
                applications.stream()
                        .map(Application::refusesBy)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                applications);
    }

    private static Application application(List<EndNotice> notices, SessionView.@Nullable Client client) {
        Set<State> states = EnumSet.noneOf(State.class);
        notices.forEach(notice -> states.add(stateOf(notice.state())));
        State state = states.iterator().next();
        return new Application(
                client != null
                        ? client
                        : new SessionView.Client(
                                Objects.requireNonNullElse(notices.get(0).clientId(), ""), null),
                state,
                state == State.ANSWERED ? latest(notices, EndNotice::answeredAt) : null,
                Objects.requireNonNull(latest(notices, EndNotice::refusesBy)));
    }

    private static State stateOf(EndNotice.State state) {
        return switch (state) {
            case WAITING -> State.WAITING;
            case ANSWERED -> State.ANSWERED;
            case GIVEN_UP -> State.FAILED;
            case NOT_TOLD -> State.NOT_TOLD;
            case BY_KEYCLOAK -> State.BY_KEYCLOAK;
        };
    }

    private static @Nullable Instant latest(Collection<EndNotice> notices, Function<EndNotice, @Nullable Long> time) {
        return notices.stream()
                .map(time)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .max(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli)
                .orElse(null);
    }
}
