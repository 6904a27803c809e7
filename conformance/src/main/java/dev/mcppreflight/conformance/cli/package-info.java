/** The command line: arguments in, reports and exit codes out. */
package dev.mcppreflight.conformance.cli;
