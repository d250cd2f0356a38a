package io.github.clinicsessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 problem details. {@code type} is left out, which means {@code about:blank}: the title is the
 * status' own.
 *
 * @param errors what is wrong with the input, field by field
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(int status, String title, @Nullable String detail, List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** One field of the input and its bound. */
    public record FieldError(String field, String message) {}

    /** Without fields. */
    public static Problem of(Response.Status status, @Nullable String detail) {
        return new Problem(status.getStatusCode(), status.getReasonPhrase(), detail, List.of());
    }

    /** 400: one field and its bound. */
    public static Problem badField(String field, String message) {
        return badFields(List.of(new FieldError(field, message)));
    }

    /** 400: every field that is wrong, each with its bound. */
    static Problem badFields(List<FieldError> errors) {
        return ofFields(Response.Status.BAD_REQUEST, errors);
    }

    /** With fields, which {@code detail} names too. */
    static Problem ofFields(Response.Status status, List<FieldError> errors) {
        return new Problem(
                status.getStatusCode(),
                status.getReasonPhrase(),
                errors.stream()
                        .map(error -> error.field() + " " + error.message())
                        .collect(Collectors.joining("; ")),
                List.copyOf(errors));
    }

    /** As it is sent. */
    public Response toResponse() {
        Response.ResponseBuilder builder = Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(this);
        if (status == Response.Status.UNAUTHORIZED.getStatusCode()) {
            // RFC 6750, section 3
            builder.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        }
        return builder.build();
    }
}
