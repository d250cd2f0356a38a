package io.github.clinicsessions.example;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * Asks Keycloak about each token: a session that has ended is refused at once, and each request costs a call to Keycloak. The
 * tokens must name this API's client in their audience, else Keycloak calls them inactive.
 */
@Configuration
@EnableWebMvc
@EnableWebSecurity
@Import(Patients.class)
public class IntrospectingApi {

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.opaqueToken(withDefaults()))
                .build();
    }

    @Bean
    OpaqueTokenIntrospector introspector(Realm realm) {
        return SpringOpaqueTokenIntrospector.withIntrospectionUri(realm.endpoint("token/introspect"))
                .clientId(realm.clientId())
                .clientSecret(realm.clientSecret())
                .build();
    }
}
