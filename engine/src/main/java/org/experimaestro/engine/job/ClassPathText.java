package org.experimaestro.engine.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class path as a JVM is given it, which a colon divides. */
public final class ClassPathText {
    private static final String SEPARATOR = ":";

    private ClassPathText() {}

    /**
     * The text. Where a colon is in the path of a jar, that of the workspace has it: the jars are named from the working
     * folder then. Otherwise their paths are absolute, so that a task may hand them on.
     *
     * @param jars absolute paths of copies in the workspace, whose own names have no colon
     * @param workingFolder the absolute path of the JVM's working folder, in the same workspace
     * @return the value for {@code -cp}
     */
    public static String of(List<String> jars, String workingFolder) {
        if (jars.stream().noneMatch(jar -> jar.contains(SEPARATOR))) {
            return String.join(SEPARATOR, jars);
        }
        Path folder = Path.of(workingFolder);
        List<String> relative = new ArrayList<>();
        for (String jar : jars) {
            relative.add(folder.relativize(Path.of(jar)).toString());
        }
        return String.join(SEPARATOR, relative);
    }
}
