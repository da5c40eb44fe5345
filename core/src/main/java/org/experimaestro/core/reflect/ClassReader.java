package org.experimaestro.core.reflect;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.type.MemberNames;
import org.jspecify.annotations.Nullable;

/** A reader of the class of a configuration: its kind, place, type id, constructor and parameters. */
final class ClassReader {
    private final Class<?> owner;
    private final String name;
    private final ClassProblems problems;

    ClassReader(Class<?> owner, ClassProblems problems) {
        this.owner = owner;
        this.name = owner.getSimpleName();
        this.problems = problems;
    }

    /** Returns the type id; by default, the name as it is written in an import. */
    static String typeId(Class<?> javaClass, ConfigType annotation) {
        String canonical = javaClass.getCanonicalName();
        return annotation.value().isEmpty() && canonical != null ? canonical : annotation.value();
    }

    void check(ConfigType annotation) {
        if (!JobPath.isTypeId(typeId(owner, annotation)) && !isLocal()) {
            problems.add(
                    "the type id \"" + typeId(owner, annotation)
                            + "\" has other characters than A-Z a-z 0-9 _ . -; write one such as @ConfigType(\"tutorial.adam\")");
        }
        if (annotation.version() < 1) {
            problems.add("its version is " + annotation.version() + "; versions begin at 1");
        }
        if (!Configurable.class.isAssignableFrom(owner)) {
            problems.add("it does not implement Configurable; write \"implements Configurable\", an interface that"
                    + " extends it, or Task<…>");
        }
        checkPlace();
        checkTypeVariables();
    }

    private boolean isLocal() {
        return owner.isLocalClass() || owner.isAnonymousClass();
    }

    private void checkPlace() {
        if (isLocal()) {
            problems.add("it is local; make it a member of a class, or a top-level class");
            return;
        }
        for (Class<?> part = owner; part != null; part = part.getEnclosingClass()) {
            if (Modifier.isPrivate(part.getModifiers())) {
                problems.add(part.getSimpleName() + " is private; make it package-private or public");
            }
            if (part.isMemberClass() && !Modifier.isStatic(part.getModifiers())) {
                problems.add("it belongs to an instance: the class " + part.getSimpleName()
                        + " is not static; make it static");
            }
        }
    }

    private void checkTypeVariables() {
        for (TypeVariable<?> variable : owner.getTypeParameters()) {
            if (!Configurable.class.isAssignableFrom(ValueTypes.erase(variable))) {
                problems.add("its type variable " + variable + " must be bounded: write " + variable
                        + " extends Configurable, or an interface that extends it");
            }
        }
    }

    /** Returns the constructor to call, or {@code null} after a problem. */
    @SuppressWarnings("unchecked") // a class declares its own constructors
    <T> @Nullable Constructor<T> constructor() {
        Constructor<?> constructor = owner.isRecord() ? canonicalConstructor() : markedConstructor();
        if (constructor != null) {
            open(constructor);
        }
        return (Constructor<T>) constructor;
    }

