package org.experimaestro.monitor.view;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A finder of the names of jobs in the text of a parameter file: those in a member {@code producer}, and those in paths
 * below the folder of all jobs. It reads bytes, because it reads all parameter files of a workspace.
 */
final class JobNames {
    private static final int IDENTIFIER = 32;

    private JobNames() {}

    /**
     * Finds the names.
     *
     * @param text the text in UTF-8, which may be damaged
     * @return the names between quotes or slashes, sorted
     */
    static List<String> in(byte[] text) {
        SortedSet<String> names = new TreeSet<>();
        for (int slash = 0; slash < text.length - IDENTIFIER - 1; slash++) {
            if (text[slash] == '/' && isIdentifier(text, slash + 1) && isLimit(text[slash + 1 + IDENTIFIER])) {
                int start = startOfType(text, slash);
                if (start > 0 && start < slash && isLimit(text[start - 1])) {
                    names.add(new String(text, start, slash + 1 + IDENTIFIER - start, StandardCharsets.UTF_8));
                }
            }
        }
        return List.copyOf(names);
    }

    private static boolean isIdentifier(byte[] text, int start) {
        for (int at = start; at < start + IDENTIFIER; at++) {
            boolean isDigit = text[at] >= '0' && text[at] <= '9' || text[at] >= 'a' && text[at] <= 'f';
            if (!isDigit) {
                return false;
            }
        }
        return true;
    }

    private static int startOfType(byte[] text, int end) {
        int start = end;
        while (start > 0 && isOfType(text[start - 1])) {
            start--;
        }
        return start;
    }

    private static boolean isOfType(byte character) {
        boolean isSpace = character >= 0 && character <= ' ';
        return !isSpace && character != '\\' && !isLimit(character);
    }

    private static boolean isLimit(byte character) {
        return character == '"' || character == '/';
    }
}
