package io.github.clinicsessions.caep;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.ssf.transmitter.SsfTransmitterProvider;
import org.keycloak.ssf.transmitter.SsfTransmitterProviderFactory;

/**
 * Takes the place of Keycloak's own transmitter, id and options included, where the feature {@code ssf} is on. Delegates to
 * {@link CaepTransmitter}, and does not extend it: Keycloak loads this class with the feature off too, to ask whether it is
 * supported, and must not come upon classes of an experimental feature then. Holds the one delegate.
 */
public final class CaepTransmitterFactory implements SsfTransmitterProviderFactory {

    private @Nullable SsfTransmitterProviderFactory delegate;

    @Override
    public boolean isSupported(Config.Scope config) {
        return Profile.isFeatureEnabled(Profile.Feature.SSF);
    }

    @Override
    public String getId() {
        return "default";
    }

    /** Above Keycloak's own of the same id. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public SsfTransmitterProvider create(KeycloakSession session) {
        return delegate().create(session);
    }

    @Override
    public void init(Config.Scope config) {
        delegate().init(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        delegate().postInit(factory);
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return delegate().getConfigMetadata();
    }

    @Override
    public void close() {
        delegate().close();
    }

    private synchronized SsfTransmitterProviderFactory delegate() {
        SsfTransmitterProviderFactory made = delegate;
        if (made == null) {
            made = new CaepTransmitter();
            delegate = made;
        }
        return made;
    }
}
