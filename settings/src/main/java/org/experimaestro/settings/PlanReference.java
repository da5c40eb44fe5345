package org.experimaestro.settings;

import java.nio.file.Path;

/** Where an experiment's plan is: exactly one of a Java source and a compiled class. */
public sealed interface PlanReference {

    /**
     * Where the reference was written.
     *
     * @return the file and line, such as {@code debug.yaml:2}, or the override, such as {@code -c file=experiment}
     */
    String location();

    /**
     * A Java source, compiled when the experiment starts: the key {@code file}.
     *
     * @param file the source; absolute, and there when the YAML file was read
     * @param location where the reference was written
     */
    record SourceFile(Path file, String location) implements PlanReference {}

    /**
     * A class that the class path holds already: the key {@code class}.
     *
     * @param name the class's name as it was written, such as {@code tutorial.TutorialPlan}
     * @param location where the reference was written
     */
    record CompiledClass(String name, String location) implements PlanReference {}
}
