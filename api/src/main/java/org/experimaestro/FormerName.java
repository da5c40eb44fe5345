package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The names that a parameter had before. Results that were stored with them are found again, although the new name gives
 * the configuration another identifier.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.adam")
 * public record Adam(@FormerName("lr") double learningRate) implements Configurable {}
 * }
 *
 * <p>A meta parameter may have former names too: they do not change an identifier, and stored values are read by them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface FormerName {
    /**
     * Returns the former names, in any order.
     *
     * @return names that no parameter of the type has today
     */
    String[] value();
}
