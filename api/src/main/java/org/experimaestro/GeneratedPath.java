package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@code Path} parameter of a task that the system sets: a place inside the job's folder. A plan cannot set it,
 * and it does not count in the identifier.
 *
 * <p>The task makes a file or a folder there. A task that returns without having done so fails, unless the path is {@link
 * #optional}.
 *
 * <p>In the task and in {@link Task#outputs} the path is absolute; before the submission it is relative.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface GeneratedPath {

    /**
     * The path relative to the job's folder; empty for the folder itself. Without a value, the parameter's name.
     *
     * @return the relative path
     */
    String value() default PARAMETER_NAME;

    /**
     * Whether the task may return without having made the path.
     *
     * @return true for what a task makes in some cases only
     */
    boolean optional() default false;

    /** Stands for the name of the parameter. */
    String PARAMETER_NAME = "\u0000";
}
