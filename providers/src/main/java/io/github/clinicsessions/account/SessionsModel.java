package io.github.clinicsessions.account;

import io.github.clinicsessions.clinic.OverseenSession;
import io.github.clinicsessions.clinic.TimeoutReason;
import io.github.clinicsessions.clinic.TimeoutReasons;
import io.github.clinicsessions.geo.Place;
import io.github.clinicsessions.registry.SessionMark;
import io.github.clinicsessions.session.ClientNames;
import io.github.clinicsessions.session.Receipt;
import io.github.clinicsessions.session.SessionView;
import io.github.clinicsessions.text.DeviceText;
import io.github.clinicsessions.text.PageTimes;
import io.github.clinicsessions.text.PlaceText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What the rows of sessions are given, and the receipts. */
final class SessionsModel {

    private final DeviceText devices;
    private final ClientNames clientNames;
    private final PlaceText places;
    private final PageTimes times;
    private final Instant now;

    SessionsModel(Properties messages, Locale locale, Instant now) {
        this.devices = new DeviceText(messages, locale);
        this.clientNames = new ClientNames(messages);
        this.places = new PlaceText(locale);
        this.times = new PageTimes(now, locale);
        this.now = now;
    }

    /**
     * The person's own.
     *
     * @param mayEnd whether the person may end sessions
     * @param mayReport whether the person may report one as not theirs
     */
    Map<String, Object> of(List<SessionView> sessions, TimeoutReasons reasons, boolean mayEnd, boolean mayReport) {
        Map<String, Object> view = new HashMap<>();
        view.put("canEnd", mayEnd);
        view.put("canReport", mayReport);
        view.put("now", now.toString());
        view.put("otherCount", sessions.stream().filter(one -> !one.current()).count());
        view.put(
                "sessions",
                sessions.stream()
                        .sorted(byLabel())
                        .map(one -> row(one, reasons.of(one)))
                        .toList());
        return Map.of("view", view, "today", times.today());
    }

    /** Another person's, as whoever oversees them sees them; none where there is nothing to see. */
    Map<String, Object> overseen(List<OverseenSession> sessions) {
        Map<String, Object> view = new HashMap<>();
        view.put("now", now.toString());
        view.put(
                "sessions",
                sessions.stream()
                        .sorted(Comparator.comparing(OverseenSession::view, byLabel()))
                        .map(this::row)
                        .toList());
        return Map.of("view", view, "today", times.today());
    }

    /** One of the person's own, by itself; null for one that has ended. */
    Map<String, Object> of(String id, @Nullable SessionView session, TimeoutReasons reasons) {
        Map<String, Object> ask = new HashMap<>();
        ask.put("id", id);
        if (session != null) {
            ask.put("session", row(session, reasons.of(session)));
        }
        return Map.of("ask", ask, "today", times.today());
    }

    private Map<String, Object> row(OverseenSession one) {
        Map<String, Object> row = row(one.view(), one.timeout());
        row.put("otherApplications", one.otherApplications());
        return row;
    }

    /**
     * What the notice says of what was ended. A moment that something lasts until is never shown as an earlier minute.
     *
     * @param open whether it is shown without being asked for
     */
    Map<String, Object> receipt(Receipt receipt, boolean open) {
        Map<String, Object> model = new HashMap<>();
        model.put("id", receipt.id());
        model.put("open", open);
        model.put(
                "waiting",
                receipt.applications().stream().anyMatch(application -> application.state() == Receipt.State.WAITING));
        Instant ended = receipt.endedAt();
        putIfKnown(model, "ended", ended == null ? null : times.ago(ended));
        Instant refused = receipt.refusedByAllAt();
        putIfKnown(model, "refusedByAll", refused == null ? null : times.moment(wholeMinute(refused)));
        model.put(
                "applications",
                receipt.applications().stream()
                        .map(application -> Map.of(
                                "name", clientNames.of(application.client()),
                                "state", application.state().name(),
                                "refuses", times.moment(wholeMinute(application.refusesBy()))))
                        .toList());
        return model;
    }

    private static Instant wholeMinute(Instant until) {
        Instant minute = until.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(until) ? until : minute.plus(1, ChronoUnit.MINUTES);
    }

    /** The current one first, then by what people call it, one device after the other, and the newest activity first of each. */
    private Comparator<SessionView> byLabel() {
        return Comparator.comparing((SessionView one) -> !one.current())
                .thenComparing(one -> Objects.requireNonNullElse(called(one), "\uffff"))
                .thenComparing(SessionView::deviceId, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(SessionView::lastActiveAt, Comparator.reverseOrder())
                .thenComparing(SessionView::id);
    }

    private @Nullable String called(SessionView one) {
        return one.deviceName() == null ? label(one) : one.deviceName();
    }

    private @Nullable String label(SessionView one) {
        return devices.label(one.device());
    }

    private Map<String, Object> row(SessionView one, @Nullable TimeoutReason timeout) {
        Map<String, Object> row = new HashMap<>();
        row.put("id", one.id());
        putIfKnown(row, "name", one.deviceName());
        putIfKnown(row, "label", label(one));
        row.put("deviceType", one.device().type().name().toLowerCase(Locale.ROOT));
        row.put("current", one.current());
        row.put("offlineOnly", one.offline());
        row.put("offlineAccess", one.offlineAccess());
        row.put("newDevice", one.marks().contains(SessionMark.NEW_DEVICE));
        row.put("unfamiliarCountry", one.marks().contains(SessionMark.UNFAMILIAR_COUNTRY));
        row.put("impersonated", one.impersonator() != null);
        putIfKnown(row, "impersonator", one.impersonator());
        putIfKnown(row, "ipAddress", one.ipAddress());
        putIfKnown(row, "country", places.name(one.place()));
        row.put("localNetwork", one.place().kind() == Place.Kind.LOCAL);
        row.put(
                "applications",
                one.clients().stream().map(clientNames::of).distinct().toList());
        row.put("lastActive", times.ago(one.lastActiveAt()));
        row.put("started", times.moment(one.startedAt()));
        Instant expires = one.expiresAt();
        if (!one.idleExpiresAt().equals(expires)) {
            row.put("idleExpires", times.moment(one.idleExpiresAt())); // else use does not put it off
            putIfKnown(row, "timeout", timeout == null ? null : TimeoutText.of(timeout));
        }
        putIfKnown(row, "expires", expires == null ? null : times.moment(expires));
        return row;
    }

    private static void putIfKnown(Map<String, Object> model, String key, @Nullable Object value) {
        if (value != null) {
            model.put(key, value);
        }
    }
}
