package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mark of a configuration or a task: a record, or a class with a {@link ConfigConstructor}.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.adam")
 * public record Adam(@Default("1e-3") double lr) implements Optimizer {}
 * }
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ConfigType {

    /**
     * Returns the type id, which enters the identifier first and names the folder below {@code jobs/}. Its characters
     * are {@code A-Za-z0-9_.-}.
     *
     * <p>The default, empty, means the class's own name with its package. Then moving the class changes its
     * identifiers, so give a type id to each type whose results you keep.
     *
     * @return the type id
     */
    String value() default "";

    /**
     * Returns a number that always counts in the identifier. Increase it when a change of the code makes old results
     * invalid. At least 1, which is the default.
     *
     * @return the version
     */
    int version() default 1;
}
