package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a static method that makes a configuration of today from one of a former shape, so that results of the former
 * shape are found again. The former shape is a configuration type that is kept in the code, with its parameters of then.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.descent")
 * public record Descent(double rate, double decay) implements Configurable {
 *     @FormerShape
 *     static Config<Descent> of(Config<Sgd> former) {
 *         return DescentBuilder.descent().rate(former.value().lr()).decay(0).build();
 *     }
 * }
 *
 * @ConfigType("tutorial.sgd")
 * record Sgd(double lr) implements Configurable {}
 * }
 *
 * <p>The method is in the class of today, has one parameter, the handle of the former shape, and returns a handle of its
 * own class, which no task makes. The configurations inside the former one are those of today: {@code
 * former.get(Sgd::layer)} has been converted already. A former shape can have a conversion itself, from an older one.
 *
 * <p>Results are looked for under the type id of the former shape, and under those of the class, because parameters may
 * have changed while the type id stayed. A job is converted only if its stored parameters are those of the former shape,
 * and give the identifier that the job has.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FormerShape {}
