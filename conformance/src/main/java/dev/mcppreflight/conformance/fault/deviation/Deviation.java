package dev.mcppreflight.conformance.fault.deviation;

import dev.mcppreflight.conformance.fault.http.Connector;
import dev.mcppreflight.conformance.fault.http.Framing;
import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.mcp.Session;
import dev.mcppreflight.conformance.fault.transport.Lines;
import dev.mcppreflight.conformance.fault.transport.Sessions;
import dev.mcppreflight.conformance.fault.transport.Site;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The one way in which a server differs from the healthy one. A deviation wraps what the healthy server does at one
 * (seldom more than one) of these places; the default at every place is to leave it alone. An instance serves one run
 * of one server, so that it may count and remember.
 */
public interface Deviation {

    /** The address that a user would give; {@code port} is where the server listens. */
    default String address(String address, int port) {
        return address;
    }

    /** Whether anything listens. */
    default boolean listens() {
        return true;
    }

    /** The certificate, where the server speaks TLS. */
    default String certificate(String name) {
        return name;
    }

    /** How an accepted connection is prepared. */
    default Connector connector(Connector healthy) {
        return healthy;
    }

    /** How HTTP requests are answered: before, after or instead of the healthy server. */
    default HttpHandler http(HttpHandler healthy, Site site) {
        return healthy;
    }

    /** How server-sent events become bytes. */
    default Framing framing(Framing healthy) {
        return healthy;
    }

    /** On whose HTTP+SSE streams an answer goes out. */
    default List<Session> recipients(Session asking, Sessions all) {
        return List.of(asking);
    }

    /** How JSON-RPC messages are answered, over any transport. */
    default Rpc rpc(Rpc healthy) {
        return healthy;
    }

    /** How a server on standard input and output writes, begins and ends. */
    default Lines lines(Lines healthy) {
        return healthy;
    }

    /** None. */
    Deviation NONE = new Deviation() {};

    /** Wraps a request's way through the server and back. */
    @FunctionalInterface
    interface HttpWrapper {
        Response handle(Request request, HttpHandler healthy, Site site);
    }

    static Deviation ofHttp(HttpWrapper wrapper) {
        return new Deviation() {
            @Override
            public HttpHandler http(HttpHandler healthy, Site site) {
                return request -> wrapper.handle(request, healthy, site);
            }
        };
    }

    static Deviation ofRpc(UnaryOperator<Rpc> wrapper) {
        return new Deviation() {
            @Override
            public Rpc rpc(Rpc healthy) {
                return wrapper.apply(healthy);
            }
        };
    }

    static Deviation ofFraming(UnaryOperator<Framing> wrapper) {
        return new Deviation() {
            @Override
            public Framing framing(Framing healthy) {
                return wrapper.apply(healthy);
            }
        };
    }

    static Deviation ofConnector(UnaryOperator<Connector> wrapper) {
        return new Deviation() {
            @Override
            public Connector connector(Connector healthy) {
                return wrapper.apply(healthy);
            }
        };
    }

    static Deviation ofLines(UnaryOperator<Lines> wrapper) {
        return new Deviation() {
            @Override
            public Lines lines(Lines healthy) {
                return wrapper.apply(healthy);
            }
        };
    }

    /** The address with {@code {port}} filled in, in place of the healthy one. */
    static Deviation ofAddress(String template) {
        return new Deviation() {
            @Override
            public String address(String address, int port) {
                return template.replace("{port}", String.valueOf(port));
            }
        };
    }

    /** Several in one, the first innermost. */
    static Deviation all(List<Deviation> deviations) {
        return deviations.stream().reduce(NONE, Both::new);
    }

    /** One deviation around another. */
    record Both(Deviation inner, Deviation outer) implements Deviation {

        @Override
        public String address(String address, int port) {
            return outer.address(inner.address(address, port), port);
        }

        @Override
        public boolean listens() {
            return inner.listens() && outer.listens();
        }

        @Override
        public String certificate(String name) {
            return outer.certificate(inner.certificate(name));
        }

        @Override
        public Connector connector(Connector healthy) {
            return outer.connector(inner.connector(healthy));
        }

        @Override
        public HttpHandler http(HttpHandler healthy, Site site) {
            return outer.http(inner.http(healthy, site), site);
        }

        @Override
        public Framing framing(Framing healthy) {
            return outer.framing(inner.framing(healthy));
        }

        @Override
        public List<Session> recipients(Session asking, Sessions all) {
            return inner.recipients(asking, all).stream()
                    .flatMap(each -> outer.recipients(each, all).stream())
                    .distinct()
                    .toList();
        }

        @Override
        public Rpc rpc(Rpc healthy) {
            return outer.rpc(inner.rpc(healthy));
        }

        @Override
        public Lines lines(Lines healthy) {
            return outer.lines(inner.lines(healthy));
        }
    }
}
