package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mark of a parameter that does not count in the identifier, because it does not change the result. An example is
 * the number of threads.
 *
 * <p>{@snippet :
 * record Learn(int epochs, @Meta @Default("1") int threads) implements Task<LearnedModel> {}
 * }
 *
 * <p>For a single configuration, a plan decides by {@link Config#asMeta} and {@link Config#asCounted}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Meta {}
