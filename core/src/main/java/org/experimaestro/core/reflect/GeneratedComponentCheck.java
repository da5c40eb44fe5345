package org.experimaestro.core.reflect;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.experimaestro.Content;
import org.experimaestro.DataPath;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Group;
import org.experimaestro.Meta;
import org.experimaestro.OneOf;
import org.experimaestro.Partial;
import org.experimaestro.Range;
import org.experimaestro.model.type.GeneratedPathRules;
import org.experimaestro.model.type.PartialRules;

/** A check of the paths that the system sets. */
final class GeneratedComponentCheck {
    private final Partial[] partials;
    private final ClassProblems problems;

    GeneratedComponentCheck(Class<?> type, ClassProblems problems) {
        this.partials = type.getAnnotationsByType(Partial.class);
        this.problems = problems;
    }

    void check(List<Component> components) {
        Map<String, String> users = new HashMap<>();
        List<Group> groups = components.stream()
                .map(component -> component.find(Group.class))
                .filter(Objects::nonNull)
                .toList();
        PartialRules.problems(partials, groups).forEach(problems::add);
        for (Component component : components) {
            GeneratedPath annotation = component.find(GeneratedPath.class);
            if (annotation == null) {
                continue;
            }
            String path = GeneratedPathRules.relative(annotation, component.name());
            checkAnnotations(component);
            String problem = GeneratedPathRules.problem(path);
            if (!problem.isEmpty()) {
                refuse(component, problem);
            }
            String partial = PartialRules.problem(partials, annotation.partial());
            if (!partial.isEmpty()) {
                refuse(component, partial);
            }
            String other = users.putIfAbsent(annotation.partial() + "/" + path, component.name());
            if (other != null) {
                refuse(component, "has the same path \"" + path + "\" as " + other + "; write another");
            }
        }
    }

    private void checkAnnotations(Component component) {
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
        if (component.has(Group.class)) {
            refuse(component, "never counts in an identifier; remove @Group");
        }
        if (component.has(DataPath.class)) {
            refuse(
                    component,
                    "belongs to the task, which is not what others use; remove @DataPath, and mark the path of its output");
        }
    }

    private void refuse(Component component, String text) {
        problems.add("the generated path " + component.name() + " " + text);
    }
}
