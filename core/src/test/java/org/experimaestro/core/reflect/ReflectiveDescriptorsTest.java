package org.experimaestro.core.reflect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Content;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.OneOf;
import org.experimaestro.Range;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.type.Defaults;
import org.experimaestro.model.type.TypeDescriptors;
import org.junit.jupiter.api.Test;

class ReflectiveDescriptorsTest {

    enum Color {
        RED,
        GREEN
    }

    interface Shape extends Configurable {}

    @ConfigType("reflect.dot")
    record Dot(int size) implements Shape {}

    @ConfigType("reflect.all")
    record All(
            boolean aBoolean,
            Byte aByte,
            short aShort,
            Integer anInt,
            long aLong,
            char aChar,
            float aFloat,
            Double aDouble,
            String aString,
            Color anEnum,
            Path aPath,
            Duration aDuration,
            Shape aShape,
            Optional<List<Integer>> anOptional,
            List<Set<Shape>> aList,
            Map<Color, Map<Integer, Boolean>> aMap)
            implements Configurable {}

    @ConfigType("reflect.defaults")
    record AllDefaults(
            @Default("1e-3") double rate,
            @Default("RED") Color color,
            @Default("5 min") Duration limit,
            @Default("[3, 5]") List<Integer> layers,
            @Default("{\"RED\": 1.5}") Map<Color, Double> weights,
            @Default("7") Optional<Long> seed,
            @Default(value = "x", inId = true) String name,
            @DefaultFrom("dot") Shape shape,
            @Meta @Default("2") int threads,
            @Content Optional<Path> file,

            @Range(min = 1, max = 9) @OneOf({"1", "0x2"}) @Default("2")
            int choice)
            implements Configurable {
        static Config<? extends Shape> dot() {
            return Config.builder(Dot.class).set("size", 1).build();
        }
    }

    @ConfigType("reflect.generic")
    record Generic<S extends Shape>(S shape, List<S> shapes, Generic<S> next) implements Shape {}

    abstract static class Named implements Shape {
        private final String label;

        Named(String label) {
            this.label = label;
        }

        protected String label() {
            return label;
        }
    }

    /** A class with an inherited parameter. */
    @ConfigType("reflect.circle")
    static final class Circle extends Named {
        private final double radius;

        @ConfigConstructor
        Circle(double radius, @Default("c") String label) throws IOException {
            super(label);
            if (radius < 0) {
                throw new IOException("radius is negative");
            }
            this.radius = radius;
        }

        double radius() {
            return radius;
        }
    }

    @ConfigType
    record Unnamed(int x) implements Configurable {}

    @ConfigType("reflect.self")
    record Self(
            @GeneratedPath("a/b.txt") Path out,
            @GeneratedPath("") Path folder,
            @GeneratedPath Path log) implements SelfTask<Self> {
        @Override
        public void execute(TaskContext context) {}
    }

    @Test
    void describe_allKindsOfParameters_readsTheirTypes() {
        assertThat(types(All.class))
                .containsExactly(
                        "aBoolean boolean",
                        "aByte byte",
                        "aShort short",
                        "anInt int",
                        "aLong long",
                        "aChar char",
                        "aFloat float",
                        "aDouble double",
                        "aString String",
                        "anEnum Color",
                        "aPath Path",
                        "aDuration Duration",
                        "aShape Shape",
                        "anOptional Optional<List<Integer>>",
                        "aList List<Set<Shape>>",
                        "aMap Map<Color, Map<Integer, Boolean>>");
        assertThat(types(Generic.class)).containsExactly("shape Shape", "shapes List<Shape>", "next Generic");
    }

    @Test
    void describe_annotations_readsAllOfThem() {
        TypeDescriptor<?> type = describe(AllDefaults.class);
        assertThat(type.version()).isEqualTo(1);
        assertThat(defaultOf(type, "rate")).isEqualTo(1e-3);
        assertThat(defaultOf(type, "color")).isEqualTo(Color.RED);
        assertThat(defaultOf(type, "limit")).isEqualTo(Duration.ofMinutes(5));
        assertThat(defaultOf(type, "layers")).isEqualTo(List.of(3, 5));
        assertThat(defaultOf(type, "weights")).isEqualTo(Map.of(Color.RED, 1.5));
        assertThat(defaultOf(type, "seed")).isEqualTo(7L);
        assertThat(parameter(type, "name").isDefaultCounted()).isTrue();
        assertThat(parameter(type, "rate").isDefaultCounted()).isFalse();
        assertThat(parameter(type, "shape").isDefaultFromMethod()).isTrue();
        assertThat(((Config<?>) Objects.requireNonNull(Defaults.of(type).bound(type.indexOf("shape")))).type())
                .isEqualTo("reflect.dot");
        assertThat(parameter(type, "threads").isMeta()).isTrue();
        assertThat(parameter(type, "file").isContent()).isTrue();
        assertThat(parameter(type, "choice").choices()).containsExactly("1", "2");
        assertThat(parameter(type, "choice").min()).isEqualTo(1);
        assertThat(parameter(type, "choice").max()).isEqualTo(9);
    }

