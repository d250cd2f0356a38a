package io.github.clinicsessions.api;

import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.RealmModel;

/**
 * What Keycloak's {@code DefaultSecurityHeadersProvider} adds to answers of REST calls. It does not do so for those that may be
 * suspended: it looks for a Keycloak session, which is closed by then.
 */
record SecurityHeaders(Map<String, String> values) {

    private static final List<BrowserSecurityHeaders> OF_REST = List.of(
            BrowserSecurityHeaders.STRICT_TRANSPORT_SECURITY,
            BrowserSecurityHeaders.X_FRAME_OPTIONS,
            BrowserSecurityHeaders.X_CONTENT_TYPE_OPTIONS,
            BrowserSecurityHeaders.REFERRER_POLICY,
            BrowserSecurityHeaders.X_ROBOTS_TAG);

    static SecurityHeaders of(RealmModel realm) {
        Map<String, String> set = realm.getBrowserSecurityHeaders();
        Map<String, String> values = new LinkedHashMap<>();
        for (BrowserSecurityHeaders header : OF_REST) {
            String value = set.getOrDefault(header.getKey(), header.getDefaultValue());
            if (value != null && !value.isEmpty()) {
                values.put(header.getHeaderName(), value);
            }
        }
        return new SecurityHeaders(values);
    }

    Response on(Response response) {
        Response.ResponseBuilder builder = Response.fromResponse(response);
        values.forEach(builder::header);
        return builder.build();
    }
}
