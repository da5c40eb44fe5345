package org.experimaestro.loader.source;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * Advice for a class that was probably meant as the plan, because one of its methods takes an experiment and
 * settings.
 */
final class AlmostPlan {
    private static final String EXPERIMENT = "org.experimaestro.Experiment";
    private static final String NAME = "run";

    private AlmostPlan() {}

    /**
     * Returns the change that makes the class a plan.
     *
     * @param type a class that does not implement the plan's interface
     * @param line the line of the class in its file
     * @return the advice; empty if no method of the class has the parameters of a plan's
     */
    static Optional<String> advice(TypeElement type, long line) {
        return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(AlmostPlan::takesSettings)
                .min(Comparator.comparing(method -> !isCalledRun(method)))
                .map(method -> {
                    String settings = name(method.getParameters().get(1).asType());
                    return "let %s (line %d) implement ExperimentPlan<%s>: its method %s(Experiment, %s) fits%s"
                            .formatted(
                                    type.getSimpleName(),
                                    line,
                                    settings,
                                    method.getSimpleName(),
                                    settings,
                                    condition(method));
                });
    }

    private static boolean takesSettings(ExecutableElement method) {
        return method.getParameters().size() == 2
                && method.getParameters().get(0).asType().toString().equals(EXPERIMENT)
                && method.getParameters().get(1).asType().getKind() == TypeKind.DECLARED
                && method.getReturnType().getKind() == TypeKind.VOID
                && !method.getModifiers().contains(Modifier.STATIC);
    }

    private static boolean isCalledRun(ExecutableElement method) {
        return method.getSimpleName().contentEquals(NAME);
    }

    private static String condition(ExecutableElement method) {
        boolean isPublic = method.getModifiers().contains(Modifier.PUBLIC);
        if (isPublic && isCalledRun(method)) {
            return "";
        }
        List<String> wanted = isPublic
                ? List.of("called " + NAME)
                : isCalledRun(method) ? List.of("public") : List.of("public", "called " + NAME);
        return " once it is " + String.join(" and ", wanted);
    }

    /** Returns a type in the form for the head of the class: {@code Plan.Settings}. */
    private static String name(TypeMirror type) {
        Element element = ((DeclaredType) type).asElement();
        String name = element.getSimpleName().toString();
        return element.getEnclosingElement() instanceof TypeElement outer ? name(outer.asType()) + "." + name : name;
    }
}
