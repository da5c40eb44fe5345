package org.experimaestro.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.processor.Sources.accepted;
import static org.experimaestro.processor.Sources.compile;
import static org.experimaestro.processor.Sources.refused;
import static org.experimaestro.processor.Sources.refusedEach;
import static org.experimaestro.processor.Sources.source;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassErrorTest {

    @Test
    void process_wrongKind_isRefused() {
        refused("@ConfigType §interface A extends Configurable {}", "it is an interface; annotate the records");
        refused("@ConfigType §enum A { ONE }", "it is an enum");
        refused("@ConfigType @§interface A {}", "it is an annotation");
        refused(
                "@ConfigType abstract §class A implements Configurable { @ConfigConstructor A() {} }",
                "it is abstract; annotate the classes that extend it");
        refused("@ConfigType §class A implements Configurable {}", "neither a record", "make it a record, or mark");
        refused("@ConfigType §record A() {}", "A does not implement Configurable; write \"implements Configurable\"");
    }

    @Test
    void process_wrongPlace_isRefused() {
        refused(
                "class Outer { @ConfigType private §record A() implements Configurable {} }",
                "A is private; make it package-private or public");
        refused(
                "class Outer { private static class In { @ConfigType §record A() implements Configurable {} } }",
                "In is private; make it package-private");
        refused(
                "class Outer { @ConfigType §class A implements Configurable { @ConfigConstructor A() {} } }",
                "A is not static; make it static");
    }

    @Test
    void process_localType_isRefused() {
        refused(
                "class Outer { void run() { @ConfigType §record A() implements Configurable {} } }",
                "A is local to a method, where no builder can see it; make it a member of a class");
    }

    @Test
    void process_memberOfInterface_isAccepted() {
        accepted("interface Models { @ConfigType record A(int x) implements Model {} }");
    }

    @Test
    void process_namesOfOurClasses_areAccepted() {
        for (String name : List.of("Assembly", "Parameter", "ValueType", "TypeDescriptor", "Arrays", "Generated")) {
            accepted("@ConfigType record " + name + "(int x, List<" + name + "> others) implements Configurable {}");
        }
    }

    @Test
    void process_wrongConstructors_areRefused() {
        refused(
                "@ConfigType class A implements Configurable { @ConfigConstructor A() {} @ConfigConstructor §A(int x) {} }",
                "more than one constructor with @ConfigConstructor; mark only one");
        refused(
                "@ConfigType record A(int x) implements Configurable { @ConfigConstructor §A() { this(1); } }",
                "The header of the record A is its parameter list; remove @ConfigConstructor");
        refused(
                "@ConfigType class A implements Configurable { @ConfigConstructor private §A() {} }",
                "it is private; make it package-private or public");
        refused("class A { @ConfigConstructor §A() {} }", "is no configuration type; annotate it with @ConfigType");
    }

    @Test
    void process_accessorMissing_isRefused() {
        String start = "@ConfigType class A implements Configurable { @ConfigConstructor A(int §x) {} ";
        refused(start + "}", "A has no method that gives the parameter x back; write int x()");
        refused(start + "long x() { return 1; } }", "it returns long; write int x()");
        refused(start + "static int x() { return 1; } }", "it is static; write int x()");
        refused(start + "private int x() { return 1; } }", "it cannot be called from the package; write int x()");
        refused(start + "int x() throws Exception { return 1; } }", "it throws Exception; write int x()");
        accepted(
                "@ConfigType class A implements Configurable { @ConfigConstructor A(int x) {} int x() { return 1; } }");
        accepted("class B { int x() { return 1; } }"
                + "@ConfigType class A extends B implements Configurable { @ConfigConstructor A(int x) {} }");
        accepted("@ConfigType class A<M extends Model> implements Configurable { @ConfigConstructor A(List<M> x) {}"
                + " List<M> x() { return null; } }");
    }

    @Test
    void process_reservedNames_areRefused() {
        refusedEach(
                "@ConfigType record A(int §build, int §tag, int §toBuilder) implements Configurable {}",
                List.of("cannot be called build", "cannot be called tag", "cannot be called toBuilder"));
        refused(
                "@ConfigType class A implements Configurable { @ConfigConstructor A(int §hashCode) {} }",
                "A parameter cannot be called hashCode, as a method that every builder has is; rename it");
    }

    @Test
    void process_wrongTypeId_isRefused() {
        refused(
                "@ConfigType(§\"a b\") record A() implements Configurable {}",
                "The type id \"a b\" has other characters");
        refused("@ConfigType(§\"..\") record A() implements Configurable {}", "The type id \"..\"");
        refused("§@ConfigType record Été() implements Configurable {}", "The type id \"p.Été\" has other characters");
        refused("@ConfigType(version = §0) record A() implements Configurable {}", "versions begin at 1");
    }

    @Test
    void process_sameTypeId_isRefusedAtTheSecond() {
        refused("""
                @ConfigType("x") record A() implements Configurable {}
                @ConfigType(§"x") record B() implements Configurable {}
                """, "The type id x is also that of p.A; give one of them another");
        refused("""
                @ConfigType("x") record A() implements Configurable {}
                @ConfigType(§"X") record B() implements Configurable {}
                """, "The type id X differs only by case from x of p.A");
    }

    @Test
    void process_formerNamesThatAreNotClear_areRefused() {
        refused("""
                @ConfigType("x") record A() implements Configurable {}
                @ConfigType("y") @FormerType(§"x") record B() implements Configurable {}
                """, "The former type id x is the type id of p.A, so that nobody can tell whose results");
        refused("""
                @ConfigType("y") @FormerType("x") record A() implements Configurable {}
                @ConfigType(§"x") record B() implements Configurable {}
                """, "The type id x is a former type id of p.A, whose stored results it would take");
        refused("""
                @ConfigType("y") @FormerType("x") record A() implements Configurable {}
                @ConfigType("z") @FormerType(§"x") record B() implements Configurable {}
                """, "The former type id x is also a former type id of p.A");
        refused(
                "@ConfigType(\"x\") @FormerType(§\"x\") record A() implements Configurable {}",
                "The former type id x is the type id of today; remove it from @FormerType");
        refused(
                "@ConfigType(\"x\") record A(@FormerName(\"b\") int §a, int b) implements Configurable {}",
                "The former name b of a is the name of another parameter; remove it from @FormerName");
        refused(
                "@ConfigType(\"x\") record A(@FormerName(\"c\") int a, @FormerName(\"c\") int §b) implements Configurable {}",
                "The former name c of b is also one of a; remove one of them");
    }

    @Test
    void process_conversionsOfAnotherForm_areRefused() {
        for (String method : List.of(
                "Config<A> §of(Config<B> former) { return null; }",
                "static Config<B> §of(Config<B> former) { return former; }",
                "static A §of(B former) { return new A(); }",
                "static Config<A> §of(Config<String> former) { return null; }",
                "static Config<A> §of(Config<B> former, int more) { return null; }")) {
            refused(
                    "@ConfigType record B() implements Configurable {} @ConfigType record A() implements Configurable {"
                            + " @FormerShape " + method + " }",
                    "The conversion of is no static method from the handle of a configuration type to a handle of A;"
                            + " write it as: static Config<A> of(Config<OldShape> former)");
        }
        accepted("@ConfigType record B() implements Configurable {} @ConfigType record A() implements Configurable {"
                + " @FormerShape static Config<A> of(Config<B> former) { return ABuilder.a().build(); } }");
    }

    @Test
    void process_builderNameTaken_isRefused() {
        refused(
                "@ConfigType §record A() implements Configurable {} class ABuilder {}",
                "is to be called p.ABuilder, and there is a class of that name; rename one");
        refused("""
                @ConfigType record Outer_A() implements Configurable {}
                class Outer { @ConfigType §record A() implements Configurable {} }
                """, "is to be called p.Outer_ABuilder, as is that of p.Outer_A");
    }

    @Test
    void process_unboundedTypeVariable_isRefused() {
        refused(
                "@ConfigType record A<§T>() implements Configurable {}",
                "must be bounded: write T extends Configurable");
        accepted("@ConfigType record A<T extends Model & Comparable<T>>(T x) implements Configurable {}");
    }

    @Test
    void process_unnamedPackageWithNameOfDescriptor_isRefused() {
        var compilation = compile(
                source(
                        "$Descriptor",
                        "@org.experimaestro.ConfigType(\"a\") record $Descriptor() implements org.experimaestro.Configurable {}"));
        assertThat(compilation.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.getMessage(null))
                        .contains("in the unnamed package cannot be called $Descriptor"));
        accepted("@ConfigType record Type(int x) implements Configurable {}");
    }

    @Test
    void process_severalProblems_areReportedAtOnce() {
        refusedEach(
                """
                @ConfigType(value = "a", version = §0) §record A(int[] §x, @Default("y") int §y) {}
                @ConfigType record B(Object §z) implements Configurable {}
                """,
                List.of(
                        "versions begin at 1",
                        "does not implement Configurable",
                        "int[]",
                        "\"y\" is not an int",
                        "Object"));
    }
}
