package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mark of a {@code Path} parameter that the system sets to a place inside the job's folder. A plan cannot set it,
 * and it does not count in the identifier.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.learn")
 * public record Learn(int epochs, @GeneratedPath("model.bin") Path weights) implements SelfTask<Learn> {}
 * }
 *
 * <p>The task makes a file or a folder there. A task that returns without having made it fails, unless the path is
 * {@link #optional}.
 *
 * <p>A configuration in a task may have such paths, too: files that it needs while the task works. They are in a folder of
 * its own in the job's folder, {@code parts/model} for a parameter {@code model}, and in each job they are others.
 * Therefore {@link Task#outputs} cannot return such a configuration; it returns the path in another one.
 *
 * <p>In the task and in {@link Task#outputs} the path is absolute; before the submission it is relative.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface GeneratedPath {

    /**
     * Returns the path relative to the job's folder, or to the folder that a configuration has in it. Empty means the folder itself; the default is the parameter's
     * name.
     *
     * @return the relative path
     */
    String value() default PARAMETER_NAME;

    /**
     * Returns whether the task may return without having made the path.
     *
     * @return true if the task makes the path only in some cases
     */
    boolean optional() default false;

    /**
     * Returns the name of a {@link Partial} identifier of the type. Then the path is in the shared folder of that
     * identifier, and not in the job's folder. All jobs with the same partial identifier use this folder, one at a time.
     *
     * <p>The shared folder is a cache: what is in it depends on the jobs that ran before. So the task must come to the same
     * result if the path does not exist, the task need not make the path, and {@link Task#outputs} cannot return it.
     *
     * @return the name; empty, the default, for a path in the job's folder
     */
    String partial() default "";

    /** Stands for the name of the parameter. */
    String PARAMETER_NAME = "\u0000";
}
