package org.experimaestro.loader.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One library of a {@code //DEPS} line, written {@code group:artifact:version[:classifier][@type]} as jbang has it.
 *
 * @param group group id
 * @param artifact artifact id
 * @param version version or range; empty: from a bill of materials of the same folder
 * @param classifier classifier, or empty
 * @param type type, {@code jar} unless written; {@code pom} imports a bill of materials, {@code fatjar} is a jar that
 *     has all it needs
 * @param location where it stands, {@code experiment.java:3}
 */
record DependencyLine(String group, String artifact, String version, String classifier, String type, String location) {
    private static final Pattern COORDINATES = Pattern.compile(
            "([\\w.-]+):([\\w.-]+)(?::([\\w.+~$-]+|[\\[(][^\\])]*[\\])]))?(?::([\\w.-]+))?(?:@([\\w.-]+))?");

    /** The library that a word names; empty when the word is no coordinates. */
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

    /** Whether the libraries that it names are not needed. */
    boolean hasAllItNeeds() {
        return type.equals("fatjar");
    }

    /** The type of the file. */
    String fileType() {
        return hasAllItNeeds() ? "jar" : type;
    }

    /** Group, artifact, classifier and type: one of each may stand in a folder. */
    String key() {
        return String.join(":", group, artifact, classifier, fileType());
    }

    /** Whether the same text may mean other files tomorrow: a snapshot, a range, or the newest version. */
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
