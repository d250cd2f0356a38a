package io.github.clinicsessions.bounds;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/** One setting that is kept within a range, and how it is read and written. */
public sealed interface Bound {

    /** What the setting is called where administrators set it by REST. */
    String setting();

    /** What a lower value cuts short. */
    Governs governs();

    /** What its numbers count. */
    Unit unit();

    /** What it may be in a realm with these limits. */
    Range rangeIn(Limits limits);

    /** What a setting's lower value cuts short. */
    enum Governs {
        /** Nothing by itself. */
        OTHER_BOUNDS,
        /** Access tokens: those issued before live on for what they were issued for. */
        ACCESS_TOKENS,
        /** Sessions: those that are longer than the new value end. */
        SESSIONS
    }

    /** What a setting's numbers count. */
    enum Unit {
        SECONDS,
        MINUTES,
        HOURS;

        /** As REST and the ledger name it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A setting of the realm. */
    record OfRealm(
            String setting,
            Governs governs,
            Unit unit,
            Function<Limits, Range> range,
            Function<RealmModel, @Nullable String> read,
            ObjIntConsumer<RealmModel> write)
            implements Bound {
        @Override
        public Range rangeIn(Limits limits) {
            return range.apply(limits);
        }
    }

    /** An attribute of clients by which they override the realm. */
    record OfClient(String setting, Governs governs, Function<Limits, Range> range) implements Bound {
        /** All of Keycloak's own. */
        @Override
        public Unit unit() {
            return Unit.SECONDS;
        }

        @Override
        public Range rangeIn(Limits limits) {
            return range.apply(limits);
        }

        @Nullable
        String read(ClientModel client) {
            return client.getAttribute(setting);
        }

        void write(ClientModel client, int value) {
            client.setAttribute(setting, Integer.toString(value));
        }
    }

    /** A native number of the realm; Keycloak's own are all seconds. */
    static Bound realm(
            String setting,
            Governs governs,
            Function<Limits, Range> range,
            ToIntFunction<RealmModel> read,
            ObjIntConsumer<RealmModel> write) {
        return new OfRealm(
                setting, governs, Unit.SECONDS, range, realm -> Integer.toString(read.applyAsInt(realm)), write);
    }

    /** An attribute of the realm. */
    static Bound realmAttribute(String name, Governs governs, Unit unit, Function<Limits, Range> range) {
        return new OfRealm(
                name,
                governs,
                unit,
                range,
                realm -> realm.getAttribute(name),
                (realm, value) -> realm.setAttribute(name, Integer.toString(value)));
    }

    /** An attribute of every client; seconds. */
    static Bound client(String attribute, Governs governs, Function<Limits, Range> range) {
        return new OfClient(attribute, governs, range);
    }
}
