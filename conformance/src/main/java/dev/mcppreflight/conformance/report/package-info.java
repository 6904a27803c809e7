/** What a run found, and the renderers that turn it into text. */
package dev.mcppreflight.conformance.report;
