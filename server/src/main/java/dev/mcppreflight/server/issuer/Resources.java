package dev.mcppreflight.server.issuer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.core.OAuth2Error;

/** Resource indicators (RFC 8707). */
final class Resources {

    private Resources() {}

    /** Returns the resources that a request names. */
    static List<String> of(Map<String, Object> parameters) {
        Object value = parameters.get("resource");
        if (value instanceof String one) {
            return List.of(one);
        }
        return value instanceof String[] several ? List.of(several) : List.of();
    }

    /** Tells whether this is an absolute URI without fragment. */
    static boolean isIndicator(String resource) {
        try {
            URI uri = new URI(resource);
            return uri.isAbsolute() && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Returns the error for a resource that is none, or was not authorized. */
    static OAuth2Error invalidTarget() {
        return new OAuth2Error("invalid_target", "The resource is malformed or was not authorized", "");
    }
}
