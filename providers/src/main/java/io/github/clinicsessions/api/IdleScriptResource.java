package io.github.clinicsessions.api;

import io.github.clinicsessions.platform.RealmSwitch;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/** A file for pages of applications. It is the same for everybody, so that pages of every origin may load it. */
public final class IdleScriptResource {

    /** The address does not change with the content: browsers ask anew after this. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final KeycloakSession session;
    private final IdleScript file;

    IdleScriptResource(KeycloakSession session, IdleScript file) {
        this.session = session;
        this.file = file;
    }

    /** 200: the file; 304: the browser has it. */
    @GET
    public Response file(
            @Context Request request, @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String encodings) {
        if (!RealmSwitch.isOn(session.getContext().getRealm())) {
            return Problem.of(Response.Status.NOT_FOUND, null).toResponse();
        }
        EntityTag tag = new EntityTag(file.tag(), true); // weak: it names both forms
        Response.ResponseBuilder answer = request.evaluatePreconditions(tag);
        if (answer == null) {
            boolean gzip = encodings != null && encodings.contains("gzip");
            answer = Response.ok(gzip ? file.compressed() : file.plain())
                    .type(file.type())
                    .header(HttpHeaders.CONTENT_ENCODING, gzip ? "gzip" : null);
        }
        CacheControl cache = new CacheControl();
        cache.setMaxAge((int) FRESH.toSeconds());
        return answer.tag(tag)
                .cacheControl(cache)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header("Access-Control-Allow-Origin", "*")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
