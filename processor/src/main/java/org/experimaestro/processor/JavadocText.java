package org.experimaestro.processor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Javadoc comment as plain text.
 *
 * @param description the text before the first block tag
 * @param parameters the texts of {@code @param}, by name
 */
record JavadocText(String description, Map<String, String> parameters) {
    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(?=[A-Za-z])");
    private static final Pattern PARAMETER = Pattern.compile("param\\s+([^\\s<]\\S*)\\s+(.*)", Pattern.DOTALL);

    /** Reads a comment from the compiler, which has removed the stars. */
    static JavadocText parse(@Nullable String comment) {
        if (comment == null) {
            return new JavadocText("", Map.of());
        }
        String[] blocks = BLOCK_TAG.split(comment, -1);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < blocks.length; i++) {
            Matcher parameter = PARAMETER.matcher(blocks[i]);
            if (parameter.matches() && !parameter.group(2).isBlank()) {
                parameters.put(parameter.group(1), plain(parameter.group(2)));
            }
        }
        return new JavadocText(plain(blocks[0]), parameters);
    }

    /** Returns the text about a parameter from the first of two comments that has one. */
    String parameter(String name, JavadocText other) {
        String own = parameters.get(name);
        return own != null ? own : other.parameters.getOrDefault(name, "");
    }

    /** Returns the plain text: paragraphs stay separate, and everything else is one line. */
    private static String plain(String javadoc) {
        String text = new JavadocInline(javadoc).toText();
        StringBuilder paragraphs = new StringBuilder();
        for (String paragraph : text.split(String.valueOf(JavadocInline.BREAK))) {
            String line = paragraph.strip().replaceAll("\\s+", " ");
            if (!line.isEmpty()) {
                paragraphs.append(paragraphs.length() == 0 ? "" : "\n").append(line);
            }
        }
        return paragraphs.toString();
    }
}
