package dev.mcppreflight.conformance.fault.authorization;

/**
 * What a server that signs its callers in has given out, for those who try it.
 *
 * @param bearer lets its holder do everything
 * @param expired its time is over
 * @param otherAudience is for another server
 * @param lowScope lets its holder connect and list, and call nothing
 * @param second lets another user do everything
 * @param otherCase does so too, and writes the address of the server in upper case
 * @param noAudience is signed like the others, and names nobody whom it is for
 * @param broadScope lets its holder do everything, by a scope that holds the one that is asked for
 */
public record Credentials(
        String bearer,
        String expired,
        String otherAudience,
        String lowScope,
        String second,
        String otherCase,
        String noAudience,
        String broadScope) {}
