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
 * <p>The rule of {@link Default} holds: a configuration with the same identifier as the default does not count.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface DefaultFrom {

    /**
     * The name of a static method without parameters, not private, that returns a {@link Config} of the parameter's
     * type. It is called at most once per process.
     *
     * @return the name
     */
    String value();

    /**
     * Whether the value counts in the identifier even when it is the default.
     *
     * @return false unless said
     */
    boolean inId() default false;
}
