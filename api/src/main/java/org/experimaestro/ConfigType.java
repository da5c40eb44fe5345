package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a record, or a class with a {@link ConfigConstructor}, a configuration or a task. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ConfigType {

    /**
     * The type id: the first thing that enters the identifier, and the folder below {@code jobs/}. Characters {@code
     * A-Za-z0-9_.-}. The default, empty, means the class's own name with its package, so that moving the class changes
     * its identifiers: give a type id to what you keep.
     *
     * @return the type id
     */
    String value() default "";

    /**
     * A number that always counts in the identifier: raise it when the code changes in such a way that old results no
     * longer hold. At least 1, which is the default.
     *
     * @return the version
     */
    int version() default 1;
}
