package org.experimaestro.faults;

import java.nio.file.Path;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;

/**
 * The result of a {@link Work}.
 *
 * @param by the name of the work
 * @param file its text
 */
@ConfigType("faults.piece")
public record Piece(String by, Path file) implements Configurable {}
