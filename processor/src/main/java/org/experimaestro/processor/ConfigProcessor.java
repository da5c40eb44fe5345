package org.experimaestro.processor;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.AnnotationTypeMismatchException;
import java.lang.annotation.IncompleteAnnotationException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigType;
import org.experimaestro.FormerType;
import org.jspecify.annotations.Nullable;

/**
 * An annotation processor that writes a builder for each configuration type, and checks the type during compilation.
 *
 * <p>For a record {@code Adam} with {@code @ConfigType}, or a class with a {@code @ConfigConstructor}, it writes
 *
 * <ul>
 *   <li>{@code AdamBuilder} in the same package ({@code Outer_AdamBuilder} for a nested type), with the visibility of
 *       the type, with the static methods {@code adam()} (with one {@code Class} for each type parameter) and {@code
 *       toBuilder}, setters for the parameters, and {@code build()};
 *   <li>in it the class {@code $Descriptor}, which makes and reads values without reflection; it registers itself in
 *       its class initializer;
 *   <li>the resource {@code META-INF/experimaestro/types/<type id>.json}: the parameters with their types, defaults,
 *       limits and Javadoc, as plain text;
 *   <li>for each former type id the resource {@code META-INF/experimaestro/former-types/<type id>.json}, by which stored
 *       configurations find the class.
 * </ul>
 *
 * <p>Without a type id in the annotation, the type id is the class's canonical name. A {@code @Default} of an {@code
 * Optional} is the default of its content; a plan that sets {@code Optional.empty()} makes the value absent, which
 * then counts. Numbers may be tagged with any number that has exactly the same value; other values with their own
 * type; collections of configurations carry the tags of their elements.
 *
 * <p>Each problem is an error at its component, parameter, class or annotation, with advice. All problems of all
 * types are reported at once, and a type with problems gets no builder.
 *
 * <p>The processor claims our annotations, and that of generated code, but no others. A later processor of all
 * annotations is called if the sources have any other annotation, even {@code @Override}. {@link LocalTypeProcessor}
 * runs beside it.
 *
 * <p>Incremental builds: isolating. Each file depends only on the source of its type. Therefore two type ids that are
 * equal, or differ only by case, are found only among the types that are compiled together.
 */
@SupportedAnnotationTypes({"org.experimaestro.*", BuilderWriter.GENERATED})
public final class ConfigProcessor extends AbstractProcessor {
    private final Map<String, TypeElement> typeIds = new HashMap<>();
    private final Map<String, TypeElement> formerTypeIds = new HashMap<>();
    private final Map<String, TypeElement> builders = new HashMap<>();
    private final Set<String> sourceTypes = new HashSet<>();
    /** The names of types that wait for another round. Names are kept, because elements are new in each round. */
    private Set<String> waiting = new LinkedHashSet<>();

