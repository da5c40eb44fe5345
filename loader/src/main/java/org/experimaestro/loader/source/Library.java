package org.experimaestro.loader.source;

import java.nio.file.Path;

/**
 * A library of a plan's sources.
 *
 * @param name its coordinates, {@code group:artifact:version[:classifier]}; for a jar of this machine, its path
 * @param jar absolute path of its jar
 * @param sha256 SHA-256 of the jar, in 64 lower-case hexadecimal digits
 */
public record Library(String name, Path jar, String sha256) {}
