package org.experimaestro.cli.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A converter of names that are separated by commas. A name with a comma or a quote is quoted, as a value of
 * {@code --tags} is. A minus, which sorts from the greatest, stands before the quote.
 */
public final class NamesConverter implements ITypeConverter<NamesConverter.Names> {
    /** The help for names that have commas. */
    public static final String QUOTES =
            "A name with a comma or a quote is quoted: 'k1,\"a, b\"'; within quotes, \\\" is a quote and \\\\ a backslash.";

    /** The names of one option. */
    public record Names(List<String> list) {}

    /** Returns the names of all options. */
    public static List<String> list(List<Names> options) {
        return options.stream().flatMap(option -> option.list().stream()).toList();
    }

    @Override
    public Names convert(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == ',') {
                names.add(name.toString());
                name.setLength(0);
            } else if (character == '"'
                    && (name.toString().isBlank() || name.toString().strip().equals("-"))) {
                String minus = name.toString().strip();
                name.setLength(0);
                i = addQuoted(text, i, name.append(minus));
            } else {
                name.append(character);
            }
        }
        names.add(name.toString());
        return new Names(List.copyOf(names));
    }

    /** Adds a quoted name, and returns the index of its closing quote. */
    private static int addQuoted(String text, int start, StringBuilder name) {
        for (int i = start + 1; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"') {
                if (i + 1 < text.length() && text.charAt(i + 1) != ',') {
                    throw new TypeConversionException(
                            "a comma is expected after the closing quote (position " + (i + 2) + " of " + text + ")");
                }
                return i;
            }
            boolean isEscape = character == '\\' && i + 1 < text.length() && "\"\\".indexOf(text.charAt(i + 1)) >= 0;
            name.append(isEscape ? text.charAt(++i) : character);
        }
        throw new TypeConversionException(
                "the quote is not closed that begins at position " + (start + 1) + " of " + text);
    }
}
