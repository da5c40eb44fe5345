package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The values that a parameter may have, as text. Checked while compiling for the default, by {@code build()}, and in YAML
 * settings.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface OneOf {

    /**
     * The choices, written as in {@link Default}.
     *
     * @return at least one
     */
    String[] value();
}
