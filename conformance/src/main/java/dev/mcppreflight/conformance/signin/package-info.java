/** How a client finds out where to sign in, and signs in: RFC 9728, RFC 8414, OpenID Connect Discovery, OAuth 2.1. */
package dev.mcppreflight.conformance.signin;
