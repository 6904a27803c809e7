package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.documents.Chunker;
import java.nio.file.Path;

/**
 * What tools that change something may work with.
 *
 * @param root the one folder that they may touch
 * @param chunker cuts the documents that are uploaded
 */
public record WriteAccess(Path root, Chunker chunker) {}
