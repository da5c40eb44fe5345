package org.experimaestro.runtime.worker;

import org.jspecify.annotations.Nullable;

/**
 * The failure of a class that all tasks share to see one of the plan's classes, which are new for each task. In a process one
 * loader has both, so that the same task would not fail there.
 */
final class UnseenClass {
    private static final int DEEPEST_CAUSE = 100;

    /** The beginning of the message about a class that was found, but whose initializer has failed. */
    private static final String NOT_INITIALIZED = "Could not initialize class ";

    private UnseenClass() {}

    /**
     * Returns whether something was thrown because of it.
     *
     * @param thrown what the task has thrown
     * @param classes the loader of the task
     * @return true if it or a cause of it says that a class was not found or not accessible, and names one of the plan's
     */
    static boolean isReasonOf(Throwable thrown, FreshLoader classes) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < DEEPEST_CAUSE; depth++) {
            if (isAboutClass(each) && names(each.getMessage(), classes)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    private static boolean isAboutClass(Throwable thrown) {
        return thrown instanceof ClassNotFoundException
                || thrown instanceof NoClassDefFoundError
                        && !String.valueOf(thrown.getMessage()).startsWith(NOT_INITIALIZED)
                || thrown instanceof IllegalAccessError
                || thrown.getClass().equals(LinkageError.class); // two loaders have different classes of a name
    }

    /** Returns whether a word of a text is the binary or internal name of one of the plan's classes. */
    private static boolean names(@Nullable String text, FreshLoader classes) {
        int start = 0;
        int length = text == null ? 0 : text.length();
        for (int i = 0; text != null && i <= length; i++) {
            if (i == length || !isOfName(text.charAt(i))) {
                if (i > start && classes.isFresh(text.substring(start, i).replace('/', '.'))) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isOfName(char letter) {
        return Character.isJavaIdentifierPart(letter) || letter == '.' || letter == '/';
    }
}
