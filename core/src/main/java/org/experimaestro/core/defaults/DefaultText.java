package org.experimaestro.core.defaults;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.experimaestro.Default;
import org.experimaestro.base.text.NearName;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.root.RootedPath;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the text of {@code @Default} and {@code @OneOf}. The annotation processor and reflection share it, so
 * that a text means the same in both.
 *
 * <p>The values are boxes, {@code String}, {@link Path} (as written, not resolved), {@link Duration}, and enum
 * constants as {@link TextType#constant} returns them. Collections are unmodifiable lists, sets and maps of these in
 * the order of the text. An optional's text is that of its content.
 */
public final class DefaultText {
    /** The error and the advice for a default that cannot be {@link Default#ABSENT}. */
    public static final String NEVER_ABSENT = "only an Optional can be absent; write a value, or use an Optional";

    private DefaultText() {}

    /**
     * Reads a text, which may be {@link Default#ABSENT}.
     *
     * @param text as for {@link #parse}
     * @param type the type of the value
     * @return the value, or {@code null} if it is absent
     * @throws IllegalArgumentException if the text is not of the type, with the text found and the form expected
     */
    public static @Nullable Object parseOrAbsent(String text, TextType type) {
        if (!text.equals(Default.ABSENT)) {
            return parse(text, type);
        }
        if (type.kind() != ValueType.Kind.OPTIONAL) {
            throw new IllegalArgumentException(NEVER_ABSENT);
        }
        return null;
    }

    /**
     * Reads a text.
     *
     * <ul>
     *   <li>Numbers and enum constants are written as in Java, with {@code NaN} and {@code Infinity}; booleans as
     *       {@code true} and {@code false}.
     *   <li>Strings, paths and characters are written as they are.
     *   <li>Durations are written as {@link DurationText#parse} reads them.
     *   <li>Lists and sets are written as JSON arrays, maps as JSON objects.
     * </ul>
     *
     * @param text the text
     * @param type the type of the value
     * @return the value
     * @throws IllegalArgumentException if the text is not of the type, with the text found and the form expected
     */
    public static Object parse(String text, TextType type) {
        return switch (type.kind()) {
            case OPTIONAL -> parse(text, type.element());
            case LIST, SET, MAP -> JsonValues.parse(text, type);
            default -> scalar(text, type);
        };
    }

    /**
     * Reads a choice of {@code @OneOf}, in the form in which a value is compared with it.
     *
     * @param text the choice
     * @param type the type of the parameter; in a collection each element is compared, in a map each value
     * @return the argument for {@link org.experimaestro.generated.Parameter#withChoices}
     * @throws IllegalArgumentException if the text is not of the type, with the text found and the form expected
     */
    public static String choice(String text, TextType type) {
        TextType single = type;
        while (isContainer(single.kind())) {
            single = single.element();
        }
        if (single.kind() == ValueType.Kind.PATH) {
            throw new IllegalArgumentException("a path has no choices; use an enum or a String");
        }
        return String.valueOf(parse(text, single));
    }

    static Object scalar(String text, TextType type) {
        return switch (type.kind()) {
            case BOOLEAN -> parseBoolean(text);
            case BYTE, SHORT, INT, LONG -> NumberText.whole(text, type.kind());
            case FLOAT, DOUBLE -> NumberText.floating(text, type.kind());
            case CHAR -> parseCharacter(text);
            case STRING -> wellFormed(text);
            case ENUM -> parseConstant(text, type);
            case PATH -> parsePath(text);
            case DURATION -> DurationText.parse(text);
            default ->
                throw new IllegalArgumentException(
                        "a configuration cannot be written as text; use @DefaultFrom with a static method that makes it");
        };
    }

    private static boolean isContainer(ValueType.Kind kind) {
        return switch (kind) {
            case OPTIONAL, LIST, SET, MAP -> true;
            default -> false;
        };
    }

    private static Boolean parseBoolean(String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is not a boolean; write true or false");
        };
    }

    private static Character parseCharacter(String text) {
        if (text.length() != 1 || Character.isSurrogate(text.charAt(0))) {
            throw new IllegalArgumentException("\"" + text + "\" is not a char; write exactly one character");
        }
        return text.charAt(0);
    }

    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            // codePointAt returns a surrogate only if its other half is missing.
            int codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw new IllegalArgumentException(
                        "the text has half of a surrogate pair at position " + i + "; write well-formed Unicode text");
            }
            i += Character.charCount(codePoint) - 1;
        }
        return text;
    }

    private static Object parseConstant(String text, TextType type) {
        String name = text.strip();
        List<String> names = type.constantNames();
        if (names.contains(name)) {
            return type.constant(name);
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a constant of the enum; "
                + NearName.advice(name, names).map(question -> question + " ").orElse("")
                + "The constants are " + String.join(", ", names));
    }

    private static Path parsePath(String text) {
        if (RootedPath.isWritten(text)) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is below a named root, which a default cannot be; set it in the plan with Roots.path, or write \"./"
                    + text + "\" for a file in a folder of that name");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw new IllegalArgumentException("\"" + text + "\" is not a path: " + malformed.getReason(), malformed);
        }
    }
}
