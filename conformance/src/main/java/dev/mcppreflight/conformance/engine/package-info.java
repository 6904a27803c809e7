/** Plays the features; the only place that knows Cucumber's runtime. */
package dev.mcppreflight.conformance.engine;
