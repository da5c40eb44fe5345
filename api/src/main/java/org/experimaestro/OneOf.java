package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The values that a parameter may have, as text. The default is checked during compilation, other values by {@code
 * build()} and in YAML settings.
 *
 * <p>{@snippet :
 * record Learn(@OneOf({"adam", "sgd"}) String optimizer) implements Task<LearnedModel> {}
 * }
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface OneOf {

    /**
     * Returns the choices, written as in {@link Default}.
     *
     * @return at least one
     */
    String[] value();
}
