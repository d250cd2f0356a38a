package io.github.clinicsessions.api;

import io.github.clinicsessions.api.BearerAuthentication.Bearer;
import io.github.clinicsessions.clinic.AccessPolicy;
import io.github.clinicsessions.clinic.OwnDevices;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The devices with which the person has signed in, by bearer token. */
public final class MyDevicesResource {

    private final KeycloakSession session;
    private final OwnCall calls;

    MyDevicesResource(KeycloakSession session) {
        this.session = session;
        this.calls = new OwnCall(session);
    }

    /** CORS preflight of the list. */
    @OPTIONS
    public Response preflight() {
        return OwnCall.preflight();
    }

    /** CORS preflight of what is below the list. */
    @OPTIONS
    @Path("{any}")
    public Response preflightBelow() {
        return OwnCall.preflight();
    }

    /** 200: the devices, last seen first. */
    @GET
    public Response list() {
        return calls.answer(AccessPolicy::maySeeOwnSessions, (realm, bearer) -> {
            OwnDevices devices = devices(realm, bearer);
            String currentId = devices.idOf(sessionId(bearer));
            return OwnCall.ok(Map.of(
                    "devices",
                    devices.list().stream()
                            .map(device -> KnownDeviceRepresentation.of(device, currentId))
                            .toList()));
        });
    }

    /** 200: it is called so from now on. 404: no device of this person. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response name(@PathParam("id") String id, byte[] body) {
        return calls.answer(AccessPolicy::mayChangeOwnDevices, (realm, bearer) -> {
            NameRequest request = NameRequest.parse(new String(body, StandardCharsets.UTF_8));
            OwnDevices devices = devices(realm, bearer);
            return devices.name(id, request.name())
                    .map(device -> OwnCall.ok(KnownDeviceRepresentation.of(device, devices.idOf(sessionId(bearer)))))
                    .orElseThrow(MyDevicesResource::notFound);
        });
    }

    /** 204: it is forgotten. 404: no device of this person. */
    @DELETE
    @Path("{id}")
    public Response forget(@PathParam("id") String id) {
        return calls.answer(AccessPolicy::mayChangeOwnDevices, (realm, bearer) -> {
            if (devices(realm, bearer).forget(id).isEmpty()) {
                throw notFound();
            }
            return Response.noContent()
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        });
    }

    private static String sessionId(Bearer bearer) {
        return bearer.userSession().getId();
    }

    private static ProblemException notFound() {
        return new ProblemException(Problem.of(Response.Status.NOT_FOUND, null));
    }

    private OwnDevices devices(RealmModel realm, Bearer bearer) {
        return new OwnDevices(session, realm, bearer.user());
    }
}
