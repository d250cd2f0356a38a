package io.github.clinicsessions.account;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.audit.LedgerEntry;
import io.github.clinicsessions.clinic.Clinic;
import io.github.clinicsessions.clinic.SettingKey;
import io.github.clinicsessions.text.PageTimes;
import io.github.clinicsessions.text.PlaceText;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code audit.ftl} is told of the ledger's rows. */
final class AuditModel {

    /** Details that have a place of their own in a row. */
    private static final Set<String> PLACED =
            Set.of("setting", "client", "clinic", "old", "new", "tried", "inForce", "visibility", "actorIpAddress");

    /** Of a changed setting: why it was. */
    private static final String REASON = "reason";

    /** What the names of settings begin with that are of one role, whose name follows. */
    private static final String OF_ROLE = SettingKey.ROLE_IDLE_TIMEOUT_MINUTES.json() + ".";

    private final PageTimes times;
    private final PlaceText places;

    AuditModel(PageTimes times, PlaceText places) {
        this.places = places;
        this.times = times;
    }

    /** To choose from. */
    static List<String> causes() {
        return Arrays.stream(EndCause.values()).map(Enum::name).toList();
    }

    /** To choose from; a realm without organizations is one, and there is nothing to choose. */
    static List<Map<String, String>> clinics(List<Clinic> clinics) {
        return clinics.stream()
                .map(clinic -> Map.of("alias", Objects.requireNonNullElse(clinic.alias(), ""), "name", clinic.name()))
                .toList();
    }

    List<Map<String, Object>> rows(List<LedgerEntry> entries) {
        return entries.stream().map(this::row).toList();
    }

    private Map<String, Object> row(LedgerEntry entry) {
        Map<String, Object> row = new HashMap<>();
        row.put("at", times.moment(Instant.ofEpochMilli(entry.occurredAt())));
        row.put("action", entry.action().name());
        EndCause cause = entry.cause();
        putIfKnown(row, "cause", cause == null ? null : cause.name());
        row.put("masked", entry.masked());
        if (entry.action() != LedgerAction.SETTING_CHANGED) { // whose row names who acted in this place
            putIfKnown(row, "person", entry.username());
        }
        putIfKnown(row, "device", entry.device());
        putIfKnown(row, "ipAddress", entry.ipAddress());
        putIfKnown(row, "country", places.name(entry.country()));
        row.put("actor", actor(entry.actor()));
        putIfKnown(row, "sessionRef", entry.sessionRef());
        Map<String, String> further = new TreeMap<>();
        entry.details().forEach((name, value) -> {
            if (PLACED.contains(name) || isReasonOf(entry, name)) {
                row.put(name, value);
            } else {
                further.put(name, value);
            }
        });
        if (row.get("setting") instanceof String setting && setting.startsWith(OF_ROLE)) {
            row.put("role", setting.substring(OF_ROLE.length()));
        }
        row.put(
                "further",
                further.entrySet().stream()
                        .map(detail -> Map.of("name", detail.getKey(), "value", detail.getValue()))
                        .toList());
        return row;
    }

    private static boolean isReasonOf(LedgerEntry entry, String detail) {
        return detail.equals(REASON) && entry.action() == LedgerAction.SETTING_CHANGED;
    }

    private static Map<String, Object> actor(Actor actor) {
        Map<String, Object> model = new HashMap<>();
        model.put("type", actor.type().name());
        if (actor.type() != Actor.Type.SELF) { // who is in the row already, or is not to be named
            putIfKnown(model, "name", actor.name());
        }
        return model;
    }

    private static void putIfKnown(Map<String, Object> model, String key, @Nullable Object value) {
        if (value != null) {
            model.put(key, value);
        }
    }
}
