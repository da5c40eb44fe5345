package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The groups of a parameter, by which a {@link Partial} identifier of its type leaves it out. The identifier of the
 * configuration does not depend on them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Group {

    /**
     * Returns the names of the groups, such as {@code training}. A {@link Partial} of the same type names each of them.
     *
     * @return one or more names
     */
    String[] value();
}
