package org.experimaestro.processor;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** The problems with the configurations of a compilation, collected so that all are reported at once. */
final class CompilationProblems {
    private record Problem(
            Element element,
            @Nullable AnnotationMirror annotation,
            @Nullable AnnotationValue value,
            String text) {}

    private final List<Problem> found = new ArrayList<>();

    /** Adds a problem of an element; the text contains the remedy. */
    void add(Element element, String text) {
        found.add(new Problem(positioned(element), null, null, text));
    }

    /** Adds a problem of a value in an annotation; without that annotation, of the element. */
    void add(Element element, Class<?> annotation, String member, String text) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (mirror.getAnnotationType().toString().equals(annotation.getName())) {
                found.add(new Problem(element, mirror, valueOf(mirror, member), text));
                return;
            }
        }
        add(element, text);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Reports the problems as errors of the compilation. */
    void report(Messager messager) {
        for (Problem problem : found) {
            if (problem.annotation() == null) {
                messager.printMessage(Diagnostic.Kind.ERROR, problem.text(), problem.element());
            } else if (problem.value() == null) {
                messager.printMessage(Diagnostic.Kind.ERROR, problem.text(), problem.element(), problem.annotation());
            } else {
                messager.printMessage(
                        Diagnostic.Kind.ERROR,
                        problem.text(),
                        problem.element(),
                        problem.annotation(),
                        problem.value());
            }
        }
    }

    private static @Nullable AnnotationValue valueOf(AnnotationMirror mirror, String member) {
        for (var entry : mirror.getElementValues().entrySet()) {
            ExecutableElement found = entry.getKey();
            if (found.getSimpleName().contentEquals(member)) {
                return entry.getValue();
            }
        }
        return null;
    }

    /**
     * Returns the element with the position for a message. The compiler keeps the line and column of a record
     * component with the field that it makes of it.
     */
    private static Element positioned(Element element) {
        Element owner = element.getEnclosingElement();
        if (owner != null && element.getKind() == ElementKind.RECORD_COMPONENT) {
            for (Element member : owner.getEnclosedElements()) {
                if (member.getKind() == ElementKind.FIELD
                        && member.getSimpleName().equals(element.getSimpleName())) {
                    return member;
                }
            }
        }
        return element;
    }
}
