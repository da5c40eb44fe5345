package org.experimaestro.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.experimaestro.Config;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.type.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * A writer of the descriptor, a class in the builder. Each job's process loads and runs it at its start. Therefore
 * the code has no lambdas, string switches or concatenations, which the JVM would link at run time.
 */
final class DescriptorWriter {
    private static final String ARGUMENTS = "arguments";

    private final ConfigModel model;
    private final Types types;
    private final ClassName raw;
    private final TypeName described;

    DescriptorWriter(ConfigModel model, Types types) {
        this.model = model;
        this.types = types;
        this.raw = ClassName.get(model.element());
        this.described = describedType(model, raw);
    }

    /** Returns the name of the field that has the instance. */
    static String instanceName(ConfigModel model) {
        return model.freeName("INSTANCE");
    }

    /** Returns the class that the descriptor describes, without type arguments. */
    static TypeName describedType(ConfigModel model, ClassName raw) {
        int arity = model.element().getTypeParameters().size();
        WildcardTypeName[] any = new WildcardTypeName[arity];
        java.util.Arrays.fill(any, WildcardTypeName.subtypeOf(Object.class));
        return arity == 0 ? raw : ParameterizedTypeName.get(raw, any);
    }

    TypeSpec write() {
        ClassName self = ClassName.get("", TypeDescriptors.DESCRIPTOR_NAME);
        String instance = instanceName(model);
        TypeSpec.Builder type = TypeSpec.classBuilder(TypeDescriptors.DESCRIPTOR_NAME)
                .addJavadoc("The descriptor of {@link $T}, for the system and not for plans.\n", raw)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .superclass(ParameterizedTypeName.get(ClassName.get(TypeDescriptor.class), described))
                .addField(FieldSpec.builder(self, instance, Modifier.STATIC, Modifier.FINAL)
                        .addJavadoc("The one descriptor.\n")
                        .initializer("new $T()", self)
                        .build())
                .addStaticBlock(CodeBlock.builder()
                        .addStatement("register($L)", instance)
                        .build())
                .addMethod(constructor())
                .addMethod(construct())
                .addMethod(read());
        if (model.parameters().stream().anyMatch(parameter -> parameter.defaultFrom() != null)) {
            type.addMethod(defaultConfig("defaultConfig", ParameterModel::defaultFrom));
        }
        if (model.parameters().stream().anyMatch(parameter -> firstDefaultFrom(parameter) != null)) {
            type.addMethod(defaultConfig("firstDefaultConfig", DescriptorWriter::firstDefaultFrom));
        }
        if (!model.formerTypeIds().isEmpty()) {
            type.addMethod(formerTypeIds());
        }
        return type.build();
    }

    private MethodSpec constructor() {
        CodeBlock.Builder call = CodeBlock.builder()
                .add("super($>$>\n$L,\n$L,\n$T.class", ValueCode.ofText(model.typeId()), model.version(), raw);
        for (ParameterModel parameter : model.parameters()) {
            call.add(",\n$L", parameter(parameter));
        }
        return MethodSpec.constructorBuilder()
                .addJavadoc("Describes the type.\n")
                .addModifiers(Modifier.PRIVATE)
                .addCode(call.add(");$<$<\n").build())
                .build();
    }

    private static CodeBlock parameter(ParameterModel parameter) {
        CodeBlock.Builder code = CodeBlock.builder()
                .add(
                        "$T.of($L, $L)",
                        Parameter.class,
                        ValueCode.ofText(parameter.name()),
                        ValueCode.ofType(parameter.type()));
        if (parameter.defaultValue() != null) {
            code.add(".withDefault($L)", ValueCode.ofValue(parameter.defaultValue()));
        }
        if (parameter.defaultFrom() != null) {
            code.add(".withDefaultFromMethod()");
        }
        if (parameter.was() != null && parameter.defaultFrom() != null) {
            code.add(".withFirstDefaultFromMethod()");
        } else if (parameter.was() != null) {
            code.add(
                    ".withFirstDefault($L)",
                    parameter.firstDefault() == null ? "null" : ValueCode.ofValue(parameter.firstDefault()));
        }
        if (parameter.inId()) {
            code.add(".withDefaultInId()");
        }
        if (parameter.meta()) {
            code.add(".withMeta()");
        }
        if (parameter.content()) {
            code.add(".withContent()");
        }
        if (parameter.data()) {
            code.add(".withData()");
        }
        if (parameter.generatedPath() != null) {
            code.add(".withGeneratedPath($L)", ValueCode.ofText(parameter.generatedPath()));
        }
        if (parameter.pathOptional()) {
            code.add(".withPathOptional()");
        }
        if (!parameter.pathPartial().isEmpty()) {
            code.add(".withPathPartial($L)", ValueCode.ofText(parameter.pathPartial()));
        }
        if (!parameter.leftOutOf().isEmpty()) {
            code.add(
                    ".withLeftOutOf($L)",
                    CodeBlock.join(
                            parameter.leftOutOf().stream()
                                    .map(ValueCode::ofText)
                                    .toList(),
                            ", "));
        }
        if (parameter.hasRange()) {
            code.add(".withRange($L, $L)", ValueCode.ofDouble(parameter.min()), ValueCode.ofDouble(parameter.max()));
        }
        if (!parameter.choices().isEmpty()) {
            code.add(".withChoices($L)", texts(parameter.choices()));
        }
        if (!parameter.formerNames().isEmpty()) {
            code.add(".withFormerNames($L)", texts(parameter.formerNames()));
        }
        return code.build();
    }

