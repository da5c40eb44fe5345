package org.experimaestro.trial;

import java.nio.file.Path;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;

/**
 * What a {@link Step} wrote.
 *
 * @param by the step's name
 * @param file its text
 */
@ConfigType("trial.written")
public record Written(String by, Path file) implements Configurable {}
