package org.experimaestro.launcher.pbs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reader of the long format of qstat(1B) and pbsnodes(8B). A line at the margin names an object; then there is a
 * line for each attribute, {@code name = value}. A long value continues in lines that begin with a tab, without a
 * space of its own.
 */
final class PbsBlocks {
    /**
     * An object.
     *
     * @param title the line at the margin
     * @param attributes its attributes
     */
    record Block(String title, Map<String, String> attributes) {

        /** Returns the value of an attribute, or an empty text. */
        String value(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    private PbsBlocks() {}

    /** Returns the objects in a text. */
    static List<Block> read(String text) {
        List<Block> blocks = new ArrayList<>();
        String last = "";
        for (String line : text.split("\r?\n")) {
            if (line.isBlank()) {
                last = "";
            } else if (!Character.isWhitespace(line.charAt(0))) {
                blocks.add(new Block(line.strip(), new LinkedHashMap<>()));
                last = "";
            } else if (!blocks.isEmpty()) {
                last = read(line, blocks.getLast().attributes(), last);
            }
        }
        return blocks;
    }

    private static String read(String line, Map<String, String> attributes, String last) {
        if (line.startsWith("\t") && !last.isEmpty()) {
            attributes.merge(last, line.substring(1), String::concat);
            return last;
        }
        int equals = line.indexOf(" = ");
        if (equals < 0) {
            return last;
        }
        String name = line.substring(0, equals).strip();
        attributes.put(name, line.substring(equals + " = ".length()));
        return name;
    }
}
