package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The step between the numbers of a {@link Space} that a search tries, from the lower end of their {@link Range}.
 *
 * <p>{@snippet :
 * record Model(@Range(min = 0, max = 0.5) @Step(0.05) double dropout) {}
 * }
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Step {

    /**
     * Returns the step.
     *
     * @return greater than 0; taken as the decimal number that Java prints for it
     */
    double value();
}
