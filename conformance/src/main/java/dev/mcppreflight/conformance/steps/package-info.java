/** The sentences of the features. A step is one line; what it means stands in the conversation. */
package dev.mcppreflight.conformance.steps;
