package org.experimaestro.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.experimaestro.Default;
import org.experimaestro.generated.ValueType;

/** The text about a parameter in the Javadoc of its setter. */
final class ParameterDoc {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    /** The greatest length of a default. A longer default is cut, because the rest is in the source. */
    private static final int SHOWN = 200;

    private ParameterDoc() {}

    /** Returns the comment's text, then the facts from the annotations. */
    static String of(ParameterModel parameter) {
        StringBuilder text =
                new StringBuilder("Sets {@code ").append(parameter.name()).append("}");
        if (!parameter.description().isEmpty()) {
            text.append(": ").append(withStop(escape(parameter.description()).replace("\n", "\n\n<p>")));
        } else {
            text.append(".");
        }
        return text.append("\n\n<p>")
                .append(String.join(" ", facts(parameter)))
                .append("\n")
                .toString();
    }

    /** Returns a text as Javadoc: no part of it is a tag, ends the comment, or is an escape of the compiler. */
    static String escape(String text) {
        return CONTROL.matcher(text)
                .replaceAll("\uFFFD")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("\\", "&#92;")
                .replace("*/", "*&#47;");
    }

    private static List<String> facts(ParameterModel parameter) {
        List<String> facts = new ArrayList<>();
        if (parameter.defaultText() != null) {
            facts.add(
                    "Default: " + (parameter.defaultText().isEmpty() ? "the empty text" : code(parameter.defaultText()))
                            + (parameter.inId() ? ", which counts in the identifier." : "."));
        } else if (parameter.defaultFrom() != null) {
            facts.add("Default: what " + code(parameter.defaultFrom() + "()") + " makes"
                    + (parameter.inId() ? ", which counts in the identifier." : "."));
        } else if (parameter.type().is(ValueType.Kind.OPTIONAL)) {
            facts.add("Absent unless set.");
        } else {
            facts.add("Required.");
        }
        if (parameter.was() != null) {
            facts.add(wasFact(parameter, parameter.was()));
        }
        if (parameter.min() != Double.NEGATIVE_INFINITY) {
            facts.add("At least " + number(parameter.min()) + ".");
        }
        if (parameter.max() != Double.POSITIVE_INFINITY) {
            facts.add("At most " + number(parameter.max()) + ".");
        }
        if (!parameter.oneOf().isEmpty()) {
            facts.add("One of "
                    + String.join(
                            ", ",
                            parameter.oneOf().stream().map(ParameterDoc::code).toList()) + ".");
        }
        if (parameter.meta()) {
            facts.add("A meta parameter: it does not count in the identifier.");
        }
        if (parameter.content()) {
            facts.add("Identified by what the file or folder contains.");
        }
        if (parameter.data()) {
            facts.add("The file or folder travels with a saved configuration.");
        }
        return facts;
    }

    private static String wasFact(ParameterModel parameter, String was) {
        if (was.equals(Default.ABSENT)) {
            return "It was absent at first: an absent one does not count in the identifier.";
        }
        if (parameter.defaultFrom() != null) {
            return "At first it was what " + code(was + "()") + " makes, which does not count in the identifier.";
        }
        return "The first default was " + (was.isEmpty() ? "the empty text" : code(was))
                + ", which does not count in the identifier.";
    }

    private static String number(double value) {
        return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }

    private static String code(String text) {
        if (text.codePointCount(0, text.length()) > SHOWN) {
            return code(text.substring(0, text.offsetByCodePoints(0, SHOWN))) + "…";
        }
        if (text.isBlank()) {
            return text.length() + (text.length() == 1 ? " blank" : " blanks");
        }
        boolean plain = text.strip().equals(text) && text.matches("[^{}@\\\\<>&*\\p{Cntrl}]+");
        return plain ? "{@code " + text + "}" : "<code>" + escape(text) + "</code>";
    }

    private static String withStop(String text) {
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }
}
