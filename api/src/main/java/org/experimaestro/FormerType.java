package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The type ids that a configuration type had before. Results that were stored under them are found again, although the
 * new type id gives the configuration another identifier.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.adam")
 * @FormerType("tutorial.optimizer")
 * public record Adam(double lr) implements Configurable {}
 * }
 *
 * <p>A type without a written id had the full name of its class as its type id.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface FormerType {
    /**
     * Returns the former type ids, in any order.
     *
     * @return type ids that no type has today
     */
    String[] value();
}
