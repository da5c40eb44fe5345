package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The numbers that a parameter may have, both ends included. Checked while compiling for the default, by {@code build()},
 * and in YAML settings.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Range {

    /**
     * The least value.
     *
     * @return no limit unless said
     */
    double min() default Double.NEGATIVE_INFINITY;

    /**
     * The greatest value.
     *
     * @return no limit unless said
     */
    double max() default Double.POSITIVE_INFINITY;
}
