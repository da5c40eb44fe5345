package org.experimaestro.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.experimaestro.Config;
import org.experimaestro.ConfigBuilder;
import org.experimaestro.generated.BuilderState;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.type.TypeDescriptors;

/** A writer of the builder of a configuration. */
final class BuilderWriter {
    static final String GENERATED = "javax.annotation.processing.Generated";
    private static final String INDENT = "    ";

    private final ConfigModel model;
    private final Language language;
    private final ClassName raw;
    private final ClassName rawBuilder;
    private final TypeNames types;
    private final List<TypeVariableName> variables;
    private final String assembly;
    private final TypeName value;
    private final TypeName builder;

    BuilderWriter(ConfigModel model, Language language) {
        this.model = model;
        this.language = language;
        this.raw = ClassName.get(model.element());
        this.rawBuilder = ClassName.get(model.packageName(), model.builderName());
        this.types = new TypeNames(model);
        this.variables = types.variables();
        this.assembly = model.freeName("assembly");
        this.value = withVariables(raw);
        this.builder = withVariables(rawBuilder);
    }

    JavaFile write() {
        TypeSpec.Builder type = TypeSpec.classBuilder(rawBuilder)
                .addOriginatingElement(model.element())
                .addJavadoc("Builds configurations of the type {@link $T}.\n", raw)
                .addModifiers(Modifier.FINAL)
                .addTypeVariables(variables)
                .addSuperinterface(ParameterizedTypeName.get(ClassName.get(ConfigBuilder.class), value))
                .addField(FieldSpec.builder(assemblyType(), assembly, Modifier.PRIVATE, Modifier.FINAL)
                        .addJavadoc("The parameters that are set.\n")
                        .build());
        for (TypeVariableName variable : variables) {
            type.addJavadoc("\n@param <$L> as in {@link $T}", variable.name(), raw);
        }
        if (model.isPublic()) {
            type.addModifiers(Modifier.PUBLIC);
        }
        addGenerated(type);
        type.addAnnotation(suppressWarnings());
        type.addMethod(constructor()).addMethod(factory()).addMethod(toBuilder());
        for (int i = 0; i < model.parameters().size(); i++) {
            ParameterModel parameter = model.parameters().get(i);
            if (parameter.isSettable()) {
                type.addMethods(new SetterWriter(builder, types, assembly, parameter, i).methods());
            }
        }
        type.addMethod(build()).addType(new DescriptorWriter(model, language.types()).write());
        // Classes of java.lang are imported too: the package may have classes of the same names.
        return JavaFile.builder(model.packageName(), type.build())
                .indent(INDENT)
                .build();
    }

    private TypeName withVariables(ClassName name) {
        return variables.isEmpty() ? name : ParameterizedTypeName.get(name, variables.toArray(TypeName[]::new));
    }

    private TypeName assemblyType() {
        return ParameterizedTypeName.get(ClassName.get(BuilderState.class), value);
    }

    /** Adds the annotation for generated code, unless the project cannot read its module. */
    private void addGenerated(TypeSpec.Builder type) {
        var module = language.elements().getModuleOf(model.element());
        TypeElement annotation = module == null
                ? language.elements().getTypeElement(GENERATED)
                : language.elements().getTypeElement(module, GENERATED);
        if (annotation != null) {
            type.addAnnotation(AnnotationSpec.builder(ClassName.get(annotation))
                    .addMember("value", "$S", ConfigProcessor.class.getName())
                    .build());
        }
    }

    /** Returns the annotation that suppresses warnings which the compiler already prints for the user's own code. */
    private static AnnotationSpec suppressWarnings() {
        return AnnotationSpec.builder(SuppressWarnings.class)
                .addMember("value", "{$S, $S}", "deprecation", "removal")
                .build();
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addJavadoc("For the static methods.\n\n@param $L the parameters that are set\n", assembly)
                .addModifiers(Modifier.PRIVATE)
                .addParameter(assemblyType(), assembly)
                .addStatement("this.$1L = $1L", assembly)
                .build();
    }

    private MethodSpec factory() {
        CodeBlock instance =
                CodeBlock.of("$L.$L", TypeDescriptors.DESCRIPTOR_NAME, DescriptorWriter.instanceName(model));
        MethodSpec.Builder method = MethodSpec.methodBuilder(FactoryName.of(model.simpleName()))
                .addJavadoc("Starts a configuration of the type {@link $T}.\n\n$L", raw, descriptionDoc());
        Set<String> names = new HashSet<>();
        for (TypeVariableName variable : variables) {
            String name = factoryParameter(variable.name(), names);
            method.addParameter(ParameterizedTypeName.get(ClassName.get(Class.class), variable), name);
            method.addJavadoc("@param $L the class that stands for {@code $L}\n", name, variable.name());
        }
        addVariables(method);
        method.addJavadoc("@return a new builder\n");
        if (model.isGeneric()) {
            TypeName descriptor = ParameterizedTypeName.get(ClassName.get(TypeDescriptor.class), value);
            method.addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                            .addMember("value", "$S", "unchecked")
                            .build())
                    .addComment("one descriptor stands for all type arguments")
                    .addStatement(
                            "return new $T<>($T.of(($T) ($T<?>) $L))",
                            rawBuilder,
                            BuilderState.class,
                            descriptor,
                            TypeDescriptor.class,
                            instance);
        } else {
            method.addStatement("return new $T($T.of($L))", rawBuilder, BuilderState.class, instance);
        }
        return method.addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(builder)
                .build();
    }

    private String descriptionDoc() {
        return model.description().isEmpty()
                ? ""
                : "<p>" + ParameterDoc.escape(model.description()).replace("\n", "\n\n<p>") + "\n\n";
    }

    private static String factoryParameter(String variable, Set<String> names) {
        String name = variable.toLowerCase(Locale.ROOT);
        if (SourceVersion.isKeyword(name) || names.contains(name)) {
            name = variable + "Type";
        }
        names.add(name);
        return name;
    }

    private MethodSpec toBuilder() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("toBuilder")
                .addJavadoc(
                        "Starts a variation of a configuration: all parameters and tags are set as they are there.\n\n")
                .addJavadoc("@param config the configuration\n");
        addVariables(method);
        return method.addJavadoc("@return a new builder\n")
                .addJavadoc("@throws $T if a task makes the configuration\n", org.experimaestro.ConfigException.class)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(builder)
                .addParameter(ParameterizedTypeName.get(ClassName.get(Config.class), value), "config")
                .addStatement(
                        "return new $T$L($T.from(config))",
                        rawBuilder,
                        variables.isEmpty() ? "" : "<>",
                        BuilderState.class)
                .build();
    }

    private void addVariables(MethodSpec.Builder method) {
        method.addTypeVariables(variables);
        for (TypeVariableName variable : variables) {
            method.addJavadoc("@param <$L> as in {@link $T}\n", variable.name(), raw);
        }
    }

    private MethodSpec build() {
        return MethodSpec.methodBuilder("build")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(ParameterizedTypeName.get(ClassName.get(Config.class), value))
                .addStatement("return $L.build()", assembly)
                .build();
    }
}
