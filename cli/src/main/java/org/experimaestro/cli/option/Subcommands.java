package org.experimaestro.cli.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The commands of a group. Picocli's own attribute would make the model of each of them at each start; see {@link
 * CommandTree}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Subcommands {
    /** The classes of the commands, in the order of the help. */
    Class<?>[] value();
}
