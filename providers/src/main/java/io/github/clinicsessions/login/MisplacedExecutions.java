package io.github.clinicsessions.login;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;

/** Says once of each execution that it stands where it cannot do what it is there for. Thread-safe. */
final class MisplacedExecutions {

    private static final Logger LOG = Logger.getLogger(MisplacedExecutions.class);

    /** A realm's administrators can make as many as they like. */
    private static final int MOST = 1_000;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    void warn(AuthenticationFlowContext context) {
        String id = context.getExecution().getId();
        if (known.size() < MOST && known.add(id)) {
            LOG.warnf(
                    "realm %s, flow %s: %s is not the last execution. Who has not proved yet who they are is not shown whose"
                            + " sessions there are: without a page sign-ins above the limit are refused.",
                    context.getRealm().getName(),
                    context.getTopLevelFlow().getAlias(),
                    SessionLimitAuthenticatorFactory.ID);
        }
    }
}
