package io.github.clinicsessions.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clinicsessions.api.Problem.FieldError;
import io.github.clinicsessions.clinic.ClinicSettings;
import io.github.clinicsessions.clinic.Oversight;
import io.github.clinicsessions.clinic.SettingKey;
import io.github.clinicsessions.clinic.SettingProblem;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls about settings, the same for owners and for administrators. Whether who asks may has been asked, but for which
 * setting. All throw {@link ProblemException}.
 */
public final class SettingsCalls {

    /** Keycloak's mapper would leave a null out. */
    private static final ObjectMapper WITH_NULLS = new ObjectMapper();

    private final ClinicSettings settings;
    private final Oversight by;

    public SettingsCalls(ClinicSettings settings, Oversight by) {
        this.settings = settings;
        this.by = by;
    }

    /** 200: what is in force. */
    public Response read() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        settings.values(by).forEach((key, value) -> values.put(key.json(), key.toJson(value)));
        return OwnCall.ok(WITH_NULLS.valueToTree(values));
    }

    /** 200: what is in force then. What the body does not name stays as it is. */
    public Response change(byte[] body) {
        Map<SettingKey, Object> changes =
                settings.changes(SettingsRequest.parse(new String(body, StandardCharsets.UTF_8)));
        Set<SettingKey> refused = settings.refused(changes, by);
        if (!refused.isEmpty()) {
            throw new ProblemException(Problem.ofFields(
                    Response.Status.FORBIDDEN,
                    refused.stream().map(SettingsCalls::refusal).toList()));
        }
        List<SettingProblem> problems = settings.check(changes);
        if (!problems.isEmpty()) {
            throw new ProblemException(Problem.badFields(problems.stream()
                    .map(problem -> new FieldError(problem.field(), problem.message()))
                    .toList()));
        }
        settings.change(changes, by);
        return read();
    }

    private static FieldError refusal(SettingKey key) {
        return new FieldError(key.json(), "is the realm's; its administrators set it");
    }
}
