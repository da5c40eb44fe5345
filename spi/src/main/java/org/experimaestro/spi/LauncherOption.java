package org.experimaestro.spi;

/**
 * An option of a launcher type, for {@code options:} of the launcher file.
 *
 * @param name its name there: lower-case letters, digits and underscores
 * @param meaning one sentence for users
 */
public record LauncherOption(String name, String meaning) {}
