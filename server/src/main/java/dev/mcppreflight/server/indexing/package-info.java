/** From files to stored documents. */
package dev.mcppreflight.server.indexing;
