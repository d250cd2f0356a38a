package io.github.clinicsessions.mail;

import io.github.clinicsessions.geo.Place;
import io.github.clinicsessions.geo.Places;
import io.github.clinicsessions.text.DeviceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/** What a mail says, in the language and the time zone of the person whom it is for. */
final class Words {

    /** User attribute by which OpenID Connect's claim {@code zoneinfo} is usually kept. */
    private static final String ZONE = "zoneinfo";

    private final Locale locale;
    private final ZoneId zone;
    private final Properties messages;
    private final RealmModel realm;
    private final Places places;

    Words(KeycloakSession session, RealmModel realm, UserModel person) {
        this.realm = realm;
        places = Places.of(session);
        locale = session.getContext().resolveLocale(person);
        zone = zone(person.getFirstAttribute(ZONE));
        try {
            messages = session.theme().getTheme(Theme.Type.EMAIL).getEnhancedMessages(realm, locale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message; the key where there is none. */
    String of(String key, Object... parts) {
        return new MessageFormat(messages.getProperty(key, key), locale).format(parts);
    }

    /** As people call it. */
    String clinic() {
        String name = realm.getDisplayName();
        return OneLine.of(name == null || name.isBlank() ? realm.getName() : name);
    }

    /** "23 Nov 2026, 14:05 UTC+01:00". */
    String time(long millis) {
        ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(zone);
        ZoneOffset offset = time.getOffset();
        return date(time) + ", " + DateTimeFormatter.ofPattern("HH:mm", locale).format(time) + " UTC"
                + (offset.equals(ZoneOffset.UTC) ? "" : offset.getId());
    }

    /** The day only, in UTC as the ledger masks it. */
    String day(long millis) {
        return date(Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
    }

    private String date(ZonedDateTime time) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(time);
    }

    /** @param label English, see {@code Device.label()} */
    String device(@Nullable String label) {
        String text = new DeviceText(messages, locale).label(label);
        return text == null || text.isBlank() ? of("clinicMailUnknown") : OneLine.of(text);
    }

    String address(@Nullable String ipAddress) {
        return ipAddress == null ? of("clinicMailUnknown") : OneLine.of(ipAddress);
    }

    /**
     * The country, or that it is none; null where nobody knows.
     *
     * @param code ISO 3166-1 alpha-2; null where it is not known
     */
    @Nullable
    String place(@Nullable String code, @Nullable String ipAddress) {
        if (code != null) {
            return new Locale.Builder().setRegion(code).build().getDisplayCountry(locale);
        }
        return places.locate(ipAddress).kind() == Place.Kind.LOCAL ? of("clinicMailLocal") : null;
    }

    /** What a mail is given, with what has to be shown wherever countries are; without a country as it is. */
    Map<String, Object> withAttribution(Map<String, Object> attributes, @Nullable String country) {
        Map<String, Object> all = new HashMap<>(attributes);
        if (country != null) {
            places.attribution()
                    .ifPresent(one -> all.put(
                            "attribution",
                            Map.of("text", one.text(), "url", Objects.requireNonNullElse(one.url(), ""))));
        }
        return all;
    }

    /** First and last name as far as there are any, otherwise the user name. */
    static String name(UserModel person) {
        String first = person.getFirstName() == null ? "" : person.getFirstName();
        String last = person.getLastName() == null ? "" : person.getLastName();
        String name = OneLine.of(first + " " + last);
        return name.isEmpty() ? OneLine.of(person.getUsername()) : name;
    }

    /** The person's if they have said it, otherwise the server's. */
    private static ZoneId zone(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? ZoneId.systemDefault() : ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            return ZoneId.systemDefault();
        }
    }
}
