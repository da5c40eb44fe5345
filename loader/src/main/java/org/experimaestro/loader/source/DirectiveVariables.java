package org.experimaestro.loader.source;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables in a directive, in jbang's form: {@code ${env.NAME}} of the environment, {@code ${name}} of Java's
 * system properties. Both may have a default, {@code :default}. Also those of the os-maven-plugin, {@code
 * ${os.detected.classifier}}.
 */
final class DirectiveVariables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}:]*)(?::([^}]*))?}");

    private DirectiveVariables() {}

    /** Returns the text with its variables replaced; an undefined variable is a problem, and stays. */
    static String replace(String text, String location, List<String> problems) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, location, problems)));
    }

    private static String value(MatchResult found, String location, List<String> problems) {
        String name = found.group(1);
        String value = find(name);
        if (value != null) {
            return value;
        }
        if (found.group(2) != null) {
            return found.group(2);
        }
        problems.add(location + ": there is no variable " + found.group() + "; set it, or write a default as in ${"
                + name + ":1.0}");
        return found.group();
    }

    private static @Nullable String find(String name) {
        if (name.startsWith("env.")) {
            return System.getenv(name.substring("env.".length()));
        }
        return switch (name) {
            case "" -> null;
            case "os.detected.name" -> system();
            case "os.detected.arch" -> processor();
            case "os.detected.classifier" -> system() + "-" + processor();
            default -> System.getProperty(name);
        };
    }

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "osx" : name.startsWith("windows") ? "windows" : name;
    }

    private static String processor() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64", "x64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch_64";
            default -> name;
        };
    }
}
