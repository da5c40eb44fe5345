package org.experimaestro.loader.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A library of a {@code //DEPS} line, in jbang's form {@code group:artifact:version[:classifier][@type]}.
 *
 * @param group group id
 * @param artifact artifact id
 * @param version version or range; empty: from a bill of materials of the same folder
 * @param classifier classifier, or empty
 * @param type type, {@code jar} by default; {@code pom} imports a bill of materials, {@code fatjar} is a jar that
 *     contains its dependencies
 * @param location its place, {@code experiment.java:3}
 */
record DependencyLine(String group, String artifact, String version, String classifier, String type, String location) {
    private static final Pattern COORDINATES = Pattern.compile(
            "([\\w.-]+):([\\w.-]+)(?::([\\w.+~$-]+|[\\[(][^\\])]*[\\])]))?(?::([\\w.-]+))?(?:@([\\w.-]+))?");

    /** Returns the library that a word names; empty if the word has another form. */
    static Optional<DependencyLine> parse(String word, String location) {
        Matcher matcher = COORDINATES.matcher(word);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String type = orEmpty(matcher.group(5));
        return Optional.of(new DependencyLine(
                orEmpty(matcher.group(1)),
                orEmpty(matcher.group(2)),
                orEmpty(matcher.group(3)),
                orEmpty(matcher.group(4)),
                type.isEmpty() ? "jar" : type,
                location));
    }

    boolean isBillOfMaterials() {
        return type.equals("pom");
    }

    /** Returns whether the library contains its dependencies. */
    boolean hasAllItNeeds() {
        return type.equals("fatjar");
    }

    /** Returns the type of the file. */
    String fileType() {
        return hasAllItNeeds() ? "jar" : type;
    }

    /** Returns group, artifact, classifier and type, which must be unique in a folder. */
    String key() {
        return String.join(":", group, artifact, classifier, fileType());
    }

    /** Returns whether the same text may mean other files tomorrow: a snapshot, a range, or the newest version. */
    boolean isChanging() {
        return version.endsWith("-SNAPSHOT")
                || version.startsWith("[")
                || version.startsWith("(")
                || version.equals("LATEST")
                || version.equals("RELEASE");
    }

    String coordinates() {
        return group + ":" + artifact
                + (version.isEmpty() ? "" : ":" + version)
                + (classifier.isEmpty() ? "" : ":" + classifier)
                + (type.equals("jar") ? "" : "@" + type);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
