package org.experimaestro.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name that Java allows passes through the processor, without a warning. */
class NamesTest {
    /** The names of java.lang, of ours, of classes in the generated code, and of packages. */
    private static final List<String> TYPES = List.of(
            ("Number Object String List Override Integer Class Record Iterable Exception Config Tagged Builder Enum Deprecated"
                            + " SuppressWarnings SafeVarargs IndexOutOfBoundsException Boolean Byte Short Long Character Float"
                            + " Double Void Math System Map Set Optional Collection Arrays Path Duration Generated"
                            + " ConfigBuilder ConfigException Assembly Parameter TypeDescriptor TypeDescriptors ValueType Type"
                            + " Descriptor Task Default Meta Box Kind T E java javax org experimaestro util assembly index value"
                            + " arguments config INSTANCE $ $L $T a$b _x Été 型 \uD835\uDC9C")
                    .split(" "));

    private static final Set<String> PACKAGES = Set.of("java", "javax", "org", "experimaestro");

    private static final List<String> PARAMETERS = List.of(
            ("value values index arguments config descriptor assembly Assembly Arrays List Map Path Type INSTANCE builder Builder"
                            + " java javax org this$ this$0 $ $L $T $$ _x __ x_ record var yield sealed permits non when with"
                            + " module open type kind name id set get of from builder build_ tags hash été 型 \uD835\uDC9C ÀÉ"
                            + " Object String Override T")
                    .split(" "));

    private static final String IMPORTS = """
            import java.lang.Integer;
            import java.lang.String;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.List;
            import java.util.Map;
            import java.util.Optional;
            import java.util.Set;
            import org.experimaestro.Config;
            import org.experimaestro.ConfigType;
            import org.experimaestro.Configurable;
            import org.experimaestro.Default;
            import org.experimaestro.DefaultFrom;
            """;

    /** A configuration whose builder uses everything that builders use. */
    private static final String EVERYTHING = """
            CONFIG record Everything(boolean flag, Integer number, float real, @Default("NaN") double wrong, String text,
                @Default("A") Mode_ mode, @Default("[\\"A\\"]") Set<Mode_> modes, @Default("x") Path path, @Default("PT1S") Duration limit,
                Optional<Model_> maybe, List<Model_> models, Set<Model_> others, Map<String, Model_> named, List<Integer> numbers,
                @DefaultFrom("make") Model_ made) implements Configurable {
                static Config<Model_> make() { throw new UnsupportedOperationException(); }
            }
            CONFIG2 record Generic<A extends Model_>(A first, List<A> second) implements Configurable {}
            CONFIG3 record Nothing() implements Configurable {}
            interface Model_ extends Configurable {}
            enum Mode_ { A }
            """;

    private static final String MODES = " { A, INSTANCE, $L, record { } }";

    private int ids;

    @Test
    void compile_everyParameterName_hasNoWarning() {
        List<String> records = new ArrayList<>();
        List<String> types =
                List.of("int", "List<M>", "Optional<String>", "@Default(\"[1]\") List<Integer>", "Map<String, M>");
        for (String type : types) {
            for (int from = 0; from < PARAMETERS.size(); from += 20) {
                List<String> names = PARAMETERS.subList(from, Math.min(from + 20, PARAMETERS.size()));
                String parameters = String.join(
                        ", ", names.stream().map(name -> type + " " + name).toList());
                records.add(config() + "record R" + ids + "(" + parameters + ") implements Configurable {}");
            }
        }
        assertClean(List.of(Sources.source(
                "p.Declarations",
                "package p; " + IMPORTS + "interface M extends Configurable {}\n" + String.join("\n", records))));
    }

