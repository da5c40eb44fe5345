package org.experimaestro.settings;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Requirement;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Scalar;

/**
 * A reader of the texts of {@code @Default} and {@code @OneOf}: numbers as in Java, strings as they are, and
 * collections as JSON (or YAML, which contains it).
 */
final class AnnotationText {
    private static final Set<Class<?>> TEXTS =
            Set.of(String.class, Path.class, Duration.class, Requirement.class, Character.class);

    private AnnotationText() {}

    /** Returns the text as a YAML value for a type; empty if it is not YAML, which is a problem. */
    static Optional<YamlValue> parse(String text, Type type, Source source, Problems problems) {
        Class<?> raw = Types.raw(type);
        if (raw == Optional.class) {
            return parse(text, Types.argument(type, 0), source, problems);
        }
        if (TEXTS.contains(raw) || raw.isEnum()) {
            return Optional.of(new Scalar(Kind.TEXT, text, source.whole()));
        }
        if (raw == Double.class || raw == Float.class) {
            return YamlParser.parse(javaToYaml(text), source, problems);
        }
        return YamlParser.parse(text, source, problems);
    }

    private static String javaToYaml(String text) {
        return switch (text.strip()) {
            case "NaN" -> ".nan";
            case "Infinity", "+Infinity" -> ".inf";
            case "-Infinity" -> "-.inf";
            default -> text;
        };
    }
}
