package org.experimaestro.processor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import org.experimaestro.Group;
import org.experimaestro.OneOf;
import org.experimaestro.Partial;
import org.experimaestro.Range;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.GeneratedPathRules;
import org.experimaestro.model.type.PartialRules;

/** A check of the paths that the system sets. */
final class GeneratedPathCheck {
    private final CompilationProblems problems;
    private final ParameterModel parameter;

    private GeneratedPathCheck(CompilationProblems problems, ParameterModel parameter) {
        this.problems = problems;
        this.parameter = parameter;
    }

    static void check(TypeElement type, List<ParameterModel> parameters, CompilationProblems problems) {
        Map<String, String> users = new HashMap<>();
        for (ParameterModel parameter : parameters) {
            String path = parameter.generatedPath();
            if (path == null) {
                continue;
            }
            var check = new GeneratedPathCheck(problems, parameter);
            check.checkAnnotations();
            String problem = GeneratedPathRules.problem(path);
            if (!problem.isEmpty()) {
                check.refuse(problem);
            }
            String partial = PartialRules.problem(type.getAnnotationsByType(Partial.class), parameter.pathPartial());
            if (!partial.isEmpty()) {
                check.refuse(partial);
            }
            String other = users.putIfAbsent(parameter.pathPartial() + "/" + path, parameter.name());
            if (other != null) {
                check.refuse("has the same path \"" + path + "\" as " + other + "; write another");
            }
        }
    }

    private void checkAnnotations() {
        if (!parameter.type().is(ValueType.Kind.PATH)) {
            refuse("has the type " + parameter.type() + "; write Path");
        }
        boolean limited = parameter.element().getAnnotation(Range.class) != null
                || parameter.element().getAnnotation(OneOf.class) != null;
        if (parameter.defaultText() != null || parameter.defaultFrom() != null || limited) {
            refuse("is set by the system; remove @Default, @DefaultFrom, @Range and @OneOf");
        }
        if (parameter.meta() || parameter.content()) {
            refuse("never counts in the identifier; remove @Meta and @Content");
        }
        if (parameter.element().getAnnotation(Group.class) != null) {
            refuse("never counts in an identifier; remove @Group");
        }
        if (parameter.data()) {
            refuse(
                    "belongs to the task, which is not what others use; remove @DataPath, and mark the path of its output");
        }
    }

    private void refuse(String text) {
        problems.add(parameter.element(), "The generated path " + parameter.name() + " " + text);
    }
}
