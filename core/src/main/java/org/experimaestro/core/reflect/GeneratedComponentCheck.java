package org.experimaestro.core.reflect;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.experimaestro.Content;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.OneOf;
import org.experimaestro.Range;
import org.experimaestro.Task;

/** Checks the paths that the system sets. */
final class GeneratedComponentCheck {
    /** The folder of our own files in a job's folder. */
    private static final String OURS = ".experimaestro";

    private final Class<?> owner;
    private final ClassProblems problems;

    GeneratedComponentCheck(Class<?> owner, ClassProblems problems) {
        this.owner = owner;
        this.problems = problems;
    }

    /** The path that an annotation gives a parameter. */
    static String relativePath(GeneratedPath annotation, String parameter) {
        return annotation.value().equals(GeneratedPath.PARAMETER_NAME) ? parameter : annotation.value();
    }

    void check(List<Component> components) {
        Map<String, String> users = new HashMap<>();
        for (Component component : components) {
            GeneratedPath annotation = component.find(GeneratedPath.class);
            if (annotation == null) {
                continue;
            }
            String path = relativePath(annotation, component.name());
            checkAnnotations(component);
            checkPath(component, path);
            String other = users.putIfAbsent(path, component.name());
            if (other != null) {
                refuse(component, "has the same path \"" + path + "\" as " + other + "; write another");
            }
        }
    }

    private void checkAnnotations(Component component) {
        if (!Task.class.isAssignableFrom(owner)) {
            refuse(
                    component,
                    "belongs to " + owner.getSimpleName() + ", which is no task and has no folder; remove"
                            + " @GeneratedPath, or implement Task<…>");
        }
        if (component.type() != Path.class) {
            refuse(component, "has the type " + ClassProblems.name(component.type()) + "; write Path");
        }
        if (component.has(Default.class)
                || component.has(DefaultFrom.class)
                || component.has(Range.class)
                || component.has(OneOf.class)) {
            refuse(component, "is set by the system; remove @Default, @DefaultFrom, @Range and @OneOf");
        }
        if (component.has(Meta.class) || component.has(Content.class)) {
            refuse(component, "never counts in the identifier; remove @Meta and @Content");
        }
    }

    private void checkPath(Component component, String path) {
        if (path.isEmpty()) {
            return; // the job's folder itself
        }
        if (path.startsWith("/") || path.startsWith("\\") || path.matches("[A-Za-z]:.*")) {
            refuse(
                    component,
                    "has the absolute path \"" + path
                            + "\"; write one relative to the job's folder, such as model.bin");
            return;
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
                refuse(
                        component,
                        "has the path \"" + path + "\"; write names with slashes between them, without . and ..");
                return;
            }
        }
        if (path.split("/", 2)[0].toLowerCase(Locale.ROOT).equals(OURS)) {
            refuse(component, "has the path \"" + path + "\", where the system keeps its own files; write another");
        }
    }

    private void refuse(Component component, String text) {
        problems.add("the generated path " + component.name() + " " + text);
    }
}
