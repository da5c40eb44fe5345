package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The time that jobs of a {@link Task} type have to clean up after a request to end. The option {@code grace} of a
 * launcher, of the experiment's file or of a submission overrides it. It does not count in the identifier.
 *
 * <p>{@snippet :
 * @Grace("2 min")
 * @ConfigType("tutorial.learn")
 * public record Learn(int epochs) implements SelfTask<Learn> { ... }
 * }
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Grace {

    /**
     * Returns the time.
     *
     * @return a duration from 1 s to 1 h, such as {@code 2 min}; submitting the task is an error for any other text
     */
    String value();
}
