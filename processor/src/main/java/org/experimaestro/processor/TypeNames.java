package org.experimaestro.processor;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.TypeMirror;
import org.experimaestro.model.type.TypeDescriptors;

/**
 * The types of a configuration in the form for its builder. A type variable with the name of a class in the builder's
 * file gets another name, because it would hide that class.
 */
final class TypeNames {
    /**
     * The annotations of the builder. JavaPoet writes the long names of other classes that a type variable would
     * hide.
     */
    private static final Set<String> ANNOTATIONS = Set.of("Generated", "SuppressWarnings");

    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final List<TypeVariableName> variables = new ArrayList<>();

    TypeNames(ConfigModel model) {
        List<? extends TypeParameterElement> parameters = model.element().getTypeParameters();
        for (TypeParameterElement parameter : parameters) {
            renamed.put(name(parameter), name(parameter));
        }
        Element outermost = model.outermost();
        Set<String> classes = new HashSet<>(ANNOTATIONS);
        classes.addAll(List.of(name(outermost), model.builderName(), TypeDescriptors.DESCRIPTOR_NAME));
        for (TypeParameterElement parameter : parameters) {
            String free = name(parameter);
            while (classes.contains(free) || renamed.containsValue(free) && !free.equals(name(parameter))) {
                free += "_";
            }
            renamed.put(name(parameter), free);
        }
        for (TypeParameterElement parameter : parameters) {
            List<TypeName> bounds = parameter.getBounds().stream().map(this::of).toList();
            variables.add(TypeVariableName.get(of(parameter), bounds.toArray(TypeName[]::new)));
        }
    }

    /** Returns the type variables, with their bounds. */
    List<TypeVariableName> variables() {
        return variables;
    }

    /** Returns the name of a type variable. */
    String of(TypeParameterElement parameter) {
        return renamed.getOrDefault(name(parameter), name(parameter));
    }

    TypeName of(TypeMirror type) {
        return rename(TypeName.get(type));
    }

    private TypeName rename(TypeName type) {
        if (type instanceof TypeVariableName variable) {
            return TypeVariableName.get(renamed.getOrDefault(variable.name(), variable.name()));
        }
        if (type instanceof ParameterizedTypeName parameterized) {
            TypeName[] arguments =
                    parameterized.typeArguments().stream().map(this::rename).toArray(TypeName[]::new);
            return ParameterizedTypeName.get(parameterized.rawType(), arguments);
        }
        if (type instanceof WildcardTypeName wildcard) {
            return wildcard.lowerBounds().isEmpty()
                    ? WildcardTypeName.subtypeOf(rename(wildcard.upperBounds().get(0)))
                    : WildcardTypeName.supertypeOf(rename(wildcard.lowerBounds().get(0)));
        }
        return type instanceof ArrayTypeName array ? ArrayTypeName.of(rename(array.componentType())) : type;
    }

    private static String name(Element element) {
        return element.getSimpleName().toString();
    }
}