    private Constructor<?> canonicalConstructor() {
        Class<?>[] types = new Class<?>[owner.getRecordComponents().length];
        for (int i = 0; i < types.length; i++) {
            types[i] = owner.getRecordComponents()[i].getType();
        }
        for (Constructor<?> constructor : owner.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(ConfigConstructor.class)) {
                problems.add("the header of a record is its parameter list; remove @ConfigConstructor");
            }
        }
        try {
            return owner.getDeclaredConstructor(types);
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError("Every record has a canonical constructor", impossible);
        }
    }

    private @Nullable Constructor<?> markedConstructor() {
        if (owner.isInterface() || owner.isEnum()) {
            problems.add("it is an " + (owner.isEnum() ? "enum" : "interface")
                    + "; annotate the records and classes that implement it");
            return null;
        }
        if (Modifier.isAbstract(owner.getModifiers())) {
            problems.add("it is abstract; annotate the classes that extend it");
        }
        List<Constructor<?>> marked = new ArrayList<>();
        for (Constructor<?> constructor : owner.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(ConfigConstructor.class)) {
                marked.add(constructor);
            }
        }
        if (marked.isEmpty()) {
            problems.add("it is neither a record nor has it a constructor with @ConfigConstructor; make it a record, or"
                    + " mark the constructor whose parameters are the configuration's");
            return null;
        }
        if (marked.size() > 1) {
            problems.add("it has more than one constructor with @ConfigConstructor; mark only one");
        }
        if (Modifier.isPrivate(marked.get(0).getModifiers())) {
            problems.add("its constructor is private; make it package-private or public");
        }
        return marked.get(0);
    }

    /** Returns the parameters without problems. */
    List<Component> components(Constructor<?> constructor) {
        List<Component> components = new ArrayList<>();
        if (owner.isRecord()) {
            for (RecordComponent component : owner.getRecordComponents()) {
                checkName(component.getName());
                open(component.getAccessor());
                components.add(new Component(
                        component.getName(), component.getGenericType(), component, component.getAccessor()));
            }
            return components;
        }
        for (Parameter parameter : constructor.getParameters()) {
            if (!parameter.isNamePresent()) {
                problems.add("the parameters of its constructor have no names in the class file; compile it with the"
                        + " option -parameters, or with the annotation processor experimaestro-processor");
                return components;
            }
            checkName(parameter.getName());
            Method accessor = accessor(parameter);
            if (accessor != null) {
                components.add(
                        new Component(parameter.getName(), parameter.getParameterizedType(), parameter, accessor));
            }
        }
        return components;
    }

    private void checkName(String parameter) {
        String problem = MemberNames.problem(parameter);
        if (!problem.isEmpty()) {
            problems.add(problem);
        }
    }

    private @Nullable Method accessor(Parameter parameter) {
        String wanted = ClassProblems.name(parameter.getParameterizedType()) + " " + parameter.getName() + "()";
        for (Class<?> type = owner; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(parameter.getName())
                        && method.getParameterCount() == 0
                        && !method.isBridge()) {
                    return checked(method, parameter, wanted);
                }
            }
        }
        for (Method method : owner.getMethods()) {
            if (method.getName().equals(parameter.getName()) && method.getParameterCount() == 0) {
                return checked(method, parameter, wanted);
            }
        }
        problems.add("it has no method that gives the parameter " + parameter.getName() + " back; write " + wanted
                + " in it or in a class that it extends");
        return null;
    }

    private @Nullable Method checked(Method method, Parameter parameter, String wanted) {
        String flaw = flaw(method, parameter);
        if (flaw != null) {
            problems.add("the method " + method.getName() + "() cannot give the parameter " + parameter.getName()
                    + " back: it " + flaw + "; write " + wanted);
            return null;
        }
        open(method);
        return method;
    }

    private @Nullable String flaw(Method method, Parameter parameter) {
        if (Modifier.isStatic(method.getModifiers())) {
            return "is static";
        }
        boolean packageOnly = !Modifier.isPublic(method.getModifiers()) && !Modifier.isProtected(method.getModifiers());
        boolean samePackage = method.getDeclaringClass().getPackage().equals(owner.getPackage());
        if (Modifier.isPrivate(method.getModifiers()) || packageOnly && !samePackage) {
            return "cannot be called from the package";
        }
        Class<?> returned = method.getReturnType();
        // The result of an inherited generic method has only its bound as its type.
        boolean generic = method.getGenericReturnType() instanceof TypeVariable;
        boolean same = generic
                ? returned.isAssignableFrom(parameter.getType())
                : parameter.getType().isAssignableFrom(returned);
        if (!same) {
            return "returns " + ClassProblems.name(method.getGenericReturnType());
        }
        for (Class<?> thrown : method.getExceptionTypes()) {
            if (!RuntimeException.class.isAssignableFrom(thrown) && !Error.class.isAssignableFrom(thrown)) {
                return "throws " + thrown.getSimpleName();
            }
        }
        return null;
    }

    private <A extends AccessibleObject & java.lang.reflect.Member> void open(A member) {
        if (!member.trySetAccessible()) {
            problems.add(name + "." + member.getName() + " cannot be called by reflection; open its package to"
                    + " experimaestro, or use the class path");
        }
    }
}