    @Test
    void describe_generatedPaths_readsTheirPlaces() {
        TypeDescriptor<?> type = describe(Self.class);
        assertThat(parameter(type, "out").generatedPath()).isEqualTo("a/b.txt");
        assertThat(parameter(type, "folder").generatedPath()).isEmpty();
        assertThat(parameter(type, "log").generatedPath()).isEqualTo("log");
    }

    @Test
    void describe_noTypeId_isTheNameOfTheImport() {
        assertThat(describe(Unnamed.class).typeId())
                .isEqualTo("org.experimaestro.core.reflect.ReflectiveDescriptorsTest.Unnamed");
    }

    @Test
    void build_recordAndClass_constructsAndReads() {
        Config<Circle> circle = Config.builder(Circle.class).set("radius", 2).build();
        assertThat(circle.value().radius()).isEqualTo(2.0);
        assertThat(circle.value().label()).isEqualTo("c");
        assertThat(Config.of(circle.value()).id()).isEqualTo(circle.id());
        assertThatThrownBy(() -> Config.builder(Circle.class).set("radius", -1).build())
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("Cannot build reflect.circle with radius = -1.0: radius is negative");
    }

    @Test
    void id_ofReflectiveDescriptor_isThatOfTheWrittenOne() {
        Config<Dot> dot = Config.builder(Dot.class).set("size", 3).build();
        assertThat(dot.id()).isEqualTo(WrittenDot.build(3).id());
    }

    @Test
    void describe_classWithoutParameterNames_saysHowToCompileIt() throws Exception {
        Class<?> nameless = new WithoutParameterNames().loadClass(Circle.class.getName());
        assertThatThrownBy(() -> describe(nameless))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "the parameters of its constructor have no names in the class file; compile it with"
                                + " the option -parameters, or with the annotation processor experimaestro-processor");
    }

    /** A builder that an earlier version has generated registers its descriptor elsewhere. */
    @Test
    void register_secondDescriptorOfAClass_isRefused() {
        TypeDescriptor<Dot> known = TypeDescriptors.of(Dot.class);
        TypeDescriptor<?> second = new ReflectiveDescriptors().describe(Dot.class);

        assertThatThrownBy(() -> TypeDescriptor.register(second))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("Cannot use the builder of " + Dot.class.getName(), "compile the class anew");
        TypeDescriptor.register(known);
        assertThat(TypeDescriptors.of(Dot.class)).isSameAs(known);
    }

    private static TypeDescriptor<?> describe(Class<?> type) {
        return new ReflectiveDescriptors().describe(type);
    }

    private static List<String> types(Class<?> type) {
        TypeDescriptor<?> descriptor = describe(type);
        List<String> types = new ArrayList<>();
        for (int i = 0; i < descriptor.size(); i++) {
            types.add(descriptor.parameter(i).name() + " "
                    + descriptor.parameter(i).type());
        }
        return types;
    }

    private static Parameter parameter(TypeDescriptor<?> type, String name) {
        return type.parameter(type.indexOf(name));
    }

    private static Object defaultOf(TypeDescriptor<?> type, String name) {
        return parameter(type, name).defaultValue();
    }

    /** A class loader that defines the test's classes anew, without the data of the option -parameters. */
    private static final class WithoutParameterNames extends ClassLoader {
        WithoutParameterNames() {
            super(ReflectiveDescriptorsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(ReflectiveDescriptorsTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = Objects.requireNonNull(getResourceAsStream(name.replace('.', '/') + ".class"))) {
                // An attribute with an unknown name is skipped (JVMS 4.7.1).
                String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                        .replace("MethodParameters", "unknownAttribute");
                byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
