package org.experimaestro.core.reflect;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.experimaestro.ConfigException;

/** The problems of one class, collected so that all are reported at once. */
final class ClassProblems {
    private static final Pattern QUALIFIER = Pattern.compile("(?:\\w+[.$])+(?=\\w)");

    private final Class<?> owner;
    private final List<String> texts = new ArrayList<>();

    ClassProblems(Class<?> owner) {
        this.owner = owner;
    }

    void add(String text) {
        texts.add(text);
    }

    /** Throws ConfigException with all problems, if there are any. */
    void throwIfAny() {
        if (!texts.isEmpty()) {
            throw ConfigException.of(
                            owner.getName() + " is not a correct configuration type: " + String.join("\n  ", texts))
                    .build();
        }
    }

    /** Returns a type as in Java source, without packages. */
    static String name(Type type) {
        return QUALIFIER.matcher(type.getTypeName()).replaceAll("");
    }
}
