package io.github.clinicsessions.geo;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What makers of databases want to be shown, by what their databases call themselves; and what an operator wants instead. Pure. */
final class Attributions {

    /** CC BY 4.0, with the words and the link of DB-IP's licence. */
    static final Attribution DB_IP = new Attribution("IP Geolocation by DB-IP", "https://db-ip.com");

    /** As the GeoLite2 End User License Agreement has it. */
    static final Attribution GEO_LITE = new Attribution(
            "This product includes GeoLite Data created by MaxMind, available from https://www.maxmind.com.",
            "https://www.maxmind.com");

    private static final int LONGEST = 300;

    private Attributions() {}

    static Optional<Attribution> demandedBy(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        if (name.contains("dbip") || name.contains("db-ip")) {
            return Optional.of(DB_IP);
        }
        return name.startsWith("geolite") ? Optional.of(GEO_LITE) : Optional.empty();
    }

    /**
     * As an operator wants it.
     *
     * @param url a link in place of the text if there is none
     * @throws IllegalArgumentException if the text is longer than {@value #LONGEST} characters, or the URL neither http nor https
     */
    static Optional<Attribution> of(@Nullable String text, @Nullable String url) {
        String link = url == null || url.isBlank() ? null : url.strip();
        String words = text == null || text.isBlank() ? link : text.strip();
        if (words != null && words.length() > LONGEST) {
            throw new IllegalArgumentException("the text is longer than " + LONGEST + " characters");
        }
        return words == null ? Optional.empty() : Optional.of(new Attribution(words, link));
    }
}
