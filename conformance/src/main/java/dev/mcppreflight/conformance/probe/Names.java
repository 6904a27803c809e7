package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.target.Resolution;
import dev.mcppreflight.conformance.wire.Failure;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Where names lead: to where the operator says, or else to where the resolver of this machine does.
 *
 * @param given what the operator says
 */
public record Names(List<Resolution> given) {

    /**
     * All addresses of a name, as {@code --resolve} or the resolver of this machine gives them; none where there are none, for
     * what is an address itself, and on a machine that has no address of IPv4, whose resolver may keep others' back.
     */
    public List<String> addresses(String host, int port) {
        List<String> told = given.stream()
                .filter(each -> each.port() == port && each.host().equalsIgnoreCase(host))
                .map(Resolution::address)
                .toList();
        if (!told.isEmpty() || host.startsWith("[") || host.matches("[0-9.]+")) {
            return told;
        }
        try {
            return speaksFour()
                    ? Arrays.stream(InetAddress.getAllByName(host))
                            .map(InetAddress::getHostAddress)
                            .toList()
                    : List.of();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static boolean speaksFour() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(address -> address instanceof Inet4Address && !address.isLoopbackAddress());
        } catch (SocketException e) {
            return false;
        }
    }

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
