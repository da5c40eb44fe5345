package org.experimaestro.loader.source;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A directive of jbang, with its treatment in a plan's source. */
enum DirectiveName {
    /** Libraries. */
    DEPS,
    /** Repositories of libraries. */
    REPOS,
    /** More sources. */
    SOURCES,
    /** The release of Java that the sources need. */
    JAVA,

    /** A description of the file, which changes nothing. */
    DESCRIPTION,
    /** The documentation of the file, which changes nothing. */
    DOCS,
    /** The coordinates of the file, which change nothing. */
    GAV,
    /** A switch for integrations, of which there are none. */
    NOINTEGRATIONS,
    /** A class cache, which jobs have without the directive. */
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
    /** Java's preview features. */
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

    /** Names that other tools use for similar directives. */
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
     * Returns the directive that corresponds to a name of another tool. The name counts only where it cannot be a
     * comment: in capitals, or before a library.
     *
     * @param written the name
     * @param argument the text after it
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

    /** Returns the advice for a directive that cannot be used; empty for a usable directive. */
    Optional<String> refusal() {
        return advice.isEmpty() ? Optional.empty() : Optional.of(advice);
    }

    /** Returns whether the directive needs no argument. Without an argument, any other name is a plain comment. */
    boolean standsAlone() {
        return this == PREVIEW || this == JAVAAGENT;
    }

    /** A holder of advice, because constants of an enum cannot name its own fields. */
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
