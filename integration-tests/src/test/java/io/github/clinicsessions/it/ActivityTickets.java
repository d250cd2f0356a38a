package io.github.clinicsessions.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JWTs with the realm's own secret signature: what nobody outside the server can make, to see which claims matter. */
final class ActivityTickets {

    private static final String CONFIG = """
            select f.VALUE from COMPONENT c join COMPONENT_CONFIG f on f.COMPONENT_ID = c.ID
            where c.REALM_ID = ? and c.PROVIDER_ID = 'hmac-generated' and f.NAME = ?""";

    private final String kid;
    private final byte[] secret;

    ActivityTickets(TestRealm realm) {
        var database = realm.server().database();
        kid = database.texts(CONFIG, realm.id(), "kid").get(0);
        secret = Base64.getUrlDecoder()
                .decode(database.texts(CONFIG, realm.id(), "secret").get(0));
    }

    String sign(Map<String, ?> claims) {
        try {
            var signed = encode(Map.of("alg", "HS512", "typ", "JWT", "kid", kid)) + "." + encode(claims);
            var mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(secret, "HmacSHA512"));
            return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(Map<String, ?> json) throws JsonProcessingException {
        return encode(Http.JSON.writeValueAsBytes(json));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
