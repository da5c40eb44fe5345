package org.experimaestro.processor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;

/** A check of the declared outputs of a task. */
final class TaskCheck {
    private final Language language;
    private final CompilationProblems problems;
    private final TypeElement type;

    TaskCheck(Language language, CompilationProblems problems, TypeElement type) {
        this.language = language;
        this.problems = problems;
        this.type = type;
    }

    void check() {
        DeclaredType self = language.findSupertype(type.asType(), SelfTask.class);
        if (self != null) {
            checkSelf(self);
            return;
        }
        DeclaredType task = language.findSupertype(type.asType(), Task.class);
        if (task == null) {
            return;
        }
        if (task.getTypeArguments().isEmpty()) {
            problems.add(
                    type,
                    "The task " + type.getSimpleName() + " does not say what it makes; write Task<…> with a"
                            + " configuration type, or " + selfTask());
            return;
        }
        checkOutput(task.getTypeArguments().get(0));
    }

    private void checkSelf(DeclaredType self) {
        List<? extends TypeMirror> arguments = self.getTypeArguments();
        if (arguments.isEmpty() || !language.types().isSameType(arguments.get(0), type.asType())) {
            problems.add(type, "SelfTask must name the class itself; write " + selfTask());
        }
    }

    private void checkOutput(TypeMirror output) {
        if (output.getKind() == TypeKind.TYPEVAR && language.isA(output, Configurable.class)) {
            return;
        }
        if (!(output instanceof DeclaredType declared)) {
            refuse(output);
            return;
        }
        boolean collection = language.isExactly(output, List.class)
                || language.isExactly(output, Set.class)
                || language.isExactly(output, Optional.class)
                || language.isExactly(output, Map.class);
        if (collection && !declared.getTypeArguments().isEmpty()) {
            checkOutput(
                    declared.getTypeArguments().get(declared.getTypeArguments().size() - 1));
        } else if (!language.isA(output, Configurable.class)) {
            refuse(output);
        } else if (declared.asElement().getModifiers().contains(Modifier.FINAL)
                && declared.asElement().getAnnotation(ConfigType.class) == null) {
            problems.add(
                    type,
                    "The task " + type.getSimpleName() + " makes a " + SimpleNames.of(output)
                            + ", which is no configuration type; annotate it with @ConfigType");
        }
    }

    private void refuse(TypeMirror output) {
        problems.add(
                type,
                "The task " + type.getSimpleName() + " makes a " + SimpleNames.of(output)
                        + ", which is no configuration type; let it make a record with the paths of its files, or a List, Set, Map"
                        + " or Optional of such, or " + selfTask());
    }

    private String selfTask() {
        return "implements SelfTask<" + SimpleNames.of(type.asType()) + "> if it is its own output";
    }
}
