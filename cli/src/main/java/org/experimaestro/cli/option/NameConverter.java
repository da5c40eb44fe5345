package org.experimaestro.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A converter of one name of a list that picocli has split at the commas outside of double quotes. A name with a comma or
 * with quotes is quoted as a value of {@code --tags} is. A minus, which sorts from the greatest, stands before the quote.
 */
public final class NameConverter implements ITypeConverter<String> {
    /** The help for names that have commas. */
    public static final String QUOTES =
            "A name with a comma or a quote is quoted: 'k1,\"a, b\"'; within quotes, \\\" is a quote and \\\\ a backslash.";

    @Override
    public String convert(String text) {
        String name = text.strip();
        int quote = name.startsWith("-") ? 1 : 0;
        return name.startsWith("\"", quote) ? name.substring(0, quote) + quoted(name, quote + 1) : text;
    }

    private static String quoted(String text, int start) {
        StringBuilder name = new StringBuilder();
        for (int i = start; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' && i == text.length() - 1) {
                return name.toString();
            }
            if (character == '"') {
                throw new TypeConversionException("a comma is expected after the closing quote in " + text);
            }
            boolean isEscape = character == '\\' && i + 1 < text.length() && "\"\\".indexOf(text.charAt(i + 1)) >= 0;
            name.append(text.charAt(isEscape ? ++i : i));
        }
        throw new TypeConversionException("the quote is not closed in " + text);
    }
}
