/** Stands between a client and a server: forwards every octet, takes down what passes, and says what is wrong. */
package dev.mcppreflight.conformance.watch;
