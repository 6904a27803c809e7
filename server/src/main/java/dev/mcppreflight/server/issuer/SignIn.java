package dev.mcppreflight.server.issuer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes whoever sits at this machine for the user {@code demo}, or for the one that the client names in
 * {@code login_hint}; nothing is granted without a click on the consent page.
 */
final class SignIn extends OncePerRequestFilter {

    /** The parameter that names a user (OpenID Connect Core, 3.1.2.1). */
    static final String HINT = "login_hint";

    private static final String USER = "demo";
    private static final String FACTOR = "FACTOR_CLICK";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

    private final String path;

    SignIn(String path) {
        this.path = path;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String where = request.getServletPath();
        if (where.equals(path) || where.equals(ConsentPage.PATH)) {
            String hint = request.getParameter(HINT);
            String user = hint != null && NAME.matcher(hint).matches() ? hint : USER;
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            // The time of the sign-in stands in ID tokens.
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                    user, null, List.of(FactorGrantedAuthority.fromAuthority(FACTOR))));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }
}
