package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mark of the constructor of a {@link ConfigType} class that is not a record: its parameters are the
 * configuration's. For each parameter, the class or a class it inherits from has a method of the same name that
 * returns the value.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.adam")
 * public final class Adam implements Optimizer {
 *     private final double lr;
 *
 *     @ConfigConstructor
 *     public Adam(@Default("1e-3") double lr) {
 *         this.lr = lr;
 *     }
 *
 *     public double lr() {
 *         return lr;
 *     }
 * }
 * }
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.CONSTRUCTOR)
public @interface ConfigConstructor {}
