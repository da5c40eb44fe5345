package org.experimaestro.loader.source;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The directives that jbang has, and what becomes of each in a plan's source. */
enum DirectiveName {
    /** Libraries. */
    DEPS,
    /** Where libraries come from. */
    REPOS,
    /** More sources. */
    SOURCES,
    /** The release of Java that the sources need. */
    JAVA,

    /** Tells of the file, and changes nothing. */
    DESCRIPTION,
    /** Tells of the file, and changes nothing. */
    DOCS,
    /** Tells of the file, and changes nothing. */
    GAV,
    /** There are none. */
    NOINTEGRATIONS,
    /** Jobs have such a cache without it. */
    CDS,

    /** Options of the JVM. */
    RUNTIME_OPTIONS(Advice.JVM),
    /** Options of the JVM. */
    JAVA_OPTIONS(Advice.JVM),
    /** An agent in the JVM. */
    JAVAAGENT("set it for the jobs in the YAML file, as in \"env: {JDK_JAVA_OPTIONS: -javaagent:/path/agent.jar}\""),
    /** Options of the compiler. */
    COMPILE_OPTIONS(Advice.COMPILER),
    /** Options of the compiler. */
    JAVAC_OPTIONS(Advice.COMPILER),
    /** Java's unfinished features. */
    PREVIEW("jobs run without preview features; remove it"),
    /** Options of GraalVM. */
    NATIVE_OPTIONS("plans and jobs run on a JVM; remove it"),
    /** Files in the jar. */
    FILES("name the file in the settings, where a Path starts from the YAML file's folder"),
    /** The class to start. */
    MAIN("the plan is the one class of its file that implements ExperimentPlan; remove it"),
    /** A module's name. */
    MODULE("plans are compiled on the class path, not as modules; remove it"),
    /** Lines of the jar's manifest. */
    MANIFEST("the plan's jar is made by Experimaestro; remove it"),
    /** A release of Kotlin. */
    KOTLIN(Advice.LANGUAGE),
    /** A release of Groovy. */
    GROOVY(Advice.LANGUAGE);

    /** Names that other tools have for the like. */
    private static final Set<String> OTHERS = Set.of(
            "DEPEND",
            "DEPENDS",
            "IMPORT",
            "IMPORTS",
            "JAR",
            "JARS",
            "LIB",
            "LIBS",
            "LIBRARIES",
            "LIBRARY",
            "MAVEN",
            "MVN",
            "REPOSITORIES",
            "REPOSITORY",
            "REQUIRE",
            "REQUIRES");

    private static final Pattern LIBRARY = Pattern.compile("[\\w.-]+:[\\w.-]+:.*|.*\\.jar");
    private static final Pattern ADDRESS = Pattern.compile("(?:[\\w.-]+=)?[a-z]+://.*");

    private final String advice;

    DirectiveName() {
        this("");
    }

    DirectiveName(String advice) {
        this.advice = advice;
    }

    /**
     * What a name of another tool stands for. Where it says more than a comment does, that is: in capitals, or before a
     * library.
     *
     * @param written the name
     * @param argument what follows it
     */
    static Optional<DirectiveName> meantBy(String written, String argument) {
        String capitals = written.toUpperCase(Locale.ROOT);
        if (!OTHERS.contains(capitals)) {
            return Optional.empty();
        }
        if (LIBRARY.matcher(argument).matches()) {
            return Optional.of(DEPS);
        }
        if (!written.equals(capitals)) {
            return Optional.empty();
        }
        return ADDRESS.matcher(argument).matches()
                ? Optional.of(REPOS)
                : Optional.of(SOURCES).filter(sources -> argument.endsWith(".java"));
    }

    /** What to do in place of one that cannot be used; empty where it can be. */
    Optional<String> refusal() {
        return advice.isEmpty() ? Optional.empty() : Optional.of(advice);
    }

    /** Whether the name alone says something; of the others, the name alone is a plain comment. */
    boolean standsAlone() {
        return this == PREVIEW || this == JAVAAGENT;
    }

    /** Constants of an enum cannot name its own fields. */
    private static final class Advice {
        static final String JVM =
                "set it for the jobs in the YAML file, as in \"env: {JDK_JAVA_OPTIONS: -XX:+UseZGC}\","
                        + " and the heap by a requirement, \"heap=2G\"";
        static final String COMPILER =
                "sources are compiled with Experimaestro's own options; a Maven project may have" + " others";
        static final String LANGUAGE =
                "sources of a plan are Java; put the plan into a Maven project that compiles them,"
                        + " and name it with \"class:\"";
    }
}
