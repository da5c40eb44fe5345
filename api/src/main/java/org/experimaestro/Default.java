package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a parameter that the plan does not set.
 *
 * <p>A value equal to the default does not count in the identifier: a parameter that is added later with a default
 * leaves old results where they are. For the same reason a default must not be <em>changed</em> afterwards, unless
 * {@link #inId} is set: old results would be taken for results of the new value.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Default {

    /**
     * The value as text: numbers and enum constants as in Java ({@code 1e-3}, {@code NaN}, {@code RELU}), {@code true}
     * and {@code false}, strings as they are, durations as in ISO-8601 or as {@code 5 min}, paths relative to the
     * plan, lists, sets and maps as JSON ({@code []}, {@code {"a": 1}}).
     *
     * @return the text
     */
    String value();

    /**
     * Whether the value counts in the identifier even when it is the default.
     *
     * @return false unless said
     */
    boolean inId() default false;
}
