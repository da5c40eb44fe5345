package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a parameter that the plan does not set.
 *
 * <p>A value equal to the <em>first</em> default that the parameter ever had does not count in the identifier.
 * Therefore a parameter that is added later with a default keeps the identifiers of old results. If you change a
 * default afterwards, give the first default as {@link #was}, so that the results of both are found, each under its
 * own identifier:
 *
 * <p>{@snippet :
 * record Learn(@Default(value = "0.75", was = "0.4") double rate) implements Task<LearnedModel> {}
 * }
 *
 * <p>Without {@code was}, submitting a job that has another first default is an error, unless {@link #inId} is set. A
 * relative path always counts, because it starts from the plan's folder.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Default {

    /**
     * Returns the value as text.
     *
     * <ul>
     *   <li>Numbers and enum constants are written as in Java ({@code 1e-3}, {@code NaN}, {@code RELU}), booleans as
     *       {@code true} and {@code false}.
     *   <li>Strings are written as they are.
     *   <li>Durations are written as in ISO-8601 or as {@code 5 min}.
     *   <li>Paths are relative to the plan.
     *   <li>Lists, sets and maps are written as JSON ({@code []}, {@code {"a": 1}}).
     *   <li>An {@code Optional} may be {@link #ABSENT}.
     * </ul>
     *
     * @return the text
     */
    String value();

    /**
     * Returns the first default that the parameter ever had, if the default has changed since. This value does not
     * count in the identifier.
     *
     * <p>It is written as {@link #value} is, and may be {@link #ABSENT} too. Today's limits of {@link Range} and
     * {@link OneOf} do not apply to it. It may equal today's value, for a default that was changed and changed back.
     *
     * @return the text; {@link #UNCHANGED} by default
     */
    String was() default UNCHANGED;

    /**
     * Returns whether the value counts in the identifier even when it is the default. Cannot be combined with {@link
     * #was}.
     *
     * @return false by default
     */
    boolean inId() default false;

    /** Stands for an {@code Optional} without a value. */
    String ABSENT = "\u0000absent";

    /** Stands for a default that never changed. Need not be written. */
    String UNCHANGED = "\u0000unchanged";
}
