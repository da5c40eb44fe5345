package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The numbers that a parameter may have, both ends included. The default is checked during compilation, other values
 * by {@code build()} and in YAML settings.
 *
 * <p>{@snippet :
 * record Learn(@Range(min = 0, max = 1) double dropout) implements Task<LearnedModel> {}
 * }
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Range {

    /**
     * Returns the least value.
     *
     * @return no limit by default
     */
    double min() default Double.NEGATIVE_INFINITY;

    /**
     * Returns the greatest value.
     *
     * @return no limit by default
     */
    double max() default Double.POSITIVE_INFINITY;
}