    /** Creates the processor. The compiler calls it, which finds the processor as a service. */
    public ConfigProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    @SuppressWarnings(
            "DoNotClaimAnnotations") // under -Xlint:processing, the compiler warns about unclaimed annotations
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Language language = new Language(processingEnv.getElementUtils(), processingEnv.getTypeUtils());
        for (TypeElement type : ElementFilter.typesIn(round.getRootElements())) {
            sourceTypes.add(type.getQualifiedName().toString());
        }
        for (TypeElement type : typesOf(round, language)) {
            CompilationProblems problems = new CompilationProblems();
            ConfigReader reader = new ConfigReader(language, problems);
            if (reader.isUnresolved(type)) {
                waiting.add(type.getQualifiedName().toString());
                continue;
            }
            ConfigModel model = read(type, reader, problems);
            problems.report(processingEnv.getMessager());
            if (model != null) {
                write(model, language);
            }
        }
        checkConstructors(round);
        return true;
    }

    /** Returns the types of this round, and those that waited for it. */
    private List<TypeElement> typesOf(RoundEnvironment round, Language language) {
        List<TypeElement> types = new ArrayList<>();
        for (String name : waiting) {
            TypeElement type = language.elements().getTypeElement(name);
            if (type != null) {
                types.add(type);
            }
        }
        waiting = new LinkedHashSet<>();
        types.addAll(ElementFilter.typesIn(round.getElementsAnnotatedWith(ConfigType.class)));
        return types;
    }

    private @Nullable ConfigModel read(TypeElement type, ConfigReader reader, CompilationProblems problems) {
        try {
            ConfigModel model = reader.read(type);
            checkUnique(type, reader, problems);
            return problems.isEmpty() ? model : null;
        } catch (AnnotationTypeMismatchException | IncompleteAnnotationException notJava) {
            return null; // the annotation is not correct Java, which the compiler reports itself
        }
    }

    private void checkUnique(TypeElement type, ConfigReader reader, CompilationProblems problems) {
        String typeId = ConfigReader.typeId(type, type.getAnnotation(ConfigType.class));
        TypeElement other = typeIds.putIfAbsent(typeId.toLowerCase(Locale.ROOT), type);
        if (other != null) {
            String otherId = ConfigReader.typeId(other, other.getAnnotation(ConfigType.class));
            String clash = otherId.equals(typeId)
                    ? "The type id " + typeId + " is also that of "
                    : "The type id " + typeId + " differs only by case from " + otherId + " of ";
            problems.add(
                    type, ConfigType.class, "value", clash + other.getQualifiedName() + "; give one of them another");
        }
        for (String former : ConfigReader.formerTypeIds(type)) {
            TypeElement owner = formerTypeIds.putIfAbsent(former.toLowerCase(Locale.ROOT), type);
            if (owner != null && !owner.equals(type)) {
                refuseFormer(type, former, "also a former type id of " + owner.getQualifiedName(), problems);
            }
            TypeElement present = typeIds.get(former.toLowerCase(Locale.ROOT));
            if (present != null && !present.equals(type)) {
                refuseFormer(type, former, "the type id of " + present.getQualifiedName(), problems);
            }
        }
        TypeElement successor = formerTypeIds.get(typeId.toLowerCase(Locale.ROOT));
        if (successor != null && !successor.equals(type)) {
            problems.add(
                    type,
                    ConfigType.class,
                    "value",
                    "The type id " + typeId + " is a former type id of " + successor.getQualifiedName()
                            + ", whose stored results it would take; give this type another");
        }
        checkBuilder(type, reader, problems);
    }

    private static void refuseFormer(TypeElement type, String former, String reason, CompilationProblems problems) {
        problems.add(
                type,
                FormerType.class,
                "value",
                "The former type id " + former + " is " + reason
                        + ", so that nobody can tell whose results are stored under it; remove it from one of them");
    }

    private void checkBuilder(TypeElement type, ConfigReader reader, CompilationProblems problems) {
        String builder = reader.builderName(type);
        TypeElement owner = builders.putIfAbsent(builder, type);
        if (owner != null || sourceTypes.contains(builder)) {
            problems.add(
                    type,
                    "The builder of " + type.getQualifiedName() + " is to be called " + builder
                            + (owner != null
                                    ? ", as is that of " + owner.getQualifiedName()
                                    : ", and there is a class of that name")
                            + "; rename one of them");
        }
    }

    private void checkConstructors(RoundEnvironment round) {
        CompilationProblems problems = new CompilationProblems();
        for (Element constructor : round.getElementsAnnotatedWith(ConfigConstructor.class)) {
            Element type = constructor.getEnclosingElement();
            if (type != null && type.getAnnotation(ConfigType.class) == null) {
                problems.add(
                        constructor,
                        "The class " + type.getSimpleName()
                                + " has a @ConfigConstructor, but is no configuration type; annotate it with @ConfigType");
            }
        }
        problems.report(processingEnv.getMessager());
    }

    private void write(ConfigModel model, Language language) {
        try {
            new BuilderWriter(model, language).write().writeTo(processingEnv.getFiler());
            writeResource(model, ResourceWriter.path(model), ResourceWriter.write(model));
            for (String former : model.formerTypeIds()) {
                writeResource(model, ResourceWriter.formerPath(former), ResourceWriter.writeFormer(model));
            }
        } catch (IOException failure) {
            processingEnv
                    .getMessager()
                    .printMessage(
                            Diagnostic.Kind.ERROR,
                            "Cannot write the builder of " + model.simpleName() + ": " + failure,
                            model.element());
        }
    }

    private void writeResource(ConfigModel model, String path, String text) throws IOException {
        var resource =
                processingEnv.getFiler().createResource(StandardLocation.CLASS_OUTPUT, "", path, model.element());
        try (OutputStream output = resource.openOutputStream()) { // a writer would use the encoding of the sources
            output.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
