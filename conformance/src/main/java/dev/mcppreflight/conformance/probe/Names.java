package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.target.Resolution;
import dev.mcppreflight.conformance.wire.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Where names lead: to where the operator says, or else to where the resolver of this machine does.
 *
 * @param given what the operator says
 */
public record Names(List<Resolution> given) {

    InetSocketAddress resolve(String host, int port) throws ProbeFailure {
        try {
            for (Resolution each : given) {
                if (each.port() == port && each.host().equalsIgnoreCase(host)) {
                    return new InetSocketAddress(InetAddress.getByName(each.address()), each.toPort());
                }
            }
            String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return new InetSocketAddress(InetAddress.getAllByName(name)[0], port);
        } catch (UnknownHostException e) {
            throw new ProbeFailure(Failure.Kind.UNKNOWN_HOST, "the name " + host + " does not resolve");
        }
    }
}
