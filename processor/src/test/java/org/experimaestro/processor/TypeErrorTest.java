package org.experimaestro.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.processor.Sources.accepted;
import static org.experimaestro.processor.Sources.refused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeErrorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int[] | has the type int[]: arrays can be changed and have no equality; write List<Integer>",
                "String... | write List<String>",
                "List<int[]> | has the type List<int[]>, with int[] in it: arrays",
                "List<? extends Model> | wildcards are not supported; write the interface or class",
                "Optional<Optional<String>> | an optional cannot be in another; write Optional<String>",
                "List<Optional<String>> | an optional cannot be in a collection; write String",
                "Map<String, Optional<Integer>> | an optional cannot be in a collection; write Integer",
                "Map<Boolean, String> | its keys must be of type String, an enum, or a number",
                "Map<Path, String> | its keys must be of type String, an enum, or a number",
                "Map<java.math.BigInteger, String> | its keys must be of type String, an enum, or a number",
                "ArrayList<String> | write the interface List<String>",
                "Collection<String> | write the interface List<String>",
                "TreeSet<String> | write the interface Set<String>",
                "HashMap<String, Integer> | write the interface Map<String, Integer>",
                "OptionalInt | write Optional<Integer>",
                "java.io.File | write Path",
                "Config<Model> | the handle belongs to plans; write the plain type Model",
                "Object | it is not supported; use numbers, boolean",
                "java.math.BigDecimal | it is not supported",
                "Plain | it is a record but no configuration; annotate Plain with @ConfigType and let it implement Configurable",
                "Bare | annotate Bare with @ConfigType",
                "Mode | an enum cannot be a configuration",
                "Hidden.Secret | the generated builder cannot see it; make Secret and what it is in package-private or public",
                "Encoder<?> | wildcards are not supported"
            })
    void process_unsupportedType_isRefused(String type, String text) {
        refused(
                "record Plain() {} record Bare() implements Model {} enum Mode implements Model { A }"
                        + " interface Encoder<T> extends Configurable {}"
                        + " @ConfigType record A(" + (type.startsWith("Hidden") ? "int y" : type + " §x") + ")"
                        + " implements Configurable {}"
                        + (type.startsWith("Hidden")
                                ? " class Hidden { private enum Secret { A }"
                                        + " @ConfigType record B(Secret §x) implements Configurable {} }"
                                : ""),
                text);
    }

    @Test
    void process_rawType_isRefused() {
        String raw = "@SuppressWarnings(\"rawtypes\") @ConfigType record A(List §x) implements Configurable {}";
        refused(raw, "it is raw; write its type arguments, such as List<…>");
    }

    @Test
    void process_supportedTypes_compileWithoutWarnings() {
        String[] types = {
            "boolean",
            "byte",
            "short",
            "int",
            "long",
            "char",
            "float",
            "double",
            "Boolean",
            "Byte",
            "Short",
            "Integer",
            "Long",
            "Character",
            "Float",
            "Double",
            "String",
            "Path",
            "Duration",
            "Mode",
            "Model",
            "Shape",
            "Self",
            "Run",
            "Encoder<String>",
            "Optional<Integer>",
            "Optional<Model>",
            "Optional<List<Integer>>",
            "Optional<List<Model>>",
            "Optional<Duration>",
            "Optional<Map<String, Integer>>",
            "List<Integer>",
            "List<Model>",
            "List<List<Model>>",
            "List<Set<Integer>>",
            "List<Mode>",
            "Set<Model>",
            "Set<String>",
            "Set<Path>",
            "Map<String, Model>",
            "Map<Mode, List<Model>>",
            "Map<Double, Integer>",
            "Map<String, Map<Integer, Set<Model>>>",
            "List<Map<String, Model>>",
            "Encoder<List<? extends Number>>",
            "Configurable"
        };
        StringBuilder source = new StringBuilder("""
                enum Mode { A, B { @Override public String toString() { return "b"; } } }
                interface Encoder<T> extends Configurable {}
                sealed interface Shape extends Configurable permits Circle {}
                @ConfigType record Circle(double r) implements Shape {}
                @ConfigType record Self() implements SelfTask<Self> { public void execute(TaskContext c) {} }
                @ConfigType record Run() implements Task<Circle> {
                  public void execute(TaskContext c) {}
                  public Circle outputs(Dependency dep) { return dep.on(new Circle(1)); }
                }
                """);
        for (int i = 0; i < types.length; i++) {
            source.append(
                    "@ConfigType record A" + i + "(" + types[i] + " x, int assembly) implements Configurable {}\n");
        }
        assertThat(accepted(source.toString()).generatedSourceFiles()).hasSize(types.length + 3);
    }
}
