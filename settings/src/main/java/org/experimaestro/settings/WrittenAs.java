package org.experimaestro.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mark of a type whose values are written as one text, such as {@code 16G}. The type has a method {@code static T
 * parse(String)}, which gets the text as it was written, even for numbers. The method refuses a text by an {@link
 * IllegalArgumentException} whose message is advice to the user.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WrittenAs {
    /** Returns the description of one value, for messages: {@code "an amount of memory such as 16G"}. */
    String one();

    /** Returns the description of several values. */
    String many();
}
