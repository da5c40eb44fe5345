package org.experimaestro.processor;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.generated.ValueType;

/** A writer of values and types as Java expressions. */
final class ValueCode {
    private static final int MOST_PAIRS_OF_MAP_OF = 10;

    private ValueCode() {}

    /** Returns an expression whose value, boxed, equals this one. */
    static CodeBlock ofValue(Object value) {
        if (value instanceof Double number) {
            return ofDouble(number);
        }
        if (value instanceof Float number) {
            return ofFloat(number);
        }
        if (value instanceof Long) {
            return CodeBlock.of("$LL", value);
        }
        if (value instanceof Byte || value instanceof Short) {
            return CodeBlock.of("($L) $L", value instanceof Byte ? "byte" : "short", value);
        }
        if (value instanceof Character character) {
            return ofCharacter(character);
        }
        if (value instanceof String text) {
            return ofText(text);
        }
        if (value instanceof Path) {
            return CodeBlock.of("$T.of($L)", Path.class, ofText(value.toString()));
        }
        if (value instanceof Duration duration) {
            return duration.getNano() == 0
                    ? CodeBlock.of("$T.ofSeconds($LL)", Duration.class, duration.getSeconds())
                    : CodeBlock.of("$T.ofSeconds($LL, $L)", Duration.class, duration.getSeconds(), duration.getNano());
        }
        if (value instanceof ParameterType.Constant constant) {
            return CodeBlock.of("$T.$L", ClassName.get(constant.type()), constant.name());
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        if (value instanceof Collection<?> collection) {
            return CodeBlock.of("$T.of($L)", value instanceof Set ? Set.class : List.class, joined(collection));
        }
        return CodeBlock.of("$L", value); // Integer and Boolean
    }

    /** Returns a literal in ASCII, which has the same value in any encoding of the user's sources. */
    static CodeBlock ofText(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                case '"', '\\' -> literal.append('\\').append(character);
                default -> literal.append(isAscii(character) ? character : String.format("\\u%04x", (int) character));
            }
        }
        return CodeBlock.of("$L", literal.append('"'));
    }

    private static boolean isAscii(char character) {
        return character >= ' ' && character < 0x7F;
    }

    /** Returns an expression that makes the {@link ValueType}. */
    static CodeBlock ofType(ParameterType type) {
        return switch (type.kind()) {
            case ENUM -> CodeBlock.of("$T.enumeration($T.class)", ValueType.class, ClassName.get(type.declaredClass()));
            case CONFIG -> CodeBlock.of("$T.config($T.class)", ValueType.class, ClassName.get(type.declaredClass()));
            case OPTIONAL -> CodeBlock.of("$T.optional($L)", ValueType.class, ofType(type.element()));
            case LIST -> CodeBlock.of("$T.list($L)", ValueType.class, ofType(type.element()));
            case SET -> CodeBlock.of("$T.set($L)", ValueType.class, ofType(type.element()));
            case MAP -> CodeBlock.of("$T.map($L, $L)", ValueType.class, ofType(type.key()), ofType(type.element()));
            default -> CodeBlock.of("$T.$L", ValueType.class, type.kind().name());
        };
    }

    static CodeBlock ofDouble(double number) {
        if (Double.isNaN(number)) {
            return CodeBlock.of("$T.NaN", Double.class);
        }
        if (Double.isInfinite(number)) {
            return CodeBlock.of("$T.$L", Double.class, number > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
        }
        return CodeBlock.of("$L", Double.toString(number));
    }

    private static CodeBlock ofFloat(float number) {
        if (Float.isNaN(number)) {
            return CodeBlock.of("$T.NaN", Float.class);
        }
        if (Float.isInfinite(number)) {
            return CodeBlock.of("$T.$L", Float.class, number > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
        }
        return CodeBlock.of("$Lf", Float.toString(number));
    }

    private static CodeBlock ofCharacter(char character) {
        boolean plain = isAscii(character) && character != '\'' && character != '\\';
        return plain ? CodeBlock.of("'$L'", character) : CodeBlock.of("(char) $L", (int) character);
    }

    private static CodeBlock ofMap(Map<?, ?> map) {
        List<Object> parts = new ArrayList<>();
        if (map.size() <= MOST_PAIRS_OF_MAP_OF) {
            map.forEach((key, element) -> {
                parts.add(key);
                parts.add(element);
            });
            return CodeBlock.of("$T.of($L)", Map.class, joined(parts));
        }
        List<CodeBlock> entries = new ArrayList<>();
        map.forEach((key, element) ->
                entries.add(CodeBlock.of("$T.entry($L, $L)", Map.class, ofValue(key), ofValue(element))));
        return CodeBlock.of("$T.ofEntries($L)", Map.class, CodeBlock.join(entries, ", "));
    }

    private static CodeBlock joined(Collection<?> values) {
        List<CodeBlock> expressions = new ArrayList<>();
        for (Object value : values) {
            expressions.add(ofValue(value));
        }
        return CodeBlock.join(expressions, ", ");
    }
}
