package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The default of a parameter whose type is a configuration: what a static method of the declaring class returns.
 *
 * <p>{@snippet :
 * record Learn(@DefaultFrom("plainAdam") Optimizer optimizer, int epochs) implements Task<LearnedModel> {
 *     static Config<Adam> plainAdam() {
 *         return adam().lr(1e-4).build();
 *     }
 * }
 * }
 *
 * <p>The rule of {@link Default} holds: a configuration with the same identifier as the first default does not count, unless
 * the default contains a relative path, which starts from the plan's folder.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface DefaultFrom {

    /**
     * The name of a static method without parameters, not private, that returns a {@link Config} of the parameter's
     * type. It is called once per process, and again where its paths start from another plan's folder.
     *
     * @return the name
     */
    String value();

    /**
     * The name of such a method that returns the first default that the parameter ever had, once the default has changed:
     * the value that does not count in the identifier.
     *
     * @return the name; {@link Default#UNCHANGED} unless said
     */
    String was() default Default.UNCHANGED;

    /**
     * Whether the value counts in the identifier even when it is the default. Cannot be said together with {@link #was}.
     *
     * @return false unless said
     */
    boolean inId() default false;
}
