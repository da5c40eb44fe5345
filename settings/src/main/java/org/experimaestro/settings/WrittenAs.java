package org.experimaestro.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a type whose values are written as one text, such as {@code 16G}. It has a method {@code static T parse(String)},
 * which gets the text as it was written, numbers too, and refuses it by an {@link IllegalArgumentException} whose
 * message is advice to the user.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WrittenAs {
    /** What one value is, for messages: {@code "an amount of memory such as 16G"}. */
    String one();

    /** What several values are. */
    String many();
}
