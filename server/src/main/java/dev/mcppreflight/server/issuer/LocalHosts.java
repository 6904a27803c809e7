package dev.mcppreflight.server.issuer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns away requests under another name than this machine's own: the defence against DNS rebinding. */
final class LocalHosts extends OncePerRequestFilter {

    private static final int MISDIRECTED = 421;

    private final Set<String> hosts;

    LocalHosts(IssuerProfile profile) {
        int port = profile.url().getPort();
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader("Host");
        if (host != null && hosts.contains(host)) {
            chain.doFilter(request, response);
        } else {
            response.sendError(MISDIRECTED);
        }
    }
}
