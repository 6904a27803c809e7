/** What is known beforehand: checks, requirements, causes, revisions. */
package dev.mcppreflight.conformance.catalogue;
