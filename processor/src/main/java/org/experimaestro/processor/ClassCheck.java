package org.experimaestro.processor;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.type.MemberNames;
import org.experimaestro.model.type.TypeDescriptors;

/** A check of the class of a configuration: its kind, place, type id and constructor. */
final class ClassCheck {
    private final Language language;
    private final CompilationProblems problems;
    private final TypeElement type;
    private final String name;

    ClassCheck(Language language, CompilationProblems problems, TypeElement type) {
        this.language = language;
        this.problems = problems;
        this.type = type;
        this.name = type.getSimpleName().toString();
    }

    void check() {
        checkAnnotation();
        checkPlace();
        if (type.getKind() == ElementKind.RECORD) {
            checkRecord();
        } else if (type.getKind() == ElementKind.CLASS) {
            checkClass();
        } else {
            problems.add(
                    type,
                    name + " cannot be a configuration type: it is " + kind()
                            + "; annotate the records and classes that implement it");
            return;
        }
        if (!language.isA(type.asType(), Configurable.class)) {
            problems.add(
                    type,
                    name + " does not implement Configurable; write \"implements Configurable\","
                            + " an interface that extends it, or Task<…>");
        }
        for (TypeParameterElement variable : type.getTypeParameters()) {
            if (!language.isA(variable.asType(), Configurable.class)) {
                problems.add(
                        variable,
                        "The type variable " + variable + " of " + name + " must be bounded: write " + variable
                                + " extends Configurable, or an interface that extends it");
            }
        }
    }

    private String kind() {
        return switch (type.getKind()) {
            case INTERFACE -> "an interface";
            case ENUM -> "an enum";
            default -> "an annotation";
        };
    }

    private void checkAnnotation() {
        ConfigType annotation = type.getAnnotation(ConfigType.class);
        if (!JobPath.isTypeId(ConfigReader.typeId(type, annotation))) {
            problems.add(
                    type,
                    ConfigType.class,
                    "value",
                    "The type id \"" + ConfigReader.typeId(type, annotation)
                            + "\" has other characters than A-Z a-z 0-9 _ . -; write one such as @ConfigType(\"tutorial.adam\")");
        }
        if (annotation.version() < 1) {
            problems.add(
                    type,
                    ConfigType.class,
                    "version",
                    "The version of " + name + " is " + annotation.version() + "; versions begin at 1");
        }
    }

    private void checkPlace() {
        for (Element part : Language.withEnclosing(type)) {
            if (part.getModifiers().contains(Modifier.PRIVATE)) {
                problems.add(
                        type,
                        name + " cannot be seen by its builder: " + part.getSimpleName()
                                + " is private; make it package-private or public");
            }
            boolean inner = part instanceof TypeElement element
                    && element.getNestingKind() == NestingKind.MEMBER
                    && element.getKind() == ElementKind.CLASS
                    && !element.getModifiers().contains(Modifier.STATIC);
            if (inner) {
                problems.add(
                        type,
                        name + " belongs to an instance: the class " + part.getSimpleName()
                                + " is not static; make it static");
            }
        }
        if (language.elements().getPackageOf(type).isUnnamed() && name.equals(TypeDescriptors.DESCRIPTOR_NAME)) {
            problems.add(
                    type,
                    "A configuration in the unnamed package cannot be called " + name
                            + ", as a class in its builder is; rename it, or put it in a package");
        }
    }

    private void checkRecord() {
        for (ExecutableElement constructor : ElementFilter.constructorsIn(type.getEnclosedElements())) {
            if (constructor.getAnnotation(ConfigConstructor.class) != null) {
                problems.add(
                        constructor,
                        "The header of the record " + name + " is its parameter list; remove @ConfigConstructor");
            }
        }
        for (Element component : type.getRecordComponents()) {
            checkName(component);
        }
    }

    private void checkClass() {
        if (type.getModifiers().contains(Modifier.ABSTRACT)) {
            problems.add(
                    type,
                    name + " cannot be a configuration type: it is abstract;" + " annotate the classes that extend it");
        }
        List<ExecutableElement> marked = new ArrayList<>();
        for (ExecutableElement constructor : ElementFilter.constructorsIn(type.getEnclosedElements())) {
            if (constructor.getAnnotation(ConfigConstructor.class) != null) {
                marked.add(constructor);
            }
        }
        if (marked.isEmpty()) {
            problems.add(
                    type,
                    name + " is neither a record nor has it a constructor with @ConfigConstructor;"
                            + " make it a record, or mark the constructor whose parameters are the configuration's");
            return;
        }
        for (ExecutableElement other : marked.subList(1, marked.size())) {
            problems.add(other, name + " has more than one constructor with @ConfigConstructor; mark only one");
        }
        checkConstructor(marked.get(0));
    }

    private void checkConstructor(ExecutableElement constructor) {
        if (constructor.getModifiers().contains(Modifier.PRIVATE)) {
            problems.add(
                    constructor,
                    "The constructor of " + name
                            + " cannot be called by its builder: it is private; make it package-private or public");
        }
        for (VariableElement parameter : constructor.getParameters()) {
            checkName(parameter);
            checkAccessor(parameter);
        }
    }

    private void checkName(Element parameter) {
        String problem = MemberNames.problem(parameter.getSimpleName().toString());
        if (!problem.isEmpty()) {
            problems.add(parameter, "A" + problem.substring(1));
        }
    }

    private void checkAccessor(VariableElement parameter) {
        String wanted = SimpleNames.of(parameter.asType()) + " " + parameter.getSimpleName() + "()";
        for (ExecutableElement method :
                ElementFilter.methodsIn(language.elements().getAllMembers(type))) {
            if (!method.getSimpleName().equals(parameter.getSimpleName())
                    || !method.getParameters().isEmpty()) {
                continue;
            }
            String flaw = flaw(method, parameter.asType());
            if (flaw != null) {
                problems.add(
                        parameter,
                        "The method " + parameter.getSimpleName() + "() of " + name + " cannot give the parameter "
                                + parameter.getSimpleName() + " back: it " + flaw + "; write " + wanted);
            }
            return;
        }
        problems.add(
                parameter,
                name + " has no method that gives the parameter " + parameter.getSimpleName() + " back; write " + wanted
                        + " in it or in a class that it extends");
    }

    private @org.jspecify.annotations.Nullable String flaw(ExecutableElement method, TypeMirror expected) {
        if (method.getModifiers().contains(Modifier.STATIC)) {
            return "is static";
        }
        if (!language.isCallableFrom(method, type)) {
            return "cannot be called from the package";
        }
        TypeMirror declared = ((javax.lang.model.type.ExecutableType)
                        language.types().asMemberOf((javax.lang.model.type.DeclaredType) type.asType(), method))
                .getReturnType();
        boolean same = declared.getKind().isPrimitive() || expected.getKind().isPrimitive()
                ? language.types().isSameType(declared, expected)
                : declared.getKind() != javax.lang.model.type.TypeKind.VOID
                        && language.types().isSubtype(declared, expected);
        if (!same) {
            return "returns " + SimpleNames.of(declared);
        }
        TypeMirror thrown = language.findCheckedException(method);
        return thrown == null ? null : "throws " + SimpleNames.of(thrown);
    }
}
