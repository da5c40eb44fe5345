package org.experimaestro.core.reflect;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.FormerName;
import org.experimaestro.FormerType;
import org.experimaestro.GeneratedPath;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.DescriptorSource;
import org.experimaestro.model.type.FormerNameRules;
import org.jspecify.annotations.Nullable;

/**
 * A source of descriptors by reflection, for builds that do not run the annotation processor. The rules are the
 * processor's, so that a class has the same parameters, defaults and identifiers with it and without.
 *
 * <p>Thread-safe.
 */
public final class ReflectiveDescriptors implements DescriptorSource {

    /** Creates a source. {@link java.util.ServiceLoader} calls it. */
    public ReflectiveDescriptors() {}

    /**
     * Describes a class.
     *
     * @param javaClass a record annotated with {@link ConfigType}, or such a class with a marked constructor that was
     *     compiled with {@code -parameters}
     * @return a new descriptor
     * @throws ConfigException if the class has errors; the message lists all of them
     */
    @Override
    public TypeDescriptor<?> describe(Class<?> javaClass) {
        ConfigType annotation = javaClass.getAnnotation(ConfigType.class);
        if (annotation == null) {
            throw ConfigException.of(javaClass.getName() + " is not a configuration type")
                    .advice("annotate it with @ConfigType")
                    .build();
        }
        return describe(javaClass, annotation);
    }

    private static <T> TypeDescriptor<T> describe(Class<T> javaClass, ConfigType annotation) {
        ClassProblems problems = new ClassProblems(javaClass);
        ClassReader reader = new ClassReader(javaClass, problems);
        reader.check(annotation);
        new TaskClassCheck(javaClass, problems).check();
        Constructor<T> constructor = reader.constructor();
        List<Component> components = constructor == null ? List.of() : reader.components(constructor);
        @Nullable Parameter[] parameters = new Parameter[components.size()];
        @Nullable Method[] defaultMethods = new Method[components.size()];
        @Nullable Method[] firstDefaultMethods = new Method[components.size()];
        Method[] accessors = new Method[components.size()];
        for (int i = 0; i < components.size(); i++) {
            Component component = components.get(i);
            accessors[i] = component.accessor();
            parameters[i] = new ComponentReader(javaClass, component, problems).read();
            DefaultFrom defaultFrom = component.find(DefaultFrom.class);
            Parameter parameter = parameters[i];
            if (defaultFrom != null
                    && parameter != null
                    && parameter.type().kind() == ValueType.Kind.CONFIG
                    && !component.has(Default.class)) {
                DefaultMethod methods = new DefaultMethod(javaClass, component, problems);
                defaultMethods[i] = methods.find(defaultFrom.value());
                if (parameter.isFirstDefaultFromMethod()) {
                    firstDefaultMethods[i] = methods.find(defaultFrom.was());
                }
            }
        }
        new GeneratedComponentCheck(javaClass, problems).check(components);
        String typeId = ClassReader.typeId(javaClass, annotation);
        FormerType former = javaClass.getAnnotation(FormerType.class);
        String[] formerTypeIds = former == null ? new String[0] : former.value();
        FormerNameRules.typeProblems(typeId, formerTypeIds).forEach(problems::add);
        checkFormerNames(components, problems);
        problems.throwIfAny();
        return new ReflectiveDescriptor<>(
                typeId,
                formerTypeIds,
                annotation.version(),
                Objects.requireNonNull(constructor),
                present(parameters),
                accessors,
                defaultMethods,
                firstDefaultMethods);
    }

    private static void checkFormerNames(List<Component> components, ClassProblems problems) {
        Map<String, String[]> former = new LinkedHashMap<>();
        Set<String> generated = new HashSet<>();
        for (Component component : components) {
            FormerName names = component.find(FormerName.class);
            former.put(component.name(), names == null ? new String[0] : names.value());
            if (component.has(GeneratedPath.class)) {
                generated.add(component.name());
            }
        }
        FormerNameRules.nameProblems(former, generated).values().forEach(found -> found.forEach(problems::add));
    }

    /** Returns the parameters, none of which is missing, because a missing parameter has a problem. */
    private static Parameter[] present(@Nullable Parameter[] parameters) {
        Parameter[] present = new Parameter[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            present[i] = Objects.requireNonNull(parameters[i]);
        }
        return present;
    }
}
