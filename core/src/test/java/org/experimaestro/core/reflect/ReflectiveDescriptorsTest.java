package org.experimaestro.core.reflect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
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
import java.util.OptionalInt;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Content;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.OneOf;
import org.experimaestro.Range;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;
import org.experimaestro.internal.type.DescriptorSource;
import org.experimaestro.internal.type.Parameter;
import org.experimaestro.internal.type.TypeDescriptor;
import org.experimaestro.internal.type.TypeDescriptors;
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
    record Defaults(
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
        TypeDescriptor<?> type = describe(Defaults.class);
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
        assertThat(((Config<?>) Objects.requireNonNull(type.defaults().bound(type.indexOf("shape")))).type())
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

    @ConfigType(value = "bad type!", version = 0)
    record Bad<X>(
            int[] array,
            Map<Dot, String> keys,
            Optional<Optional<Integer>> twice,
            List<Optional<Integer>> inside,
            Object anything,
            File file,
            OptionalInt optionalInt,
            ArrayList<String> implementation,
            List<?> wildcard,
            @SuppressWarnings("rawtypes") List raw,
            NotConfigured record,
            X unbounded,
            Config<Dot> handle,
            @Default("3.5") int notWhole,
            @Default("11") @Range(max = 10) int tooLarge,
            @Default("[1, \"a\"]") List<Integer> mixed,
            @Default("1") @DefaultFrom("dots") Shape both,
            @DefaultFrom("missing") Shape noMethod,
            @DefaultFrom("dots") int noConfiguration,
            @Range(min = 0) String noNumber,
            @Range(min = 2, max = 1) int emptyRange,
            @OneOf({}) int noChoice,
            @OneOf("BLUE") Color noConstant,
            @Meta @Default(value = "1", inId = true) int metaInId,
            @Meta @Content Path metaContent,
            @Content @Default("x") Path contentDefault,
            @Content int contentOfNumber,
            @GeneratedPath Path noTask,
            int build) {
        static Dot dots() {
            return new Dot(1);
        }
    }

    @ConfigType("reflect.was")
    record Was(
            @Default(value = "0.75", was = "0.4") @Range(min = 0.5)
            double rate,

            @Default(value = "GREEN", was = "RED") Color color,
            @Default(value = "3", was = Default.ABSENT) Optional<Integer> gained,
            @Default(value = Default.ABSENT, was = "3") Optional<Integer> lost,
            @Default(Default.ABSENT) Optional<Integer> never,

            @Content @Default(value = "/a", was = Default.ABSENT)
            Optional<Path> content,

            @DefaultFrom(value = "two", was = "one") Shape shape)
            implements Configurable {
        static Config<Dot> one() {
            return Config.builder(Dot.class).set("size", 1).build();
        }

        static Config<Dot> two() {
            return Config.builder(Dot.class).set("size", 2).build();
        }
    }

    @Test
    void describe_defaultsThatHaveChanged_knowsTheFirstOnes() {
        TypeDescriptor<?> type = describe(Was.class);
        assertThat(type.defaults().first(type.indexOf("rate"))).isEqualTo(0.4);
        assertThat(type.defaults().first(type.indexOf("color"))).isEqualTo(Color.RED);
        assertThat(parameter(type, "gained").hasFirstDefault()).isTrue();
        assertThat(type.defaults().first(type.indexOf("gained"))).isNull();
        assertThat(type.defaults().bound(type.indexOf("gained"))).isEqualTo(3);
        assertThat(type.defaults().first(type.indexOf("lost"))).isEqualTo(3);
        assertThat(type.defaults().bound(type.indexOf("lost"))).isNull();
        assertThat(parameter(type, "never").hasFirstDefault()).isFalse();
        assertThat(((Config<?>) type.defaults().first(type.indexOf("shape"))).id())
                .isEqualTo(Was.one().id());
        assertThat(((Config<?>) type.defaults().bound(type.indexOf("shape"))).id())
                .isEqualTo(Was.two().id());
    }

    @ConfigType("reflect.wrong-was")
    record WrongWas(
            @Default(value = "1", was = "x") int unread,
            @Default(value = "1", was = "2", inId = true) int counted,
            @Meta @Default(value = "1", was = "2") int meta,
            @Default(Default.ABSENT) int absent,
            @Default(value = "1", was = Default.ABSENT) int wasAbsent,

            @Content @Default(value = Default.ABSENT, was = "/a")
            Optional<Path> content,

            @DefaultFrom(value = "dot", was = "dat") Dot noMethod,

            @DefaultFrom(value = "dot", was = Default.ABSENT)
            Dot noOptional,

            @DefaultFrom(value = "dot", was = "dot", inId = true)
            Dot countedToo)
            implements Configurable {
        static Config<Dot> dot() {
            return Config.builder(Dot.class).set("size", 1).build();
        }
    }

    @Test
    void describe_firstDefaultsThatAreWrong_saysWhy() {
        assertThatThrownBy(() -> describe(WrongWas.class)).hasMessage("""
                        org.experimaestro.core.reflect.ReflectiveDescriptorsTest$WrongWas is not a correct configuration type: \
                        the first default of unread (int) cannot be read: "x" is not an int; write a number as in Java, such as 3, -1 or 1_000
                          parameter counted of WrongWas has inId = true, so that no default is left out, and was, which names one; remove one of them
                          parameter meta of WrongWas is a meta parameter, which never counts in the identifier; remove @Meta, or was
                          the default of absent (int) cannot be read: only an Optional can be absent; write a value, or use an Optional
                          the first default of wasAbsent (int) cannot be read: only an Optional can be absent; write a value, or use an Optional
                          parameter content of WrongWas has a default that would not count, whatever the file contains; write @Default(…, inId = true)
                          the default of noMethod cannot be made: there is no method dat in WrongWas; did you mean "dot"? Else write static Config<Dot> dat() in it
                          the first default of noOptional (Dot) cannot be read: only an Optional can be absent; write a value, or use an Optional
                          parameter countedToo of WrongWas has inId = true, so that no default is left out, and was, which names one; remove one of them""");
    }

    record NotConfigured(int x) {}

    @Test
    void describe_allThatCanBeWrong_isToldAtOnce() {
        assertThatThrownBy(() -> describe(Bad.class))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        org.experimaestro.core.reflect.ReflectiveDescriptorsTest$Bad is not a correct configuration type: \
                        the type id "bad type!" has other characters than A-Z a-z 0-9 _ . -; write one such as @ConfigType("tutorial.adam")
                          its version is 0; versions begin at 1
                          it does not implement Configurable; write "implements Configurable", an interface that extends it, or Task<…>
                          its type variable X must be bounded: write X extends Configurable, or an interface that extends it
                          a parameter cannot be called build, as a method that every builder has is; rename it
                          parameter array has the type int[]: arrays can be changed and have no equality; write List<Integer>
                          parameter keys has the type Map<Dot, String>: its keys must be of type String, an enum, or a number
                          parameter twice has the type Optional<Optional<Integer>>: an optional cannot be in another; write Optional<Integer>
                          parameter inside has the type List<Optional<Integer>>: an optional cannot be in a collection; write int and leave absent values out
                          parameter anything has the type Object: it is not supported; use numbers, boolean, char, String, enums, Path, Duration, Optional, List, Set, Map, or a type that implements Configurable
                          parameter file has the type File: write Path
                          parameter optionalInt has the type OptionalInt: write Optional<Integer>
                          parameter implementation has the type ArrayList<String>: write the interface List<String>
                          parameter wildcard has the type ?: wildcards are not supported; write the interface or class that is meant
                          parameter raw has the type List: it is raw; write its type arguments, such as List<…>
                          parameter record has the type NotConfigured: it is a record but no configuration; annotate NotConfigured with @ConfigType and let it implement Configurable
                          parameter unbounded has the type X: the type variable must be bounded: X extends Configurable, or an interface that extends it
                          parameter handle has the type Config<Dot>: the handle belongs to plans; write the plain type
                          the default of notWhole (int) cannot be read: "3.5" is not an int; write a number as in Java, such as 3, -1 or 1_000
                          the default of tooLarge is not allowed: tooLarge is 11, not at most 10; change @Default or the limit
                          the default of mixed (List<Integer>) cannot be read: "a" is not what is expected here: a whole number
                          the default of both (Shape) cannot be read: a configuration cannot be written as text; use @DefaultFrom with a static method that makes it
                          parameter both of Bad has both @Default and @DefaultFrom; remove one
                          the default of noMethod cannot be made: there is no method missing in Bad; write static Config<Shape> missing() in it
                          parameter noConfiguration of Bad has the type int, and @DefaultFrom is for configurations; use @Default
                          parameter noNumber of Bad has the type String, and @Range is for numbers; remove it, or use @OneOf
                          parameter emptyRange of Bad has a @Range from 2.0 to 1.0, which no number is in; write the least number first
                          parameter noChoice of Bad has no choices in its @OneOf; write them, or remove it
                          a choice of noConstant (Color) cannot be read: "BLUE" is not a constant of the enum; The constants are RED, GREEN
                          parameter metaInId of Bad is a meta parameter, which never counts in the identifier; remove @Meta, or inId = true
                          parameter metaContent of Bad is a meta parameter, which is not identified at all; remove @Meta or @Content
                          parameter contentDefault of Bad has a default that would not count, whatever the file contains; write @Default(…, inId = true)
                          parameter contentOfNumber of Bad has the type int, and @Content is for Path; remove it
                          the generated path noTask belongs to Bad, which is no task and has no folder; remove @GeneratedPath, or implement Task<…>""");
    }

    @ConfigType("reflect.bad-task")
    record BadTask(
            @GeneratedPath("/a") Path absolute,
            @GeneratedPath("a/../b") Path up,
            @GeneratedPath(".Experimaestro/x") Path ours,
            @GeneratedPath("x") Path one,
            @GeneratedPath("x") Path other,
            @GeneratedPath @Default("y") @Meta String text)
            implements Task<String> {
        @Override
        public void execute(TaskContext context) {}

        @Override
        public String outputs(Dependency dep) {
            return "";
        }
    }

    @Test
    void describe_generatedPathsThatAreWrong_saysWhy() {
        assertThatThrownBy(() -> describe(BadTask.class))
                .hasMessageContaining("it is a task that makes a String, which is no configuration type")
                .hasMessageContaining("the generated path absolute has the absolute path \"/a\"; write one relative")
                .hasMessageContaining("the generated path up has the path \"a/../b\"; write names with slashes")
                .hasMessageContaining("ours has the path \".Experimaestro/x\", where the system keeps its own files")
                .hasMessageContaining("the generated path other has the same path \"x\" as one; write another")
                .hasMessageContaining("the generated path text has the type String; write Path")
                .hasMessageContaining("the generated path text is set by the system; remove @Default")
                .hasMessageContaining("the generated path text never counts in the identifier; remove @Meta");
    }

    @ConfigType("reflect.other-self")
    record OtherSelf() implements SelfTask<Self> {
        @Override
        public void execute(TaskContext context) {}
    }

    @ConfigType("reflect.bad-class")
    abstract static class BadClass implements Configurable {
        @ConfigConstructor
        BadClass(int x, int y, int z) {}

        long x() {
            return 0;
        }

        static int y() {
            return 0;
        }
    }

    @ConfigType("reflect.private")
    private record Hidden() implements Configurable {}

    @ConfigType("reflect.inner")
    class Inner implements Configurable {}

    @ConfigType("reflect.interface")
    interface Marked extends Configurable {}

    /** As a builder does that an earlier version has generated, where its descriptor is not looked for. */
    @Test
    void register_secondDescriptorOfAClass_isRefused() {
        TypeDescriptor<Dot> known = TypeDescriptors.of(Dot.class);
        TypeDescriptor<?> second = new ReflectiveDescriptors().describe(Dot.class);

        assertThatThrownBy(() -> TypeDescriptors.register(second))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("Cannot use the builder of " + Dot.class.getName(), "compile the class anew");
        TypeDescriptors.register(known);
        assertThat(TypeDescriptors.of(Dot.class)).isSameAs(known);
    }

    @Test
    void describe_classesThatAreWrong_saysWhy() {
        @ConfigType("reflect.local")
        record Local() implements Configurable {}
        assertThatThrownBy(() -> describe(Local.class))
                .hasMessageContaining("it is local; make it a member of a class");
        assertThatThrownBy(() -> describe(Hidden.class))
                .hasMessageContaining("Hidden is private; make it package-private or public");
        assertThatThrownBy(() -> describe(Inner.class))
                .hasMessageContaining("it belongs to an instance: the class Inner is not static; make it static")
                .hasMessageContaining("it is neither a record nor has it a constructor with @ConfigConstructor");
        assertThatThrownBy(() -> describe(Marked.class))
                .hasMessageContaining("it is an interface; annotate the records");
        assertThatThrownBy(() -> describe(OtherSelf.class))
                .hasMessageContaining("SelfTask must name the class itself; write implements SelfTask<OtherSelf>");
        assertThatThrownBy(() -> describe(BadClass.class))
                .hasMessageContaining("it is abstract; annotate the classes that extend it")
                .hasMessageContaining("the method x() cannot give the parameter x back: it returns long; write int x()")
                .hasMessageContaining("the method y() cannot give the parameter y back: it is static; write int y()")
                .hasMessageContaining("it has no method that gives the parameter z back; write int z() in it");
    }

    private static TypeDescriptor<?> describe(Class<?> type) {
        DescriptorSource source = new ReflectiveDescriptors();
        return source.describe(type);
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

    /** Defines the test's classes anew, without what the option -parameters adds. */
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
