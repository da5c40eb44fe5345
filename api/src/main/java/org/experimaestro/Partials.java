package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The partial identifiers of a type that has several. The compiler writes it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Partials {

    /**
     * Returns the partial identifiers.
     *
     * @return in the order of the source
     */
    Partial[] value();
}
