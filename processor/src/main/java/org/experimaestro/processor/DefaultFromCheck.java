package org.experimaestro.processor;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import org.experimaestro.Config;
import org.experimaestro.base.text.NearName;
import org.jspecify.annotations.Nullable;

/** A check of the method that {@code @DefaultFrom} names. */
final class DefaultFromCheck {
    private final Language language;
    private final CompilationProblems problems;
    private final TypeElement owner;
    private final ParameterModel parameter;

    DefaultFromCheck(Language language, CompilationProblems problems, TypeElement owner, ParameterModel parameter) {
        this.language = language;
        this.problems = problems;
        this.owner = owner;
        this.parameter = parameter;
    }

    void check(String methodName) {
        List<ExecutableElement> named = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (ExecutableElement method : ElementFilter.methodsIn(owner.getEnclosedElements())) {
            if (method.getSimpleName().contentEquals(methodName)) {
                named.add(method);
            } else if (method.getModifiers().contains(Modifier.STATIC)) {
                others.add(method.getSimpleName().toString());
            }
        }
        if (named.isEmpty()) {
            String near = NearName.advice(methodName, others)
                    .map(question -> question + " Else write ")
                    .orElse("write ");
            refuse("there is no method " + methodName + " in " + owner.getSimpleName() + "; " + near
                    + wanted(methodName));
            return;
        }
        String flaw = null;
        for (ExecutableElement method : named) {
            flaw = flaw(method);
            if (flaw == null) {
                return;
            }
        }
        refuse("the method " + methodName + " " + flaw + "; write " + wanted(methodName));
    }

    private @Nullable String flaw(ExecutableElement method) {
        if (!method.getModifiers().contains(Modifier.STATIC)) {
            return "is not static";
        }
        if (method.getModifiers().contains(Modifier.PRIVATE)) {
            return "is private";
        }
        if (!method.getParameters().isEmpty()) {
            return "has parameters";
        }
        TypeMirror thrown = language.findCheckedException(method);
        if (thrown != null) {
            return "throws " + SimpleNames.of(thrown);
        }
        return returnsHandle(method.getReturnType()) ? null : "returns " + SimpleNames.of(method.getReturnType());
    }

    private boolean returnsHandle(TypeMirror returned) {
        if (!language.isExactly(returned, Config.class)
                || ((DeclaredType) returned).getTypeArguments().isEmpty()) {
            return false;
        }
        TypeMirror content = ((DeclaredType) returned).getTypeArguments().get(0);
        if (content instanceof WildcardType wildcard) {
            if (wildcard.getExtendsBound() == null) {
                return false;
            }
            content = wildcard.getExtendsBound();
        }
        TypeMirror expected = parameter.type().mirror();
        // A static method cannot use the type variables of its class, so the bound is compared.
        return expected.getKind() == TypeKind.TYPEVAR
                        || owner.getTypeParameters().size() > 0
                ? language.types()
                        .isAssignable(
                                language.types().erasure(content),
                                language.types().erasure(expected))
                : language.types().isAssignable(content, expected);
    }

    private String wanted(String methodName) {
        return "static Config<" + parameter.type() + "> " + methodName + "() in it";
    }

    private void refuse(String text) {
        problems.add(
                parameter.element(),
                "The default of " + parameter.name() + " of " + owner.getSimpleName() + " cannot be made: " + text);
    }
}
