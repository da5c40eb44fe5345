package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a parameter that the plan does not set.
 *
 * <p>A value equal to the <em>first</em> default that the parameter ever had does not count in the identifier: a parameter
 * that is added later with a default leaves old results where they are. A default that is changed afterwards says the first
 * one with {@link #was}, so that the results of both are found, each under an identifier of its own:
 *
 * <p>{@snippet :
 * record Learn(@Default(value = "0.75", was = "0.4") double rate) implements Task<LearnedModel> {}
 * }
 *
 * <p>Without it, submitting a job that has another first default is an error, unless {@link #inId} is set. A relative path
 * always counts, since it starts from the plan's folder.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Default {

    /**
     * The value as text: numbers and enum constants as in Java ({@code 1e-3}, {@code NaN}, {@code RELU}), {@code true}
     * and {@code false}, strings as they are, durations as in ISO-8601 or as {@code 5 min}, paths relative to the
     * plan, lists, sets and maps as JSON ({@code []}, {@code {"a": 1}}). An {@code Optional} may be {@link #ABSENT}.
     *
     * @return the text
     */
    String value();

    /**
     * The first default that the parameter ever had, once the default has changed: the value that does not count in the
     * identifier. It is written as {@link #value} is, and may be {@link #ABSENT} too. The limits of {@link Range} and
     * {@link OneOf} are those of today, and do not hold for it. It may equal today's value, for a default that was changed
     * and changed back.
     *
     * @return the text; {@link #UNCHANGED} unless said
     */
    String was() default UNCHANGED;

    /**
     * Whether the value counts in the identifier even when it is the default. Cannot be said together with {@link #was}.
     *
     * @return false unless said
     */
    boolean inId() default false;

    /** Stands for an {@code Optional} without a value. */
    String ABSENT = "\u0000absent";

    /** Stands for the default of today, which was the first one too. Need not be written. */
    String UNCHANGED = "\u0000unchanged";
}
