package org.experimaestro.base.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The text of a class path for a JVM: paths divided by colons. */
public final class ClassPathText {
    private static final String SEPARATOR = ":";

    private ClassPathText() {}

    /**
     * Returns the text. Its paths are absolute, so that a task can pass them on. If the path of a jar has a colon, it
     * comes from the path of the workspace; the paths are then relative to the working folder.
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
