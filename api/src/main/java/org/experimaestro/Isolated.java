package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The isolation of all jobs of a {@link Task} type. A submission with {@link Launcher#isolation(Isolation)} overrides it.
 * It does not count in the identifier.
 *
 * <p>{@snippet :
 * @Isolated(Isolation.WORKER)
 * @ConfigType("tutorial.score")
 * public record Score(int seed) implements SelfTask<Score> { ... }
 * }
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Isolated {

    /**
     * Returns the isolation.
     *
     * @return {@link Isolation#PROCESS} for a task that must have a process of its own, whatever files say
     */
    Isolation value();
}
