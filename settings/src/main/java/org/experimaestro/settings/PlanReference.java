package org.experimaestro.settings;

import java.nio.file.Path;

/** A reference to an experiment's plan: either a Java source or a compiled class. */
public sealed interface PlanReference {

    /**
     * Returns the place of the reference.
     *
     * @return the file and line, such as {@code debug.yaml:2}, or the override, such as {@code -c file=experiment}
     */
    String location();

    /**
     * A Java source, compiled when the experiment starts: the key {@code file}.
     *
     * @param file the source; absolute, and existing when the YAML file was read
     * @param location the place of the reference
     */
    record SourceFile(Path file, String location) implements PlanReference {}

    /**
     * A class that is already on the class path: the key {@code class}.
     *
     * @param name the class's name as it was written, such as {@code tutorial.TutorialPlan}
     * @param location the place of the reference
     */
    record CompiledClass(String name, String location) implements PlanReference {}
}
