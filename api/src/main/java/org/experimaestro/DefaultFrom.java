package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The default of a parameter whose type is a configuration, made by a static method of the declaring class.
 *
 * <p>{@snippet :
 * record Learn(@DefaultFrom("plainAdam") Optimizer optimizer, int epochs) implements Task<LearnedModel> {
 *     static Config<Adam> plainAdam() {
 *         return adam().lr(1e-4).build();
 *     }
 * }
 * }
 *
 * <p>The rule of {@link Default} holds: a configuration with the same identifier as the first default does not count.
 * An exception is a default with a relative path, which starts from the plan's folder and therefore always counts.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface DefaultFrom {

    /**
     * Returns the name of the static method: without parameters, not private, and returning a {@link Config} of the
     * parameter's type. The method is called once per process, and again for each other plan's folder if its paths
     * start from there.
     *
     * @return the name
     */
    String value();

    /**
     * Returns the name of such a method for the first default that the parameter ever had, if the default has changed
     * since. The first default does not count in the identifier.
     *
     * @return the name; {@link Default#UNCHANGED} by default
     */
    String was() default Default.UNCHANGED;

    /**
     * Returns whether the value counts in the identifier even when it is the default. Cannot be combined with {@link
     * #was}.
     *
     * @return false by default
     */
    boolean inId() default false;
}
