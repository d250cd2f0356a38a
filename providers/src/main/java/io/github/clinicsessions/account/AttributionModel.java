package io.github.clinicsessions.account;

import io.github.clinicsessions.geo.Attribution;
import java.util.Map;

/** Whose data countries are from, as pages show it. */
final class AttributionModel {

    private AttributionModel() {}

    static Map<String, String> of(Attribution attribution) {
        String url = attribution.url();
        return url == null ? Map.of("text", attribution.text()) : Map.of("text", attribution.text(), "url", url);
    }
}
