package io.github.clinicsessions.api;

import io.github.clinicsessions.registry.feed.EndedFeed;
import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;

/** What lies under {@code /realms/{realm}/clinic-sessions}. */
public final class ClinicSessionsResource {

    private final KeycloakSession session;
    private final EndedFeed feed;

    ClinicSessionsResource(KeycloakSession session, EndedFeed feed) {
        this.session = session;
        this.feed = feed;
    }

    /** The person's own sessions. */
    @Path("v1/me/sessions")
    public MySessionsResource mySessions() {
        return new MySessionsResource(session);
    }

    /** The devices with which the person has signed in. */
    @Path("v1/me/devices")
    public MyDevicesResource myDevices() {
        return new MyDevicesResource(session);
    }

    /** Whether a human is there, in the session of the token. */
    @Path("v1/me/activity")
    public ActivityResource myActivity() {
        return new ActivityResource(session);
    }

    /** Receipts of what was ended of them. */
    @Path("v1/me/receipts")
    public MyReceiptsResource myReceipts() {
        return new MyReceiptsResource(session);
    }

    /** The staff of the owner's clinics. */
    @Path("v1/staff")
    public StaffResource staff() {
        return new StaffResource(session);
    }

    /** The settings of a clinic. */
    @Path("v1/settings")
    public SettingsResource settings() {
        return new SettingsResource(session);
    }

    /** The ledger of the owner's clinics. */
    @Path("v1/audit")
    public AuditResource audit() {
        return new AuditResource(session);
    }

    /** The same as a file. */
    @Path("v1/audit.csv")
    public AuditFileResource auditFile() {
        return new AuditFileResource(session);
    }

    /** The page of the link in a mail. */
    @Path("v1/report")
    public ReportPage report() {
        return new ReportPage(session);
    }

    /** The feed of ended sessions. */
    @Path("v1/ended")
    public EndedResource ended() {
        return new EndedResource(session, feed);
    }

    /** The script for applications. */
    @Path("v1/clinic-idle.js")
    public IdleScriptResource idleScript() {
        return new IdleScriptResource(session, IdleScript.MODULE);
    }

    /** Its types. */
    @Path("v1/clinic-idle.d.ts")
    public IdleScriptResource idleScriptTypes() {
        return new IdleScriptResource(session, IdleScript.TYPES);
    }
}
