package org.experimaestro.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.experimaestro.Config;
import org.experimaestro.Tagged;
import org.experimaestro.generated.ValueType;

/** A writer of the setters of one parameter. */
final class SetterWriter {
    private final TypeName builder;
    private final TypeNames types;
    private final String assembly;
    private final ParameterModel parameter;
    private final int index;

    /**
     * Creates a writer for one parameter.
     *
     * @param assembly the name of the builder's field
     */
    SetterWriter(TypeName builder, TypeNames types, String assembly, ParameterModel parameter, int index) {
        this.builder = builder;
        this.types = types;
        this.assembly = assembly;
        this.parameter = parameter;
        this.index = index;
    }

    List<MethodSpec> methods() {
        List<MethodSpec> methods = new ArrayList<>();
        ParameterType type = parameter.type();
        ParameterType content = type.is(ValueType.Kind.OPTIONAL) ? type.element() : type;
        methods.add(setter(setType(content), "the value").build());
        if (type.is(ValueType.Kind.OPTIONAL)) {
            TypeName optional = ParameterizedTypeName.get(ClassName.get(Optional.class), argument(content));
            methods.add(setter(optional, "the value; empty leaves it absent").build());
        }
        if (!content.holdsConfigs()) {
            methods.add(setter(taggedType(content), "the value, which is a tag of the configuration too")
                    .build());
        }
        boolean collection = content.is(ValueType.Kind.LIST) || content.is(ValueType.Kind.SET);
        if (collection && content.element().is(ValueType.Kind.CONFIG)) {
            methods.add(setter(ArrayTypeName.of(handle(content.element())), "the configurations, in this order")
                    .addAnnotation(SafeVarargs.class)
                    .addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                            .addMember("value", "$S", "varargs") // the array is only read
                            .build())
                    .addModifiers(Modifier.FINAL)
                    .varargs()
                    .build());
        }
        return methods;
    }

    private MethodSpec.Builder setter(TypeName type, String detail) {
        // The body uses these names, which a parameter of the same name would hide.
        boolean hides = Set.of(assembly, "Arrays", "java").contains(parameter.name());
        String name = hides ? "value" : parameter.name();
        boolean array = type instanceof ArrayTypeName;
        MethodSpec.Builder method = MethodSpec.methodBuilder(parameter.name())
                .addJavadoc("$L\n@param $L $L\n@return this builder\n", ParameterDoc.of(parameter), name, detail)
                .addModifiers(Modifier.PUBLIC)
                .returns(builder)
                .addParameter(type, name);
        if (array) {
            method.addStatement("$L.set($L, $T.asList($L))", assembly, index, Arrays.class, name);
        } else {
            method.addStatement("$L.set($L, $L)", assembly, index, name);
        }
        return method.addStatement("return this");
    }

    /** Returns the parameter type of the plain setter; a set is given as any collection. */
    private TypeName setType(ParameterType type) {
        if (type.is(ValueType.Kind.SET)) {
            return ParameterizedTypeName.get(ClassName.get(Collection.class), argument(type.element()));
        }
        TypeName name = handle(type);
        return name.isBoxedPrimitive() ? name.unbox() : name;
    }

    private TypeName taggedType(ParameterType type) {
        TypeName content = type.isNumber()
                ? WildcardTypeName.subtypeOf(Number.class)
                : setType(type).box();
        boolean collection = content instanceof ParameterizedTypeName;
        return ParameterizedTypeName.get(
                ClassName.get(Tagged.class), collection ? WildcardTypeName.subtypeOf(content) : content);
    }

    /** Returns a type with handles instead of configurations. */
    private TypeName handle(ParameterType type) {
        if (!type.holdsConfigs()) {
            return types.of(type.mirror());
        }
        return switch (type.kind()) {
            case LIST -> ParameterizedTypeName.get(ClassName.get(List.class), argument(type.element()));
            case SET -> ParameterizedTypeName.get(ClassName.get(Collection.class), argument(type.element()));
            case MAP ->
                ParameterizedTypeName.get(
                        ClassName.get(Map.class), types.of(type.key().mirror()), argument(type.element()));
            default ->
                ParameterizedTypeName.get(
                        ClassName.get(Config.class), WildcardTypeName.subtypeOf(types.of(type.mirror())));
        };
    }

    /** Returns the same as a type argument: a list of handles of one class fits a list of handles of any class. */
    private TypeName argument(ParameterType type) {
        TypeName name = handle(type).box();
        return type.holdsConfigs() ? WildcardTypeName.subtypeOf(name) : name;
    }
}
