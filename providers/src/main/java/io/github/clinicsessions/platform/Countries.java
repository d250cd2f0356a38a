package io.github.clinicsessions.platform;

import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The countries that there are, by their codes: ISO 3166-1 alpha-2, upper case. */
public final class Countries {

    /** Kosovo, which ISO has no code for and databases of addresses call by this one, as do the JDK's names. */
    private static final String KOSOVO = "XK";

    private static final Set<String> CODES = codes();

    private Countries() {}

    /** Whether it is the code of a country. */
    public static boolean isCode(String text) {
        return CODES.contains(text);
    }

    /** As people of this language call it. */
    public static String name(String code, Locale language) {
        return isCode(code) ? new Locale.Builder().setRegion(code).build().getDisplayCountry(language) : code;
    }

    private static Set<String> codes() {
        Set<String> codes = new HashSet<>(Set.of(Locale.getISOCountries()));
        codes.add(KOSOVO);
        return Collections.unmodifiableSet(codes);
    }
}
