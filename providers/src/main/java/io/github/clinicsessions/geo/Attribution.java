package io.github.clinicsessions.geo;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Whose data countries are from, to be shown wherever they are.
 *
 * @param text plain
 * @param url of an http or https address; null for none
 */
public record Attribution(String text, @Nullable String url) {

    /**
     * @throws IllegalArgumentException if the URL is of neither
     */
    public Attribution {
        if (url != null && !isWeb(url)) {
            throw new IllegalArgumentException("the URL is neither http nor https");
        }
    }

    private static boolean isWeb(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