    @Tag("thorough")
    @Test
    void compile_everyTypeName_hasNoWarning() {
        List<JavaFileObject> sources = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            for (List<Named> group : groups(List.of(TYPES.get(i)), i)) {
                String inPackage = "p" + ids++;
                group.forEach(named -> sources.add(named.source(inPackage)));
            }
        }
        assertClean(sources);
    }

    /** In the unnamed package, no type has a longer name. */
    @Tag("thorough")
    @Test
    void compile_everyTypeNameInTheUnnamedPackage_hasNoWarning() {
        List<String> names = new ArrayList<>(TYPES);
        names.removeAll(PACKAGES);
        names.remove("ConfigBuilder"); // is also the builder of Config
        for (List<Named> group : groups(names, 0)) {
            assertClean(group.stream().map(named -> named.source("")).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "org"})
    void compile_packageNameInTheUnnamedPackage_hasNoWarning(String name) {
        for (List<Named> group : groups(List.of(name), 0)) {
            assertClean(group.stream().map(named -> named.source("")).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "experimaestro,java_.lang,org.experimaestro_,assembly,index,value,arguments,type,record,var,yield_.sealed",
                "a.A,Everything,List,config,$,été.型,Builder,javax_,com.java.org"
            })
    void compile_packageNames_hasNoWarning(String packages) {
        assertClean(Stream.of(packages.split(","))
                .map(inPackage -> new Named("Everything", IMPORTS + everything(), false).source(inPackage))
                .toList());
    }

    /** Returns all places where a type has a name. The sources of one group are in one package. */
    private List<List<Named>> groups(List<String> names, int number) {
        List<Named> beside = new ArrayList<>(List.of(new Named("Everything" + number, IMPORTS + everything(), false)));
        List<Named> own = new ArrayList<>();
        List<Named> part = new ArrayList<>();
        List<Named> mode = new ArrayList<>();
        List<Named> outer = new ArrayList<>();
        for (String name : names) {
            boolean hides = PACKAGES.contains(name);
            beside.add(new Named(name, "class " + name + " {}", hides));
            beside.add(new Named("Box" + ids, variable(name, "Box" + ids), hides));
            own.add(new Named(name, own(name), hides));
            part.add(new Named(name, "interface " + name + " extends org.experimaestro.Configurable {}", hides));
            part.add(new Named("Part" + ids, holder(name, "Part" + ids), hides));
            part.add(new Named("Inner" + ids, "class Inner" + ids + " { " + own(name) + " }", hides));
            mode.add(new Named(name, "enum " + name + MODES, hides));
            mode.add(new Named("Mode" + ids, modes(name, "Mode" + ids), hides));
            outer.add(new Named(name, outer(name), hides));
        }
        return List.of(beside, own, part, mode, outer);
    }

    private String own(String name) {
        return config() + "record " + name
                + "(int x, java.util.List<java.lang.String> texts) implements org.experimaestro.Configurable {}";
    }

    private String holder(String name, String holder) {
        return config() + "record " + holder + "(" + name + " one, java.util.List<" + name
                + "> more, java.util.Optional<"
                + name + "> maybe, java.util.Map<java.lang.String, " + name
                + "> named) implements org.experimaestro.Configurable {}";
    }

    private String modes(String name, String holder) {
        String format =
                "%s record %s(%s(\"A\") %s one, %s(\"INSTANCE\") %s two, %s(\"[\\\"record\\\"]\") java.util.List<%s> more,"
                        + " %s(\"$L\") %s four) implements org.experimaestro.Configurable {}";
        String given = "@org.experimaestro.Default";
        return String.format(format, config(), holder, given, name, given, name, given, name, given, name);
    }

    /**
     * Returns a name for the variable, because a variable with the name of a class in the header hides that class.
     */
    private String variable(String name, String holder) {
        return config() + "record " + holder + "<" + name + " extends org.experimaestro.Configurable, Other_ extends "
                + name + ">(" + name + " one, java.util.List<" + name + "> more, java.util.Optional<Other_> maybe,"
                + " java.util.Map<java.lang.String, " + name + "> named) implements org.experimaestro.Configurable {}";
    }

    private String outer(String name) {
        return "class " + name + " { enum Mode { A } " + config()
                + "record Inner(@org.experimaestro.Default(\"A\") Mode mode,"
                + " @org.experimaestro.DefaultFrom(\"make\") Part part) implements org.experimaestro.Configurable {"
                + " static org.experimaestro.Config<Part> make() { throw null; } }"
                + " interface Part extends org.experimaestro.Configurable {} }";
    }

    private String everything() {
        return EVERYTHING
                .replace("CONFIG3", config())
                .replace("CONFIG2", config())
                .replace("CONFIG", config())
                .replace("org.experimaestro.", "");
    }

    private String config() {
        return "@org.experimaestro.ConfigType(\"id" + ids++ + "\") ";
    }

    private static void assertClean(List<JavaFileObject> sources) {
        Compilation compilation = Sources.compile(sources.toArray(JavaFileObject[]::new));
        assertThat(compilation.diagnostics()).isEmpty();
    }

    /**
     * A source.
     *
     * @param hides whether a class in it has the name of a package's first word; then code imports the names that it
     *     uses
     */
    private record Named(String className, String text, boolean hides) {
        JavaFileObject source(String inPackage) {
            String body =
                    hides ? IMPORTS + text.replaceAll("(?:org\\.experimaestro|java\\.(?:util|lang))\\.", "") : text;
            return inPackage.isEmpty()
                    ? Sources.source(className, body)
                    : Sources.source(inPackage + "." + className, "package " + inPackage + "; " + body);
        }
    }
}
