package org.experimaestro.spi;

/**
 * An option that a type of launcher knows, for {@code options:} of the launcher file.
 *
 * @param name its name there: small letters, digits and underscores
 * @param meaning one sentence for users
 */
public record LauncherOption(String name, String meaning) {}