    private static CodeBlock texts(List<String> texts) {
        List<CodeBlock> literals = new ArrayList<>();
        for (String text : texts) {
            literals.add(ValueCode.ofText(text));
        }
        return CodeBlock.join(literals, ", ");
    }

    /** Writes the former type ids, which only a search for old results reads. */
    private MethodSpec formerTypeIds() {
        return MethodSpec.methodBuilder("formerTypeIds")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(String[].class)
                .addStatement("return new String[] {$L}", texts(model.formerTypeIds()))
                .build();
    }

    private MethodSpec construct() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("construct")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(described)
                .addParameter(Object[].class, ARGUMENTS)
                .addException(Exception.class);
        if (model.isGeneric()) {
            method.addAnnotation(suppress("rawtypes", "unchecked"));
        } else if (model.parameters().stream().anyMatch(DescriptorWriter::isCastUnchecked)) {
            method.addAnnotation(suppress("unchecked"));
        }
        List<CodeBlock> arguments = new ArrayList<>();
        for (int i = 0; i < model.parameters().size(); i++) {
            TypeMirror type = model.parameters().get(i).type().mirror();
            TypeName cast = TypeName.get(model.isGeneric() ? types.erasure(type) : type);
            arguments.add(CodeBlock.of("($T) $L[$L]", cast, ARGUMENTS, i));
        }
        CodeBlock list =
                arguments.isEmpty() ? CodeBlock.of("") : CodeBlock.of("$>$>\n$L$<$<", CodeBlock.join(arguments, ",\n"));
        return method.addCode("return new $T($L);\n", raw, list).build();
    }

    private static boolean isCastUnchecked(ParameterModel parameter) {
        return TypeName.get(parameter.type().mirror()) instanceof ParameterizedTypeName;
    }

    private static AnnotationSpec suppress(String... warnings) {
        AnnotationSpec.Builder annotation = AnnotationSpec.builder(SuppressWarnings.class);
        for (String warning : warnings) {
            annotation.addMember("value", "$S", warning);
        }
        return annotation.build();
    }

    private MethodSpec read() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("read")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(Object.class)
                .addParameter(described, "value")
                .addParameter(int.class, "index");
        if (model.parameters().isEmpty()) {
            return method.addStatement("throw new $T(index)", IndexOutOfBoundsException.class)
                    .build();
        }
        CodeBlock.Builder cases = CodeBlock.builder().add("return switch (index) {$>\n");
        for (int i = 0; i < model.parameters().size(); i++) {
            cases.add("case $L -> value.$L();\n", i, model.parameters().get(i).name());
        }
        cases.add("default -> throw new $T(index);\n$<};\n", IndexOutOfBoundsException.class);
        return method.addCode(cases.build()).build();
    }

    private static @Nullable String firstDefaultFrom(ParameterModel parameter) {
        return parameter.defaultFrom() == null ? null : parameter.was();
    }

    private MethodSpec defaultConfig(String name, Function<ParameterModel, @Nullable String> maker) {
        String index = model.freeName("index");
        CodeBlock.Builder cases = CodeBlock.builder().add("return switch ($L) {$>\n", index);
        for (int i = 0; i < model.parameters().size(); i++) {
            String method = maker.apply(model.parameters().get(i));
            if (method != null) {
                cases.add("case $L -> $T.$L();\n", i, raw, method);
            }
        }
        cases.add("default -> super.$L($L);\n$<};\n", name, index);
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(ParameterizedTypeName.get(
                        ClassName.get(Config.class), WildcardTypeName.subtypeOf(Object.class)))
                .addParameter(int.class, index)
                .addCode(cases.build())
                .build();
    }
}
