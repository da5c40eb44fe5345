package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A mark of a number of a {@link Space} that a search tries on a logarithmic scale, as suits learning rates. The number
 * has a {@link Range} whose ends are greater than 0.
 *
 * <p>{@snippet :
 * record Model(@Range(min = 1e-5, max = 0.1) @LogScale double rate) {}
 * }
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface LogScale {}
