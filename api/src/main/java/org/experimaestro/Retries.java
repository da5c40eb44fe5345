package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The retries of all jobs of a {@link Task} type. A submission with {@link Launcher#retries} overrides them. They do not
 * count in the identifier.
 *
 * <p>{@snippet :
 * @Retries("memory_limit 2 x2, heap 2 x2, preempted 20")
 * @ConfigType("tutorial.learn")
 * public record Learn(int epochs) implements SelfTask<Learn> { ... }
 * }
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Retries {

    /**
     * Returns the policy.
     *
     * @return a text that {@link RetryPolicy#parse(String)} reads; submitting the task is an error if it does not
     */
    String value();
}
